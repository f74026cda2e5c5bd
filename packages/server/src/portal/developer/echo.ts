// The echo page: what an app's redirect address would get, its code masked, handed to the walk-through's tab by echo.js.
import { ECHO_PATH } from '../../domain/apps/echo.ts';
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { sectionPage } from '../shell.ts';
import { echoWords as text } from '../words/walk-through.ts';
import { dashboardUrl } from './dashboard.ts';

export type EchoView = {
  readonly frame: Frame;
  readonly appName: string;
  readonly walkThroughUrl: string;
  /** The answer's parameters, as they came. */
  readonly answer: readonly { readonly name: string; readonly value: string }[];
};

const shown = ({ name: parameter, value }: EchoView['answer'][number]): string =>
  `${parameter}=${parameter === 'code' ? `••••${value.slice(-4)}` : value}`;

export const echoPage = (view: EchoView): Html => {
  const denied = view.answer.some((one) => one.name === 'error');
  const request = [`GET ${ECHO_PATH}`, '', ...view.answer.map(shown)].join('\n');
  return sectionPage(
    {
      frame: view.frame,
      title: text.title(isolatedName(view.appName)),
      section: 'developer',
      current: dashboardUrl,
      scripts: ['echo'],
    },
    html`<h1>${text.heading(name(view.appName))}</h1>
      <p class="lead">${denied ? text.denied : text.lead}</p>
      <div class="walk-output">
        <h2>${text.request}</h2>
        <pre tabindex="0" role="region" aria-label="${text.request}" data-echo>${request}</pre>
      </div>
      <p role="status" data-echo-taken="${text.taken}">${text.waiting}</p>
      <div class="actions">${linkButton({ label: text.again, url: view.walkThroughUrl })}</div>`,
  );
};
