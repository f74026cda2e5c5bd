// Apps of every vendor as operators see them: the list, and one of them.
import type { AppFilter } from '../../domain/operate/directory-store.ts';
import type { Frame } from '../frame.ts';
import { html, link } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { appBadge, tag, type ShownAppStatus } from '../parts/badge.ts';
import { linkButton } from '../parts/button.ts';
import { breadcrumb, tabs } from '../parts/navigation.ts';
import { facts } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { operateWords } from '../words/operate.ts';
import { number } from '../words/usage.ts';
import { columnsOf, listPage, type Paged } from './list.ts';

const texts = operateWords.apps;
export const appsUrl = '/operate/apps';

export type ShownApp = {
  readonly url: string;
  readonly publicId: string;
  readonly clientId: string;
  readonly name: string;
  /** Absent for first-party apps. */
  readonly vendorName?: string;
  readonly status: ShownAppStatus;
  readonly statusSinceMs: number;
  readonly connections: number;
  /** What is in force. */
  readonly limitPerMinute: number;
  readonly ownLimit: boolean;
  readonly createdAtMs: number;
};

export type AppsView = Paged & {
  readonly frame: Frame;
  readonly search: string;
  readonly filter: AppFilter;
  readonly apps: readonly ShownApp[];
};

export const limitWords = (limitPerMinute: number, isOwn: boolean): string =>
  isOwn ? texts.own(limitPerMinute) : texts.ofMode(limitPerMinute);
const vendor = (app: ShownApp): Content =>
  app.vendorName === undefined ? html`<span class="second">${texts.firstParty}</span>` : name(app.vendorName);

const filterUrl = (filter: AppFilter, search: string): string => {
  const query = new URLSearchParams();
  if (filter !== 'all') query.set('status', filter);
  if (search !== '') query.set('q', search);
  return query.size === 0 ? appsUrl : `${appsUrl}?${query.toString()}`;
};

export const operateAppsPage = (view: AppsView): Html =>
  listPage({
    ...view,
    title: texts.title,
    current: appsUrl,
    search: {
      action: appsUrl,
      label: texts.searchLabel,
      value: view.search,
      ...(view.filter === 'all' ? {} : { kept: { status: view.filter } }),
    },
    above: tabs(
      texts.filterName,
      (Object.keys(texts.filters) as AppFilter[]).map((filter) => ({
        label: texts.filters[filter],
        url: filterUrl(filter, view.search),
        current: filter === view.filter,
      })),
    ),
    table: {
      name: texts.title,
      columns: columnsOf(texts.columns, { 3: { align: 'numbers' }, 4: { align: 'numbers' } }),
      rows: view.apps.map((app) => [
        link(app.url, name(app.name)),
        vendor(app),
        html`<code translate="no">${app.clientId}</code>`,
        number(app.connections),
        app.ownLimit ? html`${tag(texts.set)} ${number(app.limitPerMinute)}` : number(app.limitPerMinute),
        appBadge(app.status),
      ]),
      width: 'medium',
    },
  });

export type OperatedAppView = {
  readonly frame: Frame;
  readonly app: ShownApp;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly auditUrl: string;
  readonly limitUrl: string;
  /** Of suspending, or of lifting the suspension. */
  readonly stepUrl: string;
};

const appFacts = ({ frame, app, contactName, contactEmail }: OperatedAppView): Html =>
  facts([
    { name: texts.facts.vendor, value: vendor(app) },
    {
      name: texts.facts.status,
      value: html`${appBadge(app.status)}
        <span class="meta">${operateWords.since} ${date(app.statusSinceMs, frame)}</span>`,
    },
    { name: texts.facts.connections, value: number(app.connections) },
    { name: texts.facts.limit, value: limitWords(app.limitPerMinute, app.ownLimit) },
    { name: texts.facts.clientId, value: html`<code translate="no">${app.clientId}</code>` },
    { name: texts.facts.id, value: html`<code translate="no">${app.publicId}</code>` },
    contactEmail !== '' && { name: texts.facts.contact, value: html`${name(contactName)} ${contactEmail}` },
    { name: texts.facts.created, value: date(app.createdAtMs, frame) },
  ]);

export const operateAppPage = (view: OperatedAppView): Html => {
  const { frame, app } = view;
  const suspended = app.status === 'suspended';
  return sectionPage(
    { frame, title: isolatedName(app.name), section: 'operate', current: appsUrl },
    html`${breadcrumb([{ label: texts.title, url: appsUrl }, { label: name(app.name) }])}
      <div class="page-head">
        <h1>${name(app.name)}</h1>
        <div class="end">
          ${linkButton({ label: operateWords.audited, url: view.auditUrl })}
          ${linkButton({ label: texts.limit, url: view.limitUrl })}
          ${linkButton({
            label: suspended ? texts.lift : texts.suspend,
            url: view.stepUrl,
            look: suspended ? 'outlined' : 'danger',
          })}
        </div>
      </div>
      <div class="panel">${appFacts(view)}</div>`,
  );
};
