// Step-up: the password again, before something dangerous.
import type { FormTarget, Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { passwordField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { signInWords } from '../words/sign-in.ts';
import { stepUpWords } from '../words/step-up.ts';

export type StepUpProblem =
  | { readonly reason: 'wrong-password' | 'password-missing' }
  | { readonly reason: 'throttled'; readonly seconds: number };

export type StepUpView = {
  readonly frame: Frame;
  /** Posts `password`. */
  readonly form: FormTarget;
  readonly email: string;
  readonly cancelUrl: string;
  readonly problem?: StepUpProblem;
};

const problemText = (problem: StepUpProblem): string =>
  problem.reason === 'throttled'
    ? signInWords.problems.throttled(problem.seconds)
    : stepUpWords.problems[problem.reason];

export const stepUpPage = (view: StepUpView): Html => {
  const error = view.problem === undefined ? undefined : problemText(view.problem);
  return decisionPage(
    {
      frame: view.frame,
      title: stepUpWords.title,
      failed: error !== undefined,
      scripts: ['show-password'],
    },
    html`<div class="stack-tight">
        <h1>${stepUpWords.title}</h1>
        <p class="second">${stepUpWords.why(view.email)}</p>
      </div>
      ${errorSummary(words.errorsTitle(1), error === undefined ? [] : [{ fieldId: 'password', text: error }])}
      ${form({ target: view.form }, [
        passwordField({
          id: 'password',
          name: 'password',
          label: signInWords.password,
          autocomplete: 'current-password',
          required: true,
          autofocus: error === undefined,
          showLabel: signInWords.show,
          error,
        }),
        html`<div class="actions">
          ${button({ label: stepUpWords.confirm, look: 'primary' })}
          ${linkButton({ label: words.cancel, url: view.cancelUrl })}
        </div>`,
      ])}`,
  );
};
