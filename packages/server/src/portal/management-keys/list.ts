// Management keys: the person's own and the team's, newest first.
import type { ManagementKeyStatus } from '../../domain/management-keys/management-key.ts';
import type { Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { keyBadge } from '../parts/badge.ts';
import { linkButton } from '../parts/button.ts';
import { masked } from '../parts/copy.ts';
import { empty } from '../parts/empty.ts';
import { breadcrumb, pagination } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { date, moment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { managementKeyWords as text } from '../words/management-keys.ts';

export const MANAGEMENT_KEYS = '/developer/management-keys';

export type ListedManagementKey = {
  readonly name: string;
  readonly lastFour: string;
  readonly owner: 'user' | 'vendor';
  /** In words, such as “List apps”. */
  readonly operations: readonly string[];
  readonly status: ManagementKeyStatus;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
  readonly expiresAtMs?: number;
  /** Confirm page; absent on keys that ended. */
  readonly revokeUrl?: string;
};

export type ManagementKeyListView = {
  readonly frame: Frame;
  readonly keys: readonly ListedManagementKey[];
  readonly createUrl: string;
  readonly firstUrl?: string;
  readonly nextUrl?: string;
};

export const managementKeyCrumbs = (last?: string): Html =>
  breadcrumb([
    { label: words.sections.developer },
    last === undefined ? { label: text.title } : { label: text.title, url: MANAGEMENT_KEYS },
    ...(last === undefined ? [] : [{ label: last }]),
  ]);

const columns = [
  ...text.columns.map((title) => ({ title, oneLine: title !== 'Name' && title !== 'Operations' })),
  { title: text.actions, hiddenTitle: true, align: 'actions' as const },
];

const revokeLink = (key: ListedManagementKey): Content =>
  key.revokeUrl === undefined
    ? nothing
    : html`<a ${attributes({ class: 'button small danger', href: href(key.revokeUrl) })}
        >${text.revoke}<span class="visually-hidden"> ${name(key.name)}</span></a
      >`;

const operationsCell = ({ operations }: ListedManagementKey): Html =>
  html`<details>
    <summary>${text.operationCount(operations.length)}</summary>
    <ul>
      ${operations.map((one) => html`<li>${one}</li>`)}
    </ul>
  </details>`;

const row = (key: ListedManagementKey, frame: Frame): readonly Content[] => [
  html`${name(key.name)}<br /><span class="second">${masked(text.key, key.lastFour, '…')}</span>`,
  text.whose[key.owner],
  operationsCell(key),
  keyBadge(key.status),
  date(key.createdAtMs, frame),
  key.lastUsedAtMs === undefined
    ? html`<span class="second">${words.never}</span>`
    : moment(key.lastUsedAtMs, frame),
  key.expiresAtMs === undefined
    ? html`<span class="second">${words.never}</span>`
    : date(key.expiresAtMs, frame),
  revokeLink(key),
];

export const managementKeyListPage = (view: ManagementKeyListView): Html => {
  const create = linkButton({ label: text.create, look: 'primary', url: view.createUrl });
  const none = view.keys.length === 0;
  return sectionPage(
    { frame: view.frame, title: text.title, section: 'developer', current: MANAGEMENT_KEYS },
    html`<div>
        ${managementKeyCrumbs()}
        <div class="page-head">
          <h1>${text.title}</h1>
          ${none ? nothing : create}
        </div>
        <p class="lead">${text.lead}</p>
      </div>
      ${
        none
          ? empty({ icon: 'key-round', title: text.emptyTitle, text: text.emptyText, action: create })
          : table({
              name: text.title,
              columns,
              rows: view.keys.map((key) => row(key, view.frame)),
              width: 'medium',
              pinned: true,
            })
      }
      ${pagination({
        ...(view.firstUrl === undefined ? {} : { firstUrl: view.firstUrl }),
        ...(view.nextUrl === undefined ? {} : { nextUrl: view.nextUrl }),
      })}`,
  );
};
