// Connected apps: one row each, those that need an answer on top.
import type { Permission } from '../../domain/permissions/permission.ts';
import type { Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { empty } from '../parts/empty.ts';
import { logo } from '../parts/logo.ts';
import { notice } from '../parts/notice.ts';
import { pagination } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { date, moment } from '../parts/time.ts';
import { onlyOneWorkspace } from '../parts/workspace-switch.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { connectionWords } from '../words/connections.ts';
import { permissionSummary } from '../words/permissions.ts';
import { endedUses } from './ended.ts';
import type { EndedUse } from './ended.ts';

export const connectionsUrl = '/settings/integrations/authorizations';

export type ListedConnection = {
  readonly app: { readonly name: string; readonly logoUrl?: string };
  readonly vendorName: string;
  readonly workspaceName: string;
  readonly permissions: readonly Permission[];
  readonly connectedAtMs: number;
  readonly lastUsedAtMs?: number;
  /** Set when the connection was made by giving the app this API key. */
  readonly keyName?: string;
  readonly detailUrl: string;
  readonly disconnectUrl: string;
  /** After a breaking edit it gets nothing until the person authorizes it again. */
  readonly needsAgain?: boolean;
  /** Where that begins, if it can begin with a link. */
  readonly againUrl?: string;
};

export type ConnectionListView = {
  readonly frame: Frame;
  readonly connections: readonly ListedConnection[];
  /** Apps that may not use one of the person's keys until it is allowed again. */
  readonly ended?: readonly EndedUse[];
  readonly firstUrl?: string;
  readonly nextUrl?: string;
};

const appCell = (one: ListedConnection): Html =>
  html`<div class="app-cell">
    ${logo({ name: one.app.name, url: one.app.logoUrl })}
    <div>
      <a ${attributes({ href: href(one.detailUrl) })}>${name(one.app.name)}</a>
      <div class="meta">
        ${connectionWords.by(name(one.vendorName))}${
          one.keyName === undefined ? nothing : [', ', connectionWords.byKey(name(one.keyName))]
        }
      </div>
    </div>
  </div>`;

const disconnectLink = (one: ListedConnection): Html =>
  html`<a ${attributes({ class: 'button small danger', href: href(one.disconnectUrl) })}
    >${connectionWords.disconnect}<span class="visually-hidden"> ${name(one.app.name)}</span></a
  >`;

const row = (one: ListedConnection, frame: Frame): readonly Content[] => [
  appCell(one),
  name(one.workspaceName),
  permissionSummary(one.permissions),
  date(one.connectedAtMs, frame),
  one.lastUsedAtMs === undefined
    ? html`<span class="second">${words.never}</span>`
    : moment(one.lastUsedAtMs, frame),
  disconnectLink(one),
];

const needsAgain = (one: ListedConnection): Html =>
  one.needsAgain !== true
    ? nothing
    : notice({
        tone: 'warning',
        content: html`<p>${connectionWords.needsAgain(html`<strong>${name(one.app.name)}</strong>`)}</p>
          ${
            one.againUrl === undefined
              ? html`<p>${connectionWords.againThere}</p>`
              : html`<p>${linkButton({ label: connectionWords.again, url: one.againUrl, small: true })}</p>`
          }`,
      });

export const connectionListPage = (view: ConnectionListView): Html => {
  const { columns } = connectionWords;
  return sectionPage(
    { frame: view.frame, title: connectionWords.title, section: 'settings', current: connectionsUrl },
    html`<div class="stack-tight">
        <h1>${connectionWords.title}</h1>
        <p class="lead">${connectionWords.lead}</p>
      </div>
      ${onlyOneWorkspace(view.frame.person?.workspaces)} ${view.connections.map(needsAgain)}
      ${
        view.connections.length === 0
          ? empty({ icon: 'plug', title: connectionWords.emptyTitle, text: connectionWords.emptyText })
          : table({
              name: connectionWords.title,
              width: 'medium',
              columns: [
                { title: columns.app },
                { title: columns.workspace, oneLine: true },
                { title: columns.can },
                { title: columns.connected, oneLine: true },
                { title: columns.used, oneLine: true },
                { title: connectionWords.actions, hiddenTitle: true, align: 'actions' },
              ],
              rows: view.connections.map((one) => row(one, view.frame)),
            })
      }
      ${pagination(view)} ${endedUses(view.ended ?? [], view.frame)}`,
  );
};
