// API keys: the ones that work, and those that did.
import type { KeyStatus } from '../../domain/keys/key.ts';
import type { Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { keyBadge, tag } from '../parts/badge.ts';
import { linkButton, plusLabel } from '../parts/button.ts';
import { masked } from '../parts/copy.ts';
import { empty } from '../parts/empty.ts';
import { breadcrumb, pagination } from '../parts/navigation.ts';
import { notice } from '../parts/notice.ts';
import { table } from '../parts/table.ts';
import { date, moment } from '../parts/time.ts';
import { onlyOneWorkspace } from '../parts/workspace-switch.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { keyWords } from '../words/keys.ts';

export type ListedKey = {
  readonly name: string;
  readonly description?: string;
  /** `loomta_sk_…` shows its prefix; a signed key has none. */
  readonly prefix?: string;
  /** Empty until a terminal collected it. */
  readonly lastFour: string;
  readonly workspaceName: string;
  readonly status: KeyStatus;
  readonly legacy?: boolean;
  readonly fromTerminal?: boolean;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
  readonly expiresAtMs?: number;
  readonly url: string;
  /** Confirm page; absent on keys that ended. */
  readonly revokeUrl?: string;
  /** Signed keys that work can be shown again. */
  readonly showUrl?: string;
};

export type KeyListView = {
  readonly frame: Frame;
  /** Those that work. */
  readonly keys: readonly ListedKey[];
  /** Revoked and expired ones, in parts. */
  readonly past: readonly ListedKey[];
  readonly pastCount: number;
  readonly firstUrl?: string;
  readonly nextUrl?: string;
  readonly limit: number;
  /** How many count towards the limit, in the workspace that has most room. */
  readonly used: number;
  /** Of how many workspaces the limit is, each for itself. */
  readonly workspaceCount: number;
  readonly createUrl: string;
};

export const keyCrumbs = (last?: string): Html =>
  breadcrumb([
    { label: keyWords.settings },
    { label: keyWords.integrations },
    last === undefined ? { label: keyWords.api } : { label: keyWords.api, url: '/settings/integrations/api' },
    ...(last === undefined ? [] : [{ label: last }]),
  ]);

const columns = (withActions: boolean) => [
  ...keyWords.columns.map((title) => ({ title, oneLine: title !== 'Name' })),
  ...(withActions ? [{ title: keyWords.actions, hiddenTitle: true, align: 'actions' as const }] : []),
];

const keyCell = (key: ListedKey): Content =>
  key.lastFour === ''
    ? html`<span class="second">–</span>`
    : html`<span class="second"
        ><code>${key.prefix ?? ''}</code>${masked(keyWords.key, key.lastFour, '…')}</span
      >`;

const nameCell = (key: ListedKey): Html =>
  html`<a ${attributes({ href: href(key.url) })}>${name(key.name)}</a
    >${key.legacy === true ? [' ', tag(keyWords.legacy)] : nothing}${
      key.fromTerminal === true ? [' ', tag(keyWords.fromTerminal)] : nothing
    }`;

const row = (key: ListedKey, frame: Frame): readonly Content[] => [
  nameCell(key),
  keyCell(key),
  name(key.workspaceName),
  keyBadge(key.status),
  date(key.createdAtMs, frame),
  key.lastUsedAtMs === undefined
    ? html`<span class="second">${words.never}</span>`
    : moment(key.lastUsedAtMs, frame),
  key.expiresAtMs === undefined
    ? html`<span class="second">${words.never}</span>`
    : date(key.expiresAtMs, frame),
];

const revokeLink = (key: ListedKey): Content =>
  key.revokeUrl === undefined
    ? nothing
    : html`<a ${attributes({ class: 'button small danger', href: href(key.revokeUrl) })}
        >${keyWords.revoke}<span class="visually-hidden"> ${name(key.name)}</span></a
      >`;

const showLink = (key: ListedKey): Content =>
  key.showUrl === undefined
    ? nothing
    : html`<a ${attributes({ class: 'button small', href: href(key.showUrl) })}
        >${keyWords.show}<span class="visually-hidden"> ${name(key.name)}</span></a
      > `;

const pastKeys = (view: KeyListView): Html =>
  view.pastCount === 0
    ? nothing
    : html`<details ${attributes({ class: 'more', open: view.firstUrl !== undefined })}>
        <summary>${keyWords.past(view.pastCount)}</summary>
        <div class="stack-tight">
          ${table({
            name: keyWords.pastTable,
            columns: columns(false),
            rows: view.past.map((key) => row(key, view.frame)),
            width: 'medium',
          })}
          ${pagination(view)}
        </div>
      </details>`;

export const keyListPage = (view: KeyListView): Html => {
  const live = view.keys;
  const full = view.used >= view.limit;
  const create = linkButton({ label: plusLabel(keyWords.create), look: 'primary', url: view.createUrl });
  return sectionPage(
    { frame: view.frame, title: keyWords.title, section: 'settings', current: '/settings/integrations/api' },
    html`<div>
        ${keyCrumbs()}
        <div class="page-head">
          <h1>${keyWords.title}</h1>
          ${live.length === 0 || full ? nothing : create}
        </div>
        <p class="lead">${keyWords.lead}</p>
      </div>
      ${onlyOneWorkspace(view.frame.person?.workspaces)}
      ${full ? notice({ tone: 'warning', content: html`<p>${keyWords.atLimit(view.limit)}</p>` }) : nothing}
      ${
        live.length === 0
          ? empty({ icon: 'key-round', title: keyWords.emptyTitle, text: keyWords.emptyText, action: create })
          : table({
              name: keyWords.title,
              columns: columns(true),
              rows: live.map((key) => [...row(key, view.frame), [showLink(key), revokeLink(key)]]),
              width: 'medium',
            })
      }
      ${
        live.length === 0 || full
          ? nothing
          : html`<p class="meta">
              ${
                view.workspaceCount > 1
                  ? keyWords.limitEach(view.limit)
                  : keyWords.limit(view.used, view.limit)
              }
            </p>`
      }
      ${pastKeys(view)}`,
  );
};
