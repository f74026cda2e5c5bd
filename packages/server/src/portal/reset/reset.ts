// A forgotten password: the address, the word that a mail is on its way, and the new password behind the link.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { demoMailHint } from '../parts/demo-mail.ts';
import { field, passwordField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { resetWords as text, signUpWords } from '../words/sign-up.ts';

export type AskResetView = {
  readonly frame: Frame;
  /** Posts email. */
  readonly form: FormTarget;
  readonly email?: string;
  readonly problem?: { readonly text: string; readonly atField: boolean };
};

export const askResetPage = (view: AskResetView): Html => {
  const { problem } = view;
  const errors =
    problem === undefined ? [] : [{ text: problem.text, ...(problem.atField ? { fieldId: 'email' } : {}) }];
  return decisionPage(
    { frame: view.frame, title: text.askTitle, failed: errors.length > 0 },
    html`<div class="stack-tight">
        <h1>${text.askTitle}</h1>
        <p class="second">${text.askLead}</p>
      </div>
      ${errorSummary(words.errorsTitle(1), errors)}
      ${form({ target: view.form }, [
        field({
          id: 'email',
          name: 'email',
          label: text.email,
          type: 'email',
          autocomplete: 'email',
          required: true,
          autofocus: errors.length === 0,
          value: view.email ?? '',
          error: problem?.atField === true ? problem.text : undefined,
        }),
        html`<div class="actions">
          ${button({ label: text.ask, look: 'primary' })}
          ${linkButton({ label: text.back, url: '/sign-in', look: 'plain' })}
        </div>`,
      ])}`,
  );
};

export const resetAskedPage = (view: { readonly frame: Frame; readonly email: string }): Html =>
  decisionPage(
    { frame: view.frame, title: text.askedTitle },
    html`<div class="stack-tight">
        <h1>${text.askedTitle}</h1>
        <p>${text.asked(html`<strong>${name(view.email)}</strong>`)}</p>
        <p class="second">${text.askedHint}</p>
        ${demoMailHint(view.frame)}
      </div>
      <div class="actions">${linkButton({ label: text.back, url: '/sign-in' })}</div>`,
  );

export type NewPasswordView = {
  readonly frame: Frame;
  /** Posts password. */
  readonly form: FormTarget;
  readonly error?: string | undefined;
};

export const newPasswordPage = (view: NewPasswordView): Html =>
  decisionPage(
    {
      frame: view.frame,
      title: text.title,
      failed: view.error !== undefined,
      scripts: ['show-password'],
    },
    html`<div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="second">${text.lead}</p>
      </div>
      ${errorSummary(
        words.errorsTitle(1),
        view.error === undefined ? [] : [{ fieldId: 'password', text: view.error }],
      )}
      ${form({ target: view.form }, [
        passwordField({
          id: 'password',
          name: 'password',
          label: text.password,
          hint: signUpWords.passwordHint,
          autocomplete: 'new-password',
          required: true,
          autofocus: view.error === undefined,
          showLabel: signUpWords.show,
          error: view.error,
        }),
        html`<div class="actions">${button({ label: text.set, look: 'primary' })}</div>`,
      ])}`,
  );
