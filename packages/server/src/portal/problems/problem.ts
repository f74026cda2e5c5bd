// Error page: what happened, whose turn it is, one action, and what a developer needs. Never what the app registered.
import type { FormTarget, Frame } from '../frame.ts';
import { html, link, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name, plainName } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { copyIcon } from '../parts/copy.ts';
import { form } from '../parts/form.ts';
import { facts } from '../parts/table.ts';
import { absolute } from '../parts/time.ts';
import { decisionPage, plainPage } from '../shell.ts';
import { consentWords } from '../words/consent.ts';
import { problemWords } from '../words/problems.ts';

export type DeveloperDetails = {
  readonly code: string;
  readonly parameter?: string;
  readonly received?: string;
  /** `/docs/errors/{code}` once it exists. */
  readonly docsUrl?: string;
};

/** A link, or a form where the way back may not be a link (an app's own scheme). */
export type ProblemAction = { readonly label: string | Html } & (
  { readonly url: string } | { readonly form: FormTarget }
);

export type ProblemView = {
  readonly frame: Frame;
  readonly title: string;
  readonly message: string | Html;
  /** Whose turn it is, and what they can do. */
  readonly turn: string;
  readonly action?: ProblemAction;
  readonly requestId: string;
  readonly atMs: number;
  readonly developer?: DeveloperDetails;
  /** In the card of sign-in, consent and device pages, without top bar. */
  readonly inDecision?: boolean;
};

const longestReceived = 200;

const cut = (received: string): string => {
  const plain = plainName(received);
  return plain.length > longestReceived ? `${plain.slice(0, longestReceived).toWellFormed()}…` : plain;
};

const developerDetails = (given: DeveloperDetails): Html =>
  html`<details class="more technical">
    <summary>${problemWords.forDeveloper}</summary>
    ${facts(
      [
        { name: problemWords.code, value: html`<code>${given.code}</code>` },
        given.parameter !== undefined && {
          name: problemWords.parameter,
          value: html`<code>${given.parameter}</code>`,
        },
        given.received !== undefined && {
          name: problemWords.received,
          value: html`<code><bdi>${cut(given.received)}</bdi></code>`,
        },
      ],
      true,
    )}
    ${given.docsUrl === undefined ? nothing : html`<p>${link(given.docsUrl, problemWords.more)}</p>`}
  </details>`;

const actionPart = (action: ProblemAction): Html =>
  'url' in action
    ? linkButton({ label: action.label, look: 'primary', url: action.url })
    : form(
        { target: action.form, className: 'inline-form' },
        button({ label: action.label, look: 'primary' }),
      );

const requestLine = (view: ProblemView): Html =>
  html`<p class="meta request-line">
    <span
      >${problemWords.request} <span id="request-id">${view.requestId}</span> ·
      ${absolute(view.atMs, view.frame)}</span
    >
    ${copyIcon('request-id', problemWords.request.toLowerCase())}
  </p>`;

export const problemPage = (view: ProblemView): Html => {
  const shell = { frame: view.frame, title: view.title, failed: true };
  const content = html`<div class="problem narrow stack">
    <div>
      <h1>${view.title}</h1>
      <p>${view.message}</p>
      <p class="second">${view.turn}</p>
    </div>
    ${view.action === undefined ? nothing : html`<div class="actions">${actionPart(view.action)}</div>`}
    ${view.developer === undefined ? nothing : developerDetails(view.developer)} ${requestLine(view)}
  </div>`;
  return view.inDecision === true ? decisionPage(shell, content) : plainPage(shell, content);
};

export type NotFoundView = { readonly frame: Frame; readonly requestId: string };

/** Also for another's record and another role's page: nobody can tell the three apart. */
export const notFoundPage = (view: NotFoundView): Html =>
  problemPage({
    frame: view.frame,
    requestId: view.requestId,
    atMs: view.frame.nowMs,
    title: problemWords.notFound.title,
    message: problemWords.notFound.message,
    turn: problemWords.notFound.turn,
    action: { label: problemWords.notFound.home, url: '/' },
  });

export type ConsentProblemReason = keyof typeof consentWords.problems;

export type ConsentProblemView = {
  readonly frame: Frame;
  readonly reason: ConsentProblemReason;
  /** Known for all reasons but `unknown-app`. */
  readonly appName?: string;
  readonly requestId: string;
  readonly developer?: DeveloperDetails;
  /** Where `Back to {app}` or `Start again` leads; absent where nobody may be sent anywhere. */
  readonly back?: { readonly url: string } | { readonly form: FormTarget };
};

/** The states of the consent page in which there is nothing to decide (security.md 5: no redirect to an unproven address). */
export const consentProblemPage = (view: ConsentProblemView): Html => {
  const words = consentWords.problems[view.reason];
  const app = view.appName ?? 'The app';
  const label = view.reason === 'out-of-date' ? consentWords.startAgain : consentWords.backTo(name(app));
  return problemPage({
    frame: view.frame,
    title: words.title,
    message: typeof words.message === 'function' ? words.message(name(app)) : words.message,
    turn: words.turn,
    requestId: view.requestId,
    atMs: view.frame.nowMs,
    inDecision: true,
    ...(view.back === undefined ? {} : { action: { label, ...view.back } }),
    ...(view.developer === undefined ? {} : { developer: view.developer }),
  });
};
