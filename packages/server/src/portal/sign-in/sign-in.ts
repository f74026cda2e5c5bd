// Sign-in: who is at the browser. Says what waits behind it, an app's request or a terminal's.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button } from '../parts/button.ts';
import { field, passwordField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import type { ListedError } from '../parts/notice.ts';
import { passkeyForm, type PasskeyForm } from '../parts/passkey.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { passkeyWords } from '../words/passkey.ts';
import { signInWords } from '../words/sign-in.ts';

export type SignInProblem =
  | {
      readonly reason:
        'wrong-pair' | 'passkey-refused' | 'request-expired' | 'email-missing' | 'password-missing';
    }
  | { readonly reason: 'throttled'; readonly seconds: number };

export type SignInView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly waiting?: { readonly kind: 'app'; readonly appName: string } | { readonly kind: 'terminal' };
  readonly email?: string;
  readonly problem?: SignInProblem;
  readonly passkey?: PasskeyForm;
  /** Links exist when their pages do. */
  readonly forgotUrl?: string;
  readonly signUpUrl?: string;
  /** Demo data only: each link answers this page with the form filled. */
  readonly demoPeople?: readonly { readonly name: string; readonly who: string; readonly fillUrl: string }[];
  /** Demo data only. */
  readonly filledPassword?: string;
};

const listed = (problem: SignInProblem): ListedError => {
  switch (problem.reason) {
    case 'throttled':
      return { text: signInWords.problems.throttled(problem.seconds) };
    case 'request-expired':
    case 'passkey-refused':
      return { text: signInWords.problems[problem.reason] };
    case 'password-missing':
      return { fieldId: 'password', text: signInWords.problems['password-missing'] };
    case 'wrong-pair':
    case 'email-missing':
      return { fieldId: 'email', text: signInWords.problems[problem.reason] };
  }
};

const waitingLine = (view: SignInView): Html =>
  view.waiting === undefined
    ? nothing
    : html`<p class="second">
        ${view.waiting.kind === 'app' ? signInWords.toConnect(name(view.waiting.appName)) : signInWords.toFinishTerminal}
      </p>`;

const demoPeople = (view: SignInView): Html =>
  view.demoPeople === undefined
    ? nothing
    : html`<section class="stack-tight" aria-labelledby="demo-people">
        <h2 class="meta" id="demo-people">${signInWords.demoTitle}</h2>
        <ul class="demo-people">
          ${view.demoPeople.map(
            (one) =>
              html`<li>
                <a ${attributes({ href: href(one.fillUrl) })}>${one.name}</a>
                <span class="second">${one.who}</span>
              </li>`,
          )}
        </ul>
        <p class="meta">${signInWords.demoHint}</p>
      </section>`;

export const signInPage = (view: SignInView): Html => {
  const { problem } = view;
  const wrong = problem === undefined ? [] : [listed(problem)];
  const errorOf = (id: string): string | undefined => wrong.find((one) => one.fieldId === id)?.text;
  return decisionPage(
    {
      frame: view.frame,
      title: signInWords.title(view.frame.brand.name),
      failed: problem !== undefined,
      scripts: ['show-password', ...(view.passkey === undefined ? [] : (['passkey'] as const))],
    },
    html`<div class="stack-tight">
        <h1>${signInWords.title(view.frame.brand.name)}</h1>
        ${waitingLine(view)}
      </div>
      ${errorSummary(words.errorsTitle(1), wrong)}
      ${form({ target: view.form }, [
        field({
          id: 'email',
          name: 'email',
          label: signInWords.email,
          type: 'email',
          autocomplete: 'username webauthn',
          required: true,
          autofocus: problem === undefined,
          value: view.email ?? '',
          error: errorOf('email'),
        }),
        passwordField({
          id: 'password',
          name: 'password',
          label: signInWords.password,
          autocomplete: 'current-password',
          required: true,
          showLabel: signInWords.show,
          value: view.filledPassword ?? '',
          error: errorOf('password'),
        }),
        html`<div class="actions">${button({ label: signInWords.signIn, look: 'primary' })}</div>`,
      ])}
      ${
        view.passkey === undefined
          ? nothing
          : html`<div class="needs-script">
              ${passkeyForm({ ...view.passkey, kind: 'get', label: passkeyWords.signIn, autofill: true })}
            </div>`
      }
      ${view.forgotUrl === undefined ? nothing : html`<p><a ${attributes({ href: href(view.forgotUrl) })}>${signInWords.forgot}</a></p>`}
      ${view.signUpUrl === undefined ? nothing : html`<p><a ${attributes({ href: href(view.signUpUrl) })}>${signInWords.signUp}</a></p>`}
      ${demoPeople(view)}`,
  );
};
