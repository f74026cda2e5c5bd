// One API key: where it stands, who said yes to it from where, and what can be done with it.
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { keyBadge, tag } from '../parts/badge.ts';
import { linkButton } from '../parts/button.ts';
import { masked } from '../parts/copy.ts';
import { facts } from '../parts/table.ts';
import { date, fullMoment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { keyDetailWords as text } from '../words/key-detail.ts';
import { keyWords } from '../words/keys.ts';
import { keyCrumbs, type ListedKey } from './list.ts';

export type KeyView = {
  readonly frame: Frame;
  readonly key: ListedKey;
  readonly madeBy: keyof typeof text.madeBy;
  readonly revokedAtMs?: number;
  readonly acknowledged: { readonly atMs: number; readonly address: string; readonly device: string };
};

const factsOf = ({ frame, key, madeBy, revokedAtMs, acknowledged }: KeyView): Html =>
  facts([
    { name: text.status, value: keyBadge(key.status) },
    {
      name: keyWords.key,
      value:
        key.lastFour === ''
          ? text.notCollected
          : html`<code>${key.prefix ?? ''}</code>${masked(keyWords.key, key.lastFour, '…')}`,
    },
    { name: words.workspace, value: name(key.workspaceName) },
    { name: text.made, value: html`${fullMoment(key.createdAtMs, frame)}, ${text.madeBy[madeBy]}` },
    {
      name: text.used,
      value: key.lastUsedAtMs === undefined ? words.never : fullMoment(key.lastUsedAtMs, frame),
    },
    {
      name: text.expires,
      value: key.expiresAtMs === undefined ? words.never : date(key.expiresAtMs, frame),
    },
    revokedAtMs !== undefined && { name: text.revoked, value: fullMoment(revokedAtMs, frame) },
    {
      name: text.acknowledged,
      value: html`${fullMoment(acknowledged.atMs, frame)}
        <div class="meta breaks">
          ${acknowledged.address === '' ? text.unknownAddress : acknowledged.address} ·
          ${acknowledged.device === '' ? text.unknownDevice : name(acknowledged.device)}
        </div>`,
    },
  ]);

export const keyPage = (view: KeyView): Html => {
  const { key } = view;
  return sectionPage(
    {
      frame: view.frame,
      title: isolatedName(key.name),
      section: 'settings',
      current: '/settings/integrations/api',
    },
    html`<div>
        ${keyCrumbs(key.name)}
        <div class="page-head">
          <h1>
            ${name(key.name)}${key.legacy === true ? [' ', tag(keyWords.legacy)] : nothing}${
              key.fromTerminal === true ? [' ', tag(keyWords.fromTerminal)] : nothing
            }
          </h1>
          <div class="actions">
            ${key.showUrl === undefined ? nothing : linkButton({ label: keyWords.show, url: key.showUrl })}
            ${
              key.revokeUrl === undefined
                ? nothing
                : linkButton({ label: keyWords.revokeKey, look: 'danger', url: key.revokeUrl })
            }
          </div>
        </div>
      </div>
      <div class="narrow stack">
        ${key.description === undefined ? nothing : html`<p class="breaks">${name(key.description)}</p>`}
        <div class="panel">${factsOf(view)}</div>
        ${key.showUrl === undefined && key.revokeUrl !== undefined ? html`<p class="meta">${keyWords.cannotShow}</p>` : nothing}
      </div>`,
  );
};
