// Workspaces as operators see them: the list, and the members of one.
import type { Role } from '../../domain/workspaces/workspace.ts';
import type { Frame } from '../frame.ts';
import { html, link } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { breadcrumb, pagination } from '../parts/navigation.ts';
import { facts, table } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { operateWords } from '../words/operate.ts';
import { columnsOf, listPage, type Paged } from './list.ts';

const texts = operateWords.workspaces;
export const workspacesUrl = '/operate/workspaces';

export type ShownWorkspace = {
  readonly url: string;
  readonly publicId: string;
  readonly externalId: string;
  readonly name: string;
  readonly createdAtMs: number;
};

export type WorkspacesView = Paged & {
  readonly frame: Frame;
  readonly search: string;
  readonly workspaces: readonly (ShownWorkspace & { readonly members: number })[];
};

const code = (text: string): Html => html`<code translate="no">${text}</code>`;

export const operateWorkspacesPage = (view: WorkspacesView): Html =>
  listPage({
    ...view,
    title: texts.title,
    current: workspacesUrl,
    search: { action: workspacesUrl, label: texts.searchLabel, value: view.search },
    table: {
      name: texts.title,
      columns: columnsOf(texts.columns, { 3: { align: 'numbers' }, 4: { oneLine: true } }),
      rows: view.workspaces.map((one) => [
        link(one.url, name(one.name)),
        code(one.publicId),
        code(one.externalId),
        one.members,
        date(one.createdAtMs, view.frame),
      ]),
      width: 'medium',
    },
  });

export type WorkspaceView = Paged & {
  readonly frame: Frame;
  readonly workspace: ShownWorkspace;
  readonly members: readonly {
    readonly url: string;
    readonly fullName: string;
    readonly email: string;
    readonly role: Role;
    readonly sinceMs: number;
  }[];
  readonly auditUrl: string;
};

export const operateWorkspacePage = (view: WorkspaceView): Html => {
  const { frame, workspace } = view;
  return sectionPage(
    { frame, title: isolatedName(workspace.name), section: 'operate', current: workspacesUrl },
    html`${breadcrumb([{ label: texts.title, url: workspacesUrl }, { label: name(workspace.name) }])}
      <div class="page-head">
        <h1>${name(workspace.name)}</h1>
        <div class="end">${linkButton({ label: operateWords.audited, url: view.auditUrl })}</div>
      </div>
      <div class="panel">
        ${facts([
          { name: texts.facts.id, value: code(workspace.publicId) },
          { name: texts.facts.external, value: code(workspace.externalId) },
          { name: texts.facts.created, value: date(workspace.createdAtMs, frame) },
        ])}
      </div>
      <div class="stack-tight">
        <h2>${texts.members}</h2>
        ${
          view.members.length === 0
            ? html`<p class="second">${texts.noMembers}</p>`
            : table({
                name: texts.members,
                columns: columnsOf(texts.memberColumns),
                rows: view.members.map((one) => [
                  link(one.url, name(one.fullName)),
                  one.email,
                  words.roles[one.role],
                  date(one.sinceMs, frame),
                ]),
              })
        }
        ${pagination(view)}
      </div>`,
  );
};
