// Vendor dashboard: the columns and filters of document 003, our statuses beside its words.
import type { Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { hostOf, isolatedName, name } from '../names.ts';
import { appBadge, editBadge } from '../parts/badge.ts';
import type { EditBadge, ShownAppStatus } from '../parts/badge.ts';
import { linkButton, plusLabel } from '../parts/button.ts';
import { copyIcon, masked } from '../parts/copy.ts';
import { empty } from '../parts/empty.ts';
import { logo } from '../parts/logo.ts';
import { pagination, tabs } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { qualificationBanner, type UnfinishedQualification } from '../team/qualification-banner.ts';
import { dashboardWords } from '../words/developer.ts';

export const dashboardUrl = '/developer/authorizations';

export type DashboardFilter = keyof typeof dashboardWords.filters;

export type DashboardApp = {
  readonly name: string;
  readonly logoUrl?: string;
  readonly url: string;
  readonly website: string;
  readonly redirectUris: readonly string[];
  readonly clientId: string;
  /** Absent for a public app. */
  readonly secretLastFour?: string;
  readonly description: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly status: ShownAppStatus;
  readonly statusSinceMs: number;
  readonly pendingEdit?: EditBadge;
  /** On declined: where it is put right and submitted again. */
  readonly resubmitUrl?: string;
};

export type DashboardView = {
  readonly frame: Frame;
  /** After filter and search. */
  readonly apps: readonly DashboardApp[];
  readonly filter: DashboardFilter;
  readonly counts: Readonly<Record<DashboardFilter, number>>;
  readonly search: string;
  readonly registerUrl: string;
  readonly firstUrl?: string;
  readonly nextUrl?: string;
  /** Where the deployment looks at vendors first: how far that is; absent once they may register apps. */
  readonly qualification?: UnfinishedQualification;
};

const addressCell = (urls: readonly string[]): Content => {
  const [first, ...others] = urls;
  if (first === undefined) return '–';
  return html`${name(hostOf(first))}${
    others.length === 0
      ? nothing
      : html` <span class="tag" aria-hidden="true">${dashboardWords.moreAddresses(others.length)}</span
          ><span class="visually-hidden">${dashboardWords.moreAddressesSpoken(others.length)}</span>`
  }`;
};

const appCell = (app: DashboardApp): Html =>
  html`<div class="app-cell">
    ${logo({ name: app.name, url: app.logoUrl })}
    <a ${attributes({ href: href(app.url) })}>${name(app.name)}</a>
  </div>`;

const clientIdCell = (app: DashboardApp, index: number): Html => {
  const id = `client-id-${index + 1}`;
  return html`<span class="copyable"
    ><code id="${id}" translate="no">${app.clientId}</code
    >${copyIcon(id, `Client ID of ${isolatedName(app.name)}`)}</span
  >`;
};

const contactCell = (app: DashboardApp): Content =>
  app.contactName === '' && app.contactEmail === ''
    ? '–'
    : html`${name(app.contactName)}
        <div class="meta">${app.contactEmail}</div>`;

const resubmitLink = (app: DashboardApp, url: string): Html =>
  html`<a ${attributes({ class: 'button small', href: href(url) })}
    >${dashboardWords.resubmit}<span class="visually-hidden"> ${name(app.name)}</span></a
  >`;

const statusCell = (app: DashboardApp, frame: Frame): Html =>
  html`<div class="status-cell">
    ${appBadge(app.status)}${app.pendingEdit === undefined ? nothing : editBadge(app.pendingEdit)}
    <span class="meta">${dashboardWords.since(date(app.statusSinceMs, frame))}</span>
    ${app.resubmitUrl === undefined ? nothing : resubmitLink(app, app.resubmitUrl)}
  </div>`;

const row = (app: DashboardApp, index: number, frame: Frame): readonly Content[] => [
  appCell(app),
  app.website === '' ? '–' : name(hostOf(app.website)),
  addressCell(app.redirectUris),
  clientIdCell(app, index),
  app.secretLastFour === undefined
    ? html`<span class="second">${dashboardWords.noSecret}</span>`
    : masked('Client Secret', app.secretLastFour),
  app.description === '' ? '–' : html`<span class="clamp-2" dir="auto">${app.description}</span>`,
  contactCell(app),
  statusCell(app, frame),
];

const filterUrl = (filter: DashboardFilter, search: string): string => {
  const query = new URLSearchParams();
  if (filter !== 'all') query.set('status', filter);
  if (search !== '') query.set('q', search);
  return query.size === 0 ? dashboardUrl : `${dashboardUrl}?${query.toString()}`;
};

const searchForm = (view: DashboardView): Html =>
  html`<form class="search" method="get" action="${dashboardUrl}" role="search">
    ${view.filter === 'all' ? nothing : html`<input type="hidden" name="status" value="${view.filter}" />`}
    <label class="visually-hidden" for="search">${dashboardWords.searchLabel}</label>
    <input
      type="search"
      id="search"
      name="q"
      value="${view.search}"
      placeholder="${dashboardWords.searchLabel}"
    />
    <button class="button">${dashboardWords.search}</button>
  </form>`;

const headEnd = (view: DashboardView): Html =>
  html`<div class="end">
    ${searchForm(view)}
    ${linkButton({ label: plusLabel(dashboardWords.add), look: 'primary', url: view.registerUrl })}
  </div>`;

const filterTabs = (view: DashboardView): Html =>
  tabs(
    dashboardWords.filterName,
    (Object.keys(dashboardWords.filters) as DashboardFilter[]).map((filter) => ({
      label: dashboardWords.filters[filter],
      url: filterUrl(filter, view.search),
      current: filter === view.filter,
      count: view.counts[filter],
    })),
  );

const filled = (view: DashboardView): Html =>
  html`${filterTabs(view)}
  ${
    view.apps.length === 0
      ? empty({ icon: 'search', title: dashboardWords.noMatchTitle, text: dashboardWords.noMatchText })
      : table({
          name: dashboardWords.title,
          columns: dashboardWords.columns.map((title) => ({
            title,
            oneLine: title === 'Website' || title === 'Authorized Redirect URL',
          })),
          rows: view.apps.map((app, index) => row(app, index, view.frame)),
          width: 'wide',
          pinned: true,
        })
  }
  ${pagination(view)}`;

export const dashboardPage = (view: DashboardView): Html => {
  const none = view.counts.all === 0;
  return sectionPage(
    { frame: view.frame, title: dashboardWords.title, section: 'developer', current: dashboardUrl },
    html`<div class="page-head">
        <h1>${dashboardWords.title}</h1>
        ${none ? nothing : headEnd(view)}
      </div>
      ${view.qualification === undefined ? nothing : qualificationBanner(view.qualification)}
      ${
        none
          ? empty({
              icon: 'plug',
              title: dashboardWords.emptyTitle,
              steps: dashboardWords.emptySteps,
              action: linkButton({ label: dashboardWords.first, look: 'primary', url: view.registerUrl }),
            })
          : filled(view)
      }`,
  );
};
