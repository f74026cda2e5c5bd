// Differences of an app: a table of fields and two lists of permissions. Words say what is added and what is removed.
import type { Diff, TextChange } from '../../domain/reviews/diff.ts';
import type { Permission } from '../../domain/permissions/permission.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { plainName } from '../names.ts';
import { diffWords } from '../words/review.ts';
import { sensitivityTag } from '../words/permissions.ts';
import { tag } from './badge.ts';
import { table } from './table.ts';

export type ShownDiff = Omit<Diff, 'permissions'> & {
  readonly permissions: {
    readonly added: readonly Permission[];
    readonly removed: readonly Permission[];
    readonly kept: number;
  };
};

const empty = html`<span class="second">${diffWords.empty}</span>`;

const shown = (change: TextChange, text: string): string =>
  change.field === 'logoHash' ? diffWords.picture : plainName(text);

const removed = (text: string): Html => html`<del dir="auto">${text}</del> ${tag(diffWords.removed, 'bad')}`;
const added = (text: string): Html => html`<ins dir="auto">${text}</ins> ${tag(diffWords.added, 'ok')}`;

const textRow = (change: TextChange): readonly Content[] => [
  diffWords.fields[change.field],
  change.now === '' ? empty : removed(shown(change, change.now)),
  change.proposed === '' ? empty : added(shown(change, change.proposed)),
];

const lines = (all: readonly Html[]): Html =>
  html`<ul class="lines">
    ${all.map((one) => html`<li>${one}</li>`)}
  </ul>`;

const addressRow = ({ redirectUris }: ShownDiff): readonly Content[] => {
  const code = (uri: string): Html => html`<code>${uri}</code>`;
  const kept = redirectUris.kept.map(code);
  return [
    diffWords.redirects,
    lines([
      ...kept,
      ...redirectUris.removed.map((uri) => html`<del>${code(uri)}</del> ${tag(diffWords.removed, 'bad')}`),
    ]),
    redirectUris.moved
      ? diffWords.moved
      : lines([
          ...kept,
          ...redirectUris.added.map((uri) => html`<ins>${code(uri)}</ins> ${tag(diffWords.added, 'ok')}`),
        ]),
  ];
};

const permissionItem = (permission: Permission, word: Html): Html => {
  const danger = sensitivityTag[permission.sensitivity];
  const dangerous = permission.sensitivity === 'deletes' || permission.sensitivity === 'sends';
  return html`<li>
    ${word} ${permission.sentence}
    ${danger === undefined ? nothing : [' ', tag(danger, dangerous ? 'bad' : undefined)]}
    <code>${permission.method.toUpperCase()} ${permission.path}</code>
  </li>`;
};

const permissionSection = (title: string, all: readonly Permission[], word: Html): Html =>
  all.length === 0
    ? nothing
    : html`<section class="stack-tight">
        <h3>${title}</h3>
        <ul class="each">
          ${all.map((one) => permissionItem(one, word))}
        </ul>
      </section>`;

export const diffTable = (given: ShownDiff): Html => {
  const addressesChanged =
    given.redirectUris.moved || given.redirectUris.added.length > 0 || given.redirectUris.removed.length > 0;
  const rows = [...given.texts.map(textRow), ...(addressesChanged ? [addressRow(given)] : [])];
  const { columns } = diffWords;
  return html`${
    rows.length === 0
      ? html`<p class="second">${diffWords.noFields}</p>`
      : table({
          name: diffWords.name,
          width: 'medium',
          columns: [
            { title: columns.field, oneLine: true },
            { title: columns.now },
            { title: columns.proposed },
          ],
          rows,
        })
  }
  ${permissionSection(diffWords.permissionsAdded, given.permissions.added, tag(diffWords.added, 'warning'))}
  ${permissionSection(diffWords.permissionsRemoved, given.permissions.removed, tag(diffWords.removed))}
  ${given.permissions.kept === 0 ? nothing : html`<p class="second">${diffWords.kept(given.permissions.kept)}</p>`}`;
};
