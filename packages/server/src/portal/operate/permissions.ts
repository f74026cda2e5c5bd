// The catalogue of permissions, each with how many apps hold it.
import type { HeldPermissions } from '../../domain/operate/permissions.ts';
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { table } from '../parts/table.ts';
import { operateWords } from '../words/operate.ts';
import { columnsOf, listPage } from './list.ts';

const texts = operateWords.permissions;
export const permissionsUrl = '/operate/permissions';

export type PermissionsView = HeldPermissions & { readonly frame: Frame };

const code = (text: string): Html => html`<code translate="no">${text}</code>`;

const goneTable = ({ gone }: PermissionsView): Html =>
  gone.length === 0
    ? nothing
    : html`<div class="stack-tight">
        <h2>${texts.goneTitle}</h2>
        ${table({
          name: texts.goneTitle,
          columns: columnsOf(texts.goneColumns, { 1: { align: 'numbers' } }),
          rows: gone.map(({ id, apps }) => [code(id), apps]),
        })}
      </div>`;

export const operatePermissionsPage = (view: PermissionsView): Html =>
  listPage({
    frame: view.frame,
    title: texts.title,
    current: permissionsUrl,
    above: html`<p class="second">${texts.lead}</p>`,
    table: {
      name: texts.title,
      columns: columnsOf(texts.columns, { 3: { align: 'numbers' } }),
      rows: view.held.map(({ permission, apps }) => [
        code(permission.id),
        code(`${permission.method} ${permission.path}`),
        permission.sentence,
        apps,
      ]),
      width: 'medium',
    },
    below: goneTable(view),
  });
