// An app's Requests tab: its last calls, each with why it was refused and the id to name to support.
import type { RequestEntry } from '../../domain/usage/usage.ts';
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { empty } from '../parts/empty.ts';
import { pagination, tabs } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { absolute } from '../parts/time.ts';
import { reasonText, usageWords as text } from '../words/usage.ts';
import { appPage, tabUrl } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type RequestFilter = keyof typeof text.filters;

export type AppRequestsView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly filter: RequestFilter;
  readonly requests: readonly Omit<RequestEntry, 'id' | 'appId'>[];
  readonly firstUrl?: string;
  readonly nextUrl?: string;
};

export const requestsUrl = (app: AppHead, filter: RequestFilter): string =>
  filter === 'all' ? tabUrl(app, 'requests') : `${tabUrl(app, 'requests')}?show=${filter}`;

const requestTable = (
  requests: AppRequestsView['requests'],
  frame: Frame,
  name: string = text.requestsTitle,
): Html => {
  const { requestColumns: columns } = text;
  return table({
    name,
    width: 'medium',
    columns: [
      { title: columns.time, oneLine: true },
      { title: columns.request },
      { title: columns.answer, align: 'numbers' },
      { title: columns.reason },
      { title: columns.took, align: 'numbers' },
      { title: columns.id, oneLine: true },
    ],
    rows: requests.map((one) => [
      absolute(one.atMs, frame),
      html`<code class="path">${one.method} ${one.path}</code>`,
      one.status,
      reasonText(one.reason),
      Math.round(one.durationMs),
      html`<code translate="no">${one.requestId}</code>`,
    ]),
  });
};

const list = (view: AppRequestsView): Html => {
  if (view.requests.length > 0) return requestTable(view.requests, view.frame);
  return view.filter === 'all'
    ? empty({ icon: 'info', title: text.emptyTitle, text: text.emptyText })
    : empty({ icon: 'circle-check', title: text.noRefusedTitle, text: text.noRefusedText });
};

export const appRequestsPage = (view: AppRequestsView): Html =>
  appPage(
    { frame: view.frame, app: view.app, tab: 'requests' },
    html`<p class="lead">${text.requestsLead}</p>
      ${tabs(
        text.requestsFilter,
        (Object.keys(text.filters) as RequestFilter[]).map((filter) => ({
          label: text.filters[filter],
          url: requestsUrl(view.app, filter),
          current: filter === view.filter,
        })),
      )}
      ${list(view)}
      ${pagination({
        ...(view.firstUrl === undefined ? {} : { firstUrl: view.firstUrl }),
        ...(view.nextUrl === undefined ? {} : { nextUrl: view.nextUrl }),
      })}`,
  );
