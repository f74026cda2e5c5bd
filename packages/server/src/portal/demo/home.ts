// The demo's start page: five steps that show the product, by plain links.
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { linkButton } from '../parts/button.ts';
import { secretBox } from '../parts/copy.ts';
import { plainPage } from '../shell.ts';
import { demoWords as text } from '../words/demo.ts';

export type DemoHomeView = {
  readonly frame: Frame;
  readonly sampleAppUrl: string;
  /** For the first step's command. */
  readonly issuer: string;
  readonly signInEmail: string;
  readonly registerUrl: string;
  readonly connectedAppsUrl: string;
};

const terminalCommands = [
  'npm run shell',
  'lofty-cli auth login-browser',
  'lofty-cli leads list --limit 3',
  'loomta auth:login',
  'loomta platforms:list',
].join('\n');

const ownApiCommand = 'npm start -- --upstream http://localhost:3000 --openapi ./openapi.yaml';

const step = (number: number, title: string, body: Content, action?: Html): Html =>
  html`<li>
    <span class="number" aria-hidden="true">${number}</span>
    <div class="body">
      <h2>${title}</h2>
      ${body}
    </div>
    ${action}
  </li>`;

const steps = (view: DemoHomeView): Html => {
  const { knock, connect, refuse, cut, terminal } = text.steps;
  const curl = `curl -i ${view.issuer}/v1.0/leads`;
  return html`<ol class="home-steps">
    ${step(1, knock.title, [
      html`<p>${knock.text}</p>`,
      secretBox({ id: 'knock', label: 'Command', value: curl, labelHidden: true }),
    ])}
    ${step(
      2,
      connect.title,
      [html`<p>${connect.text}</p>`, html`<p>${text.signInAs(view.signInEmail)}</p>`],
      linkButton({ label: connect.action, look: 'primary', url: view.sampleAppUrl }),
    )}
    ${step(3, refuse.title, html`<p>${refuse.text}</p>`, linkButton({ label: refuse.action, url: view.sampleAppUrl }))}
    ${step(4, cut.title, html`<p>${cut.text}</p>`, linkButton({ label: cut.action, url: view.connectedAppsUrl }))}
    ${step(5, terminal.title, [
      html`<p>${terminal.text}</p>`,
      secretBox({
        id: 'terminal',
        label: 'Commands',
        value: terminalCommands,
        lines: true,
        labelHidden: true,
      }),
    ])}
  </ol>`;
};

export const demoHomePage = (view: DemoHomeView): Html =>
  plainPage(
    { frame: view.frame, title: text.homeTitle },
    html`<div class="stack-tight">
        <h1>${text.homeTitle}</h1>
        <p class="lead">${text.homeLead}</p>
      </div>
      ${steps(view)}
      <section class="next-step" aria-labelledby="next">
        <div>
          <h2 id="next">${text.nextTitle}</h2>
          <p class="second">${text.nextText}</p>
        </div>
        ${linkButton({ label: text.nextAction, url: view.registerUrl })}
      </section>
      <section class="stack-tight" aria-labelledby="own">
        <h2 id="own">${text.ownTitle}</h2>
        <p class="lead">${text.ownText}</p>
        ${secretBox({ id: 'own-api', label: 'Command', value: ownApiCommand, labelHidden: true })}
      </section>`,
  );
