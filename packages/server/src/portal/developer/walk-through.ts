// An app's walk-through: the real flow step by step, run by walk-through.js, and the same as snippets.
import type { Frame } from '../frame.ts';
import { attributes, html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { radioGroup } from '../parts/choice.ts';
import { secretBox } from '../parts/copy.ts';
import { field } from '../parts/field.ts';
import { walkWords as text } from '../words/walk-through.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';
import { snippetsOf, type SnippetValues } from './snippets.ts';

export type WalkThroughView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly values: Omit<SnippetValues, 'redirectUri'> & { readonly redirectUri?: string };
  /** Only for an app in development: the echo page's address, and what a state for it begins and ends with. */
  readonly echo?: { readonly uri: string; readonly begin: string; readonly end: string };
};

const output = (id: string): Html =>
  html`<div class="walk-output" id="${id}" hidden>
    <h3>${text.request}</h3>
    <pre tabindex="0" role="region" aria-label="${text.request}" data-request></pre>
    <h3>${text.answer}</h3>
    <pre tabindex="0" role="region" aria-label="${text.answer}" data-answer></pre>
  </div>`;

const action = (id: string, label: string, primary = false): Html =>
  html`<button
    ${attributes({ type: 'button', class: `button needs-script${primary ? ' primary' : ''}`, id })}
  >
    ${label}
  </button>`;

const step = (title: string, lead: string, body: Content): Html =>
  html`<li>
    <div class="body stack-tight">
      <h2>${title}</h2>
      <p>${lead}</p>
      ${body}
      <p role="status" class="walk-problem" data-problem></p>
    </div>
  </li>`;

/** Where the answer goes; the echo page first, for a vendor's own address seldom runs yet. */
const whereTo = ({ echo }: WalkThroughView, redirectUri: string): Content =>
  echo === undefined
    ? html`<p>${text.authorize.redirect}: <code class="path">${redirectUri}</code></p>`
    : radioGroup({
        id: 'walk-to',
        name: 'to',
        legend: text.authorize.where,
        chosen: 'echo',
        options: [
          { value: 'echo', label: text.authorize.echo, detail: text.authorize.echoDetail },
          {
            value: 'own',
            label: text.authorize.own,
            detail: html`<code class="path">${redirectUri}</code>`,
          },
        ],
      });

/** Hidden while the echo page brings the answer by itself. */
const landedField = (hidden: boolean): Html =>
  html`<div ${attributes({ id: 'walk-paste', class: 'stack-tight', hidden })}>
    <p>${text.exchange.paste}</p>
    ${field({ id: 'walk-landed', name: 'landed', label: text.exchange.landed, autocomplete: 'off' })}
  </div>`;

const secretField = field({
  id: 'walk-secret',
  name: 'secret',
  type: 'password',
  label: text.exchange.secret,
  hint: text.exchange.secretHint,
  autocomplete: 'off',
});

const callStep = (callUrl: string): Content => [
  html`<p><code class="path">GET ${callUrl}</code></p>`,
  action('walk-call', text.call.action),
  output('walk-called'),
];

const steps = (view: WalkThroughView, redirectUri: string): Html => {
  const { issuer, clientId, isPublic, callUrl } = view.values;
  return html`<ol
    ${attributes({
      class: 'home-steps walk-steps',
      'data-walk': true,
      'data-authorize': `${issuer}/oauth/authorize`,
      'data-client': clientId,
      'data-redirect': redirectUri,
      'data-echo': view.echo?.uri,
      'data-state-begin': view.echo?.begin,
      'data-state-end': view.echo?.end,
      'data-call': callUrl,
      ...text.problems,
    })}
  >
    ${step(text.authorize.title, text.authorize.text, [
      whereTo(view, redirectUri),
      action('walk-authorize', text.authorize.action, true),
      output('walk-asked'),
    ])}
    ${step(text.exchange.title, text.exchange.text, [
      landedField(view.echo !== undefined),
      isPublic ? nothing : secretField,
      action('walk-exchange', text.exchange.action),
      output('walk-exchanged'),
    ])}
    ${step(
      text.call.title,
      callUrl === undefined ? text.call.none : text.call.text,
      callUrl === undefined ? nothing : callStep(callUrl),
    )}
    ${step(text.refresh.title, text.refresh.text, [
      action('walk-refresh', text.refresh.action),
      output('walk-refreshed'),
    ])}
  </ol>`;
};

const snippets = (view: WalkThroughView, redirectUri: string): Html => {
  const all = snippetsOf({ ...view.values, redirectUri });
  return html`<section class="stack-tight">
    <h2>${text.snippets}</h2>
    <p class="second">${view.values.isPublic ? text.snippetsPublic : text.snippetsText}</p>
    ${(['curl', 'node', 'python'] as const).map((language) =>
      secretBox({
        id: `snippet-${language}`,
        label: text.languages[language],
        value: all[language],
        lines: true,
      }),
    )}
  </section>`;
};

export const walkThroughPage = (view: WalkThroughView): Html => {
  const { redirectUri } = view.values;
  return appPage(
    { frame: view.frame, app: view.app, tab: 'walk-through', scripts: ['walk-through'] },
    redirectUri === undefined
      ? html`<p class="lead">${text.authorize.none}</p>`
      : html`<p class="lead">${text.lead}</p>
          <noscript><p class="second">${text.noScript}</p></noscript>
          ${steps(view, redirectUri)} ${snippets(view, redirectUri)}`,
  );
};
