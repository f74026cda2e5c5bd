// What waits for a reviewer, the longest waiting first.
import type { QueueCounts, QueueFilter } from '../../domain/reviews/store.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { tag } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { empty } from '../parts/empty.ts';
import { form } from '../parts/form.ts';
import { logo } from '../parts/logo.ts';
import { pagination, tabs } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { moment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { queueWords as text } from '../words/review-desk.ts';

export const reviewUrl = '/review';

export type Waiting = {
  readonly url: string;
  readonly appName: string;
  readonly logoUrl?: string;
  readonly vendorName: string;
  readonly kind: keyof typeof text.kinds;
  /** Of a breaking update: how many connections would have to authorize again. */
  readonly connections: number;
  readonly submittedAtMs: number;
  readonly late: boolean;
  readonly reviewer?: { readonly name: string; readonly isYou: boolean };
  /** Absent when somebody holds it, or the reviewer belongs to the vendor. */
  readonly take?: FormTarget;
};

export type QueueView = {
  readonly frame: Frame;
  readonly filter: QueueFilter;
  readonly counts: QueueCounts;
  readonly waiting: readonly Waiting[];
  readonly firstUrl?: string;
  readonly nextUrl?: string;
};

const appCell = (one: Waiting): Html =>
  html`<div class="app-cell">
    ${logo({ name: one.appName, url: one.logoUrl })}
    <a ${attributes({ href: href(one.url) })}>${name(one.appName)}</a>
  </div>`;

const effectOf = (one: Waiting): string =>
  one.kind === 'breaking' ? text.effects.breaking(one.connections) : text.effects[one.kind];

const reviewerCell = ({ reviewer }: Waiting): Content => {
  if (reviewer === undefined) return html`<span class="second">${text.nobody}</span>`;
  return reviewer.isYou ? text.you : name(reviewer.name);
};

const takeCell = (one: Waiting): Content =>
  one.take === undefined
    ? ''
    : form(
        { target: one.take, className: 'inline-form' },
        button({
          label: html`${text.take}<span class="visually-hidden"> ${name(one.appName)}</span>`,
          small: true,
        }),
      );

const row = (one: Waiting, frame: Frame): readonly Content[] => [
  appCell(one),
  name(one.vendorName),
  tag(text.kinds[one.kind], one.kind === 'breaking' ? 'warning' : undefined),
  effectOf(one),
  html`${moment(one.submittedAtMs, frame)} ${one.late ? tag(text.late, 'bad') : ''}`,
  reviewerCell(one),
  takeCell(one),
];

const filterTabs = (view: QueueView): Html =>
  tabs(
    text.filterName,
    (Object.keys(text.filters) as QueueFilter[]).map((filter) => ({
      label: text.filters[filter],
      url: filter === 'all' ? reviewUrl : `${reviewUrl}?kind=${filter}`,
      current: filter === view.filter,
      count: view.counts[filter],
    })),
  );

const list = (view: QueueView): Html => {
  const { columns } = text;
  return table({
    name: text.title,
    width: 'medium',
    columns: [
      { title: columns.app },
      { title: columns.vendor },
      { title: columns.kind, oneLine: true },
      { title: columns.effect },
      { title: columns.waiting, oneLine: true },
      { title: columns.reviewer, oneLine: true },
      { title: columns.actions, hiddenTitle: true, align: 'actions' },
    ],
    rows: view.waiting.map((one) => row(one, view.frame)),
  });
};

export const queuePage = (view: QueueView): Html =>
  sectionPage(
    { frame: view.frame, title: text.title, section: 'review', current: reviewUrl },
    html`<h1>${text.title}</h1>
      ${
        view.counts.all === 0
          ? empty({ icon: 'circle-check', title: text.empty, text: text.emptyText })
          : html`${filterTabs(view)}
            ${view.waiting.length === 0 ? empty({ icon: 'search', title: text.noMatch }) : list(view)}`
      }
      ${pagination({
        ...(view.firstUrl === undefined ? {} : { firstUrl: view.firstUrl }),
        ...(view.nextUrl === undefined ? {} : { nextUrl: view.nextUrl }),
      })}`,
  );
