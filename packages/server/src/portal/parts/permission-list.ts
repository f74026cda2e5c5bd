// Permissions for people who decide: a line a group, dangerous ones first, and each endpoint on request.
import type { Permission } from '../../domain/permissions/permission.ts';
import { html, joined, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { permissionLines, permissionWords } from '../words/permissions.ts';
import type { AskedPermission, Danger, PermissionLine } from '../words/permissions.ts';
import { tag } from './badge.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon.ts';

const dangerIcons: Readonly<Record<Danger, IconName>> = { deletes: 'trash-2', sends: 'send' };

const line = (given: PermissionLine, askedAgain: boolean): Html => {
  const verbs = joined(
    given.verbs.map(({ verb, danger }): Content =>
      danger === undefined ? verb : html`<b class="dangerous-verb">${verb}</b>`,
    ),
    ', ',
  );
  return html`<li class="${given.danger === undefined ? '' : 'dangerous'}">
    ${icon(given.danger === undefined ? 'check' : dangerIcons[given.danger])}
    <span><b>${given.groupTitle}</b> ${verbs}</span>
    ${!askedAgain ? nothing : given.isNew ? tag(permissionWords.isNew, 'warning') : tag(permissionWords.known)}
  </li>`;
};

const each = (permission: Permission): Html =>
  html`<li>
    ${permission.sentence}${permission.deprecated ? [' ', tag(permissionWords.deprecated)] : nothing}
    <code>${permission.method.toUpperCase()} ${permission.path}</code>
  </li>`;

const rank = { deletes: 0, sends: 1, changes: 2, reads: 2 } as const;

export const permissionList = (permissions: readonly AskedPermission[]): Html => {
  const askedAgain = permissions.some((one) => one.isNew === true);
  const sorted = permissions.toSorted((a, b) => rank[a.sensitivity] - rank[b.sensitivity]);
  return html`<ul class="grants">
      ${permissionLines(permissions).map((one) => line(one, askedAgain))}
    </ul>
    <details class="more">
      <summary>${permissionWords.showAll(permissions.length)}</summary>
      <ul class="each">
        ${sorted.map(each)}
      </ul>
    </details>`;
};
