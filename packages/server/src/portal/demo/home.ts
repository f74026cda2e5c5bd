// The demo's start page: five steps that show the product by plain links, and beside them what the gateway decides.
import type { Frame } from '../frame.ts';
import { attributes, href, html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { secretBox } from '../parts/copy.ts';
import { form } from '../parts/form.ts';
import { icon } from '../parts/icon.ts';
import { plainPage } from '../shell.ts';
import { demoWords as text } from '../words/demo.ts';
import { liveTable, type LiveView, type StepName } from './live-view.ts';

export type DemoHomeView = {
  readonly frame: Frame;
  readonly sampleAppUrl: string;
  /** An endpoint of the API, for the first step: its whole address. */
  readonly callUrl: string;
  readonly signInEmail: string;
  readonly registerUrl: string;
  /** Who registers an app: whoever is nobody's developer becomes them first. */
  readonly vendor?: { readonly name: string; readonly email: string };
  readonly connectedAppsUrl: string;
  readonly live: LiveView;
};

const terminalCommands = [
  'npm run shell',
  'lofty-cli auth login-browser',
  'lofty-cli leads list --limit 3',
  'loomta auth:login',
  'loomta platforms:list',
].join('\n');

const ownApiCommand = 'npm start -- --upstream http://localhost:3000 --openapi ./openapi.yaml';

/** Ticked when the gateway saw it happen, here and again by live.js. */
const step = (
  view: DemoHomeView,
  name: 'knock' | 'connect' | 'refuse' | 'cut' | 'terminal',
  title: string,
  body: Content,
  action?: Html,
): Html => {
  const done = view.live.done.includes(name);
  return html`<li ${attributes({ 'data-step': name, class: done ? 'done' : undefined })}>
    <span class="number" aria-hidden="true"></span>
    <div class="body">
      <h2>
        ${title}
        <span ${attributes({ class: 'tag tone-ok', 'data-step-done': name, hidden: !done })}
          >${text.done}</span
        >
      </h2>
      ${body}
    </div>
    ${action}
  </li>`;
};

/** A part of a step that is told when it happened. */
const told = (view: DemoHomeView, name: StepName, words: string): Html =>
  html`<p ${attributes({ class: 'told', 'data-step-done': name, hidden: !view.live.done.includes(name) })}>
    ${icon('check')}${words}
  </p>`;

/** A link, which shows the answer without scripts too. */
const runKnock = (callUrl: string): Html =>
  html`<a ${attributes({ class: 'button', href: href(callUrl), 'data-run': true })}
    >${text.steps.knock.action}</a
  >`;

const steps = (view: DemoHomeView): Html => {
  const { knock, connect, refuse, cut, terminal } = text.steps;
  const curl = `curl -i ${view.callUrl}`;
  return html`<ol class="home-steps">
    ${step(
      view,
      'knock',
      knock.title,
      [
        html`<p>${knock.text}</p>`,
        secretBox({ id: 'knock', label: text.command, value: curl, labelHidden: true }),
        html`<pre
          ${attributes({
            id: 'knock-answer',
            class: 'answer',
            tabindex: 0,
            role: 'region',
            'aria-label': knock.answer,
            'data-failed': knock.failed,
            hidden: true,
          })}
        ></pre>`,
      ],
      runKnock(view.callUrl),
    )}
    ${step(
      view,
      'connect',
      connect.title,
      [html`<p>${connect.text}</p>`, html`<p>${text.signInAs(view.signInEmail)}</p>`],
      linkButton({ label: connect.action, look: 'primary', url: view.sampleAppUrl }),
    )}
    ${step(view, 'refuse', refuse.title, html`<p>${refuse.text}</p>`, linkButton({ label: refuse.action, url: view.sampleAppUrl }))}
    ${step(
      view,
      'cut',
      cut.title,
      [
        html`<p>${cut.text}</p>`,
        html`<p ${attributes({ class: 'told', 'data-cut': true, hidden: view.live.cut === '' })}>
          ${view.live.cut}
        </p>`,
      ],
      linkButton({ label: cut.action, url: view.connectedAppsUrl }),
    )}
    ${step(view, 'terminal', terminal.title, [
      html`<p>${terminal.text}</p>`,
      secretBox({
        id: 'terminal',
        label: text.commands,
        value: terminalCommands,
        lines: true,
        labelHidden: true,
      }),
      told(view, 'lofty', terminal.lofty),
      told(view, 'loomta', terminal.loomta),
    ])}
  </ol>`;
};

const nextAction = ({ frame, vendor, registerUrl }: DemoHomeView): Html =>
  frame.demo === undefined || vendor === undefined || frame.person?.sections.includes('developer') === true
    ? linkButton({ label: text.nextAction, url: registerUrl })
    : form(
        { target: frame.demo.form },
        button({ label: text.become(vendor.name), name: 'email', value: vendor.email }),
      );

export const demoHomePage = (view: DemoHomeView): Html =>
  plainPage(
    { frame: view.frame, title: text.homeTitle, scripts: ['live'] },
    html`<div class="stack-tight">
        <h1>${text.homeTitle}</h1>
        <p class="lead">${text.homeLead}</p>
      </div>
      <div class="home-live">${steps(view)}${liveTable(view.live)}</div>
      <section class="next-step" aria-labelledby="next">
        <div>
          <h2 id="next">${text.nextTitle}</h2>
          <p class="second">${text.nextText}</p>
        </div>
        ${nextAction(view)}
      </section>
      <section class="stack-tight" aria-labelledby="own">
        <h2 id="own">${text.ownTitle}</h2>
        <p class="lead">${text.ownText}</p>
        ${secretBox({ id: 'own-api', label: text.command, value: ownApiCommand, labelHidden: true })}
      </section>`,
  );
