// The page of the console's link: it makes the first operator.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field, passwordField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { operateWords } from '../words/operate.ts';

const texts = operateWords.claim;

export type ClaimField = 'fullName' | 'email' | 'password';

export type ClaimView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly fullName: string;
  readonly email: string;
  readonly problems: Readonly<Partial<Record<ClaimField, string>>>;
};

export const claimPage = (view: ClaimView): Html => {
  const { frame, problems } = view;
  const wrong = Object.entries(problems).map(([fieldId, text]) => ({ fieldId, text }));
  return decisionPage(
    { frame, title: texts.title, failed: wrong.length > 0, scripts: ['show-password'] },
    html`<div class="stack-tight">
        <h1>${texts.title}</h1>
        <p class="second">${texts.lead(frame.brand.name)}</p>
      </div>
      ${errorSummary(words.errorsTitle(wrong.length), wrong)}
      ${form({ target: view.form }, [
        field({
          id: 'fullName',
          name: 'fullName',
          label: texts.name,
          autocomplete: 'name',
          required: true,
          value: view.fullName,
          error: problems.fullName,
        }),
        field({
          id: 'email',
          name: 'email',
          label: texts.email,
          type: 'email',
          autocomplete: 'username',
          required: true,
          value: view.email,
          error: problems.email,
        }),
        passwordField({
          id: 'password',
          name: 'password',
          label: texts.password,
          hint: texts.passwordHint,
          autocomplete: 'new-password',
          required: true,
          showLabel: texts.show,
          error: problems.password,
        }),
        html`<div class="actions">${button({ label: texts.make, look: 'primary' })}</div>`,
      ])}`,
  );
};

export const claimOverPage = (view: { readonly frame: Frame }): Html =>
  decisionPage(
    { frame: view.frame, title: texts.overTitle },
    html`<h1>${texts.overTitle}</h1>
      <p>${texts.overText}</p>`,
  );
