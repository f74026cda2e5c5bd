// An app's first page: the next step, the link that people open, what was refused last.
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { linkButton } from '../parts/button.ts';
import { secretBox } from '../parts/copy.ts';
import { facts, table } from '../parts/table.ts';
import { absolute } from '../parts/time.ts';
import { appWords } from '../words/developer.ts';
import { usageWords } from '../words/usage.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type RefusedRequest = {
  readonly atMs: number;
  /** `GET /v1.0/leads`. */
  readonly endpoint: string;
  readonly status: number;
  readonly reason: string;
  readonly requestId: string;
};

export type AppOverviewView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly clientId: string;
  readonly consentUrl: string;
  /** Worked out from where the app stands; one card. */
  readonly step: { readonly name: keyof typeof appWords.steps; readonly url: string };
  readonly permissionCount: number;
  readonly connectionCount: number;
  /** At most five, newest first. */
  readonly refused: readonly RefusedRequest[];
  /** Requests in the busiest minute of the last hour. */
  readonly busiestMinute: number;
};

const stepCard = (view: AppOverviewView): Html => {
  const step = { words: appWords.steps[view.step.name], url: view.step.url };
  return html`<section class="next-step" aria-labelledby="next-step">
    <div>
      <p class="meta">${appWords.next}</p>
      <h2 id="next-step">${step.words.title}</h2>
      <p class="second">${step.words.text}</p>
    </div>
    ${linkButton({ label: step.words.action, look: 'primary', url: step.url })}
  </section>`;
};

const refusedTable = (view: AppOverviewView): Html => {
  const { refusedColumns: columns } = appWords;
  if (view.refused.length === 0) return html`<p class="second">${appWords.noRefused}</p>`;
  return table({
    name: appWords.refused,
    width: 'medium',
    columns: [
      { title: columns.time, oneLine: true },
      { title: columns.endpoint },
      { title: columns.answer, align: 'numbers' },
      { title: columns.reason },
      { title: columns.request, oneLine: true },
    ],
    rows: view.refused.map((one) => [
      absolute(one.atMs, view.frame),
      html`<code>${one.endpoint}</code>`,
      one.status,
      one.reason,
      html`<code>${one.requestId}</code>`,
    ]),
  });
};

export const appOverviewPage = (view: AppOverviewView): Html =>
  appPage(
    { frame: view.frame, app: view.app, tab: 'overview' },
    html`${stepCard(view)}
      <div class="panel">
        ${facts([
          { name: appWords.clientId, value: html`<code translate="no">${view.clientId}</code>` },
          { name: appWords.tabs.permissions, value: view.permissionCount },
          { name: appWords.connections, value: view.connectionCount },
          {
            name: usageWords.headroom,
            value: usageWords.headroomOf(view.busiestMinute, view.app.limitPerMinute),
          },
        ])}
      </div>
      ${secretBox({
        id: 'consent-link',
        label: appWords.consentLink,
        value: view.consentUrl,
        hint: appWords.consentHint,
      })}
      <section class="stack-tight">
        <h2>${appWords.refused}</h2>
        ${refusedTable(view)}
      </section>`,
  );
