// The second step of a sign-in: a code, a recovery code or a passkey. Until then nobody is signed in.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field, mailedCodeField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { passkeyForm, type PasskeyForm } from '../parts/passkey.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { passkeyWords } from '../words/passkey.ts';
import { secondStepWords as text } from '../words/second-step.ts';

export type SecondStepWay = 'code' | 'recovery' | 'passkey';

export type SecondStepProblem =
  | { readonly reason: 'code-missing' | 'wrong-code' | 'passkey-refused' }
  | { readonly reason: 'throttled'; readonly seconds: number };

export type SecondStepView = {
  readonly frame: Frame;
  /** `passkey`: there is no authenticator app to ask for a code of. */
  readonly way: SecondStepWay;
  readonly email: string;
  /** Posts `code`. */
  readonly form: FormTarget;
  readonly passkey?: PasskeyForm;
  readonly recoveryUrl: string;
  readonly codeUrl?: string;
  readonly againUrl: string;
  readonly problem?: SecondStepProblem;
};

const titles: Readonly<Record<SecondStepWay, string>> = {
  code: text.title,
  recovery: text.titleRecovery,
  passkey: text.titlePasskey,
};

const leads: Readonly<Record<SecondStepWay, (email: string) => string>> = {
  code: text.lead,
  recovery: text.leadRecovery,
  passkey: text.leadPasskey,
};

const problemText = (problem: SecondStepProblem, way: SecondStepWay): string => {
  if (problem.reason === 'throttled') return text.problems.throttled(problem.seconds);
  return problem.reason === 'wrong-code' && way === 'recovery'
    ? text.problems['wrong-recovery-code']
    : text.problems[problem.reason];
};

const codeForm = (view: SecondStepView, error: string | undefined): Html =>
  form({ target: view.form }, [
    view.way === 'code'
      ? mailedCodeField({
          id: 'code',
          name: 'code',
          label: text.code,
          required: true,
          autofocus: error === undefined,
          maxLength: 20,
          error,
        })
      : field({
          id: 'code',
          name: 'code',
          label: text.recoveryCode,
          hint: text.recoveryHint,
          code: true,
          required: true,
          autocomplete: 'off',
          autofocus: error === undefined,
          maxLength: 40,
          error,
        }),
    html`<div class="actions">${button({ label: text.goOn, look: 'primary' })}</div>`,
  ]);

const linkLine = (url: string, label: string): Html =>
  html`<p><a ${attributes({ href: href(url) })}>${label}</a></p>`;

export const secondStepPage = (view: SecondStepView): Html => {
  const error = view.problem && problemText(view.problem, view.way);
  const atCode = view.problem !== undefined && view.problem.reason !== 'passkey-refused';
  const fieldId = view.way === 'passkey' ? {} : { fieldId: 'code' };
  return decisionPage(
    {
      frame: view.frame,
      title: titles[view.way],
      failed: error !== undefined,
      ...(view.passkey === undefined ? {} : { scripts: ['passkey'] }),
    },
    html`<div class="stack-tight">
        <h1>${titles[view.way]}</h1>
        <p class="second">${leads[view.way](view.email)}</p>
      </div>
      ${errorSummary(
        words.errorsTitle(1),
        error === undefined ? [] : [{ ...(atCode ? fieldId : {}), text: error }],
      )}
      ${view.way === 'passkey' ? nothing : codeForm(view, atCode ? error : undefined)}
      ${
        view.passkey === undefined
          ? nothing
          : passkeyForm({
              ...view.passkey,
              kind: 'get',
              label: passkeyWords.use,
              primary: view.way === 'passkey',
            })
      }
      ${view.way === 'passkey' ? html`<noscript><p>${passkeyWords.needsScript}</p></noscript>` : nothing}
      <div class="stack-tight">
        ${view.way === 'recovery' ? nothing : linkLine(view.recoveryUrl, text.useRecovery)}
        ${view.codeUrl === undefined ? nothing : linkLine(view.codeUrl, text.useCode)}
        ${linkLine(view.againUrl, text.other)}
      </div>`,
  );
};
