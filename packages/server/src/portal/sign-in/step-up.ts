// Step-up: the password again, with a code where there is a second factor, or a passkey; before something dangerous.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { mailedCodeField, passwordField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { passkeyForm, type PasskeyForm } from '../parts/passkey.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { passkeyWords } from '../words/passkey.ts';
import { secondStepWords } from '../words/second-step.ts';
import { signInWords } from '../words/sign-in.ts';
import { stepUpWords } from '../words/step-up.ts';

export type StepUpProblem =
  | {
      readonly reason:
        'wrong-password' | 'password-missing' | 'code-missing' | 'wrong-code' | 'passkey-refused';
    }
  | { readonly reason: 'throttled'; readonly seconds: number };

export type StepUpView = {
  readonly frame: Frame;
  /** Posts `password`, and `code` where it is asked for. */
  readonly form: FormTarget;
  readonly email: string;
  readonly cancelUrl: string;
  /** `recovery`: there are passkeys only, so that the password goes with a recovery code. */
  readonly asksCode?: 'code' | 'recovery';
  readonly passkey?: PasskeyForm;
  readonly problem?: StepUpProblem;
};

const problemText = (problem: StepUpProblem): string => {
  switch (problem.reason) {
    case 'throttled':
      return signInWords.problems.throttled(problem.seconds);
    case 'code-missing':
    case 'wrong-code':
    case 'passkey-refused':
      return secondStepWords.problems[problem.reason];
    case 'wrong-password':
    case 'password-missing':
      return stepUpWords.problems[problem.reason];
  }
};

const FIELDS: Readonly<Record<StepUpProblem['reason'], string | undefined>> = {
  throttled: 'password',
  'wrong-password': 'password',
  'password-missing': 'password',
  'code-missing': 'code',
  'wrong-code': 'code',
  'passkey-refused': undefined,
};

export const stepUpPage = (view: StepUpView): Html => {
  const { problem } = view;
  const error = problem && problemText(problem);
  const fieldId = problem && FIELDS[problem.reason];
  const errorOf = (id: string): string | undefined => (fieldId === id ? error : undefined);
  return decisionPage(
    {
      frame: view.frame,
      title: stepUpWords.title,
      failed: error !== undefined,
      scripts: ['show-password', ...(view.passkey === undefined ? [] : (['passkey'] as const))],
    },
    html`<div class="stack-tight">
        <h1>${stepUpWords.title}</h1>
        <p class="second">${stepUpWords.why(view.email)}</p>
      </div>
      ${errorSummary(
        words.errorsTitle(1),
        error === undefined ? [] : [{ ...(fieldId === undefined ? {} : { fieldId }), text: error }],
      )}
      ${view.passkey === undefined ? nothing : passkeyForm({ ...view.passkey, kind: 'get', label: passkeyWords.use })}
      ${form({ target: view.form }, [
        passwordField({
          id: 'password',
          name: 'password',
          label: signInWords.password,
          autocomplete: 'current-password',
          required: true,
          autofocus: error === undefined && view.passkey === undefined,
          showLabel: signInWords.show,
          error: errorOf('password'),
        }),
        view.asksCode === undefined
          ? nothing
          : mailedCodeField({
              id: 'code',
              name: 'code',
              label: view.asksCode === 'code' ? stepUpWords.code : secondStepWords.recoveryCode,
              hint: view.asksCode === 'code' ? stepUpWords.codeHint : secondStepWords.recoveryHint,
              required: true,
              maxLength: 40,
              error: errorOf('code'),
            }),
        html`<div class="actions">
          ${button({ label: stepUpWords.confirm, look: 'primary' })}
          ${linkButton({ label: words.cancel, url: view.cancelUrl })}
        </div>`,
      ])}`,
  );
};
