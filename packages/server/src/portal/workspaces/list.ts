// Workspaces of a person, and making one.
import type { Role } from '../../domain/workspaces/workspace.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button } from '../parts/button.ts';
import { empty } from '../parts/empty.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { table } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { workspaceWords as text } from '../words/workspaces.ts';

export const workspacesUrl = '/settings/workspaces';

export type ListedWorkspace = {
  readonly name: string;
  readonly role: Role;
  readonly joinedAtMs: number;
  readonly url: string;
};

export type WorkspaceListView = {
  readonly frame: Frame;
  readonly workspaces: readonly ListedWorkspace[];
  /** Posts `name`. */
  readonly create: FormTarget;
  readonly name?: string;
  readonly error?: string | undefined;
};

export const workspaceListPage = (view: WorkspaceListView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'settings',
      current: workspacesUrl,
      failed: view.error !== undefined,
    },
    html`<div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </div>
      ${errorSummary(
        words.errorsTitle(1),
        view.error === undefined ? [] : [{ fieldId: 'workspace-name', text: view.error }],
      )}
      ${
        view.workspaces.length === 0
          ? empty({ icon: 'plug', title: text.emptyTitle, text: text.emptyText })
          : table({
              name: text.title,
              columns: [
                { title: text.columns.name },
                { title: text.columns.role, oneLine: true },
                { title: text.columns.since, oneLine: true },
              ],
              rows: view.workspaces.map((one) => [
                html`<a ${attributes({ href: href(one.url) })}>${name(one.name)}</a>`,
                words.roles[one.role],
                date(one.joinedAtMs, view.frame),
              ]),
            })
      }
      <section class="narrow stack-tight" aria-labelledby="new-workspace">
        <h2 id="new-workspace">${text.newTitle}</h2>
        ${form({ target: view.create }, [
          field({
            id: 'workspace-name',
            name: 'name',
            label: text.name,
            hint: text.nameHint,
            value: view.name ?? '',
            required: true,
            maxLength: 80,
            autocomplete: 'off',
            error: view.error,
          }),
          html`<div class="actions">${button({ label: text.create })}</div>`,
        ])}
      </section>`,
  );
