// Permission picker: every endpoint of the API in words, with its method and path.
import type { Permission } from '../../domain/permissions/permission.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { tag } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { icon } from '../parts/icon.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { words } from '../words/common.ts';
import { appWords } from '../words/developer.ts';
import { permissionGroups, permissionWords, sensitivityTag } from '../words/permissions.ts';
import type { PermissionGroup } from '../words/permissions.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type PickablePermission = Permission & {
  readonly chosen: boolean;
  /** No longer in the API's document; shown struck so that it can be removed. */
  readonly gone?: boolean;
};

export type AppPermissionsView = {
  readonly frame: Frame;
  readonly app: AppHead;
  /** Posts `permission` (several ids); absent while the choice is locked. In production it becomes an update. */
  readonly form?: FormTarget;
  readonly permissions: readonly PickablePermission[];
  readonly refused?: string;
};

const tagsOf = (permission: PickablePermission): Html => {
  const danger = sensitivityTag[permission.sensitivity];
  const dangerous = permission.sensitivity === 'deletes' || permission.sensitivity === 'sends';
  const tags = [
    danger === undefined ? nothing : tag(danger, dangerous ? 'bad' : undefined),
    permission.deprecated ? tag(permissionWords.deprecated, 'warning') : nothing,
    permission.gone === true ? tag(appWords.gone, 'warning') : nothing,
  ];
  return html`<span class="tags">${tags}</span>`;
};

const row = (permission: PickablePermission, locked: boolean): Html => {
  const id = `permission-${permission.id}`;
  return html`<div class="picker-row" data-row>
    <input
      ${attributes({
        type: 'checkbox',
        id,
        name: 'permission',
        value: permission.id,
        checked: permission.chosen,
        disabled: locked,
      })}
    />
    <span
      ><label for="${id}"
        >${permission.gone === true ? html`<del>${permission.sentence}</del>` : permission.sentence}</label
      >${tagsOf(permission)}</span
    >
    <code>${permission.method.toUpperCase()} ${permission.path}</code>
  </div>`;
};

type PickableGroup = Omit<PermissionGroup, 'permissions'> & {
  readonly permissions: readonly PickablePermission[];
};

const setButton = (set: 'all' | 'none', groupTitle: string): Html =>
  html`<button type="button" class="button plain" data-set="${set}">
    ${set === 'all' ? appWords.pickAll : appWords.pickNone}<span class="visually-hidden">
      of ${groupTitle}</span
    >
  </button>`;

const group = (given: PickableGroup, locked: boolean): Html => {
  const chosen = given.permissions.filter((one) => one.chosen).length;
  return html`<details class="picker-group" open data-group>
    <summary>
      ${icon('chevron-right')}<span>${given.title}</span>
      <span class="count" data-count>${appWords.of(chosen, given.permissions.length)}</span>
    </summary>
    ${
      locked
        ? nothing
        : html`<div class="picker-all needs-script">
            ${setButton('all', given.title)}${setButton('none', given.title)}
          </div>`
    }
    ${given.permissions.map((permission) => row(permission, locked))}
  </details>`;
};

const groupsOf = (permissions: readonly PickablePermission[]): readonly PickableGroup[] =>
  permissionGroups(permissions).map(({ group: id, title }) => ({
    group: id,
    title,
    permissions: permissions.filter((one) => one.group === id),
  }));

const searchBox = html`<div class="field needs-script">
  <label for="permission-search">${appWords.searchPermissions}</label>
  <input type="search" id="permission-search" autocomplete="off" />
  <p class="visually-hidden" role="status" id="picker-found"></p>
</div>`;

const saveBar = (chosen: number): Html =>
  html`<div class="sticky-bar">
    <p id="picker-count">${appWords.chosen(chosen)}</p>
    ${button({ label: appWords.undo, type: 'reset' })} ${button({ label: appWords.save, look: 'primary' })}
  </div>`;

export const appPermissionsPage = (view: AppPermissionsView): Html => {
  const locked = view.form === undefined;
  const groups = groupsOf(view.permissions).map((one) => group(one, locked));
  const chosen = view.permissions.filter((one) => one.chosen).length;
  const failed = view.refused !== undefined;
  return appPage(
    {
      frame: view.frame,
      app: view.app,
      tab: 'permissions',
      failed,
      scripts: locked ? [] : ['permission-search'],
    },
    html`<div class="picker stack">
      ${view.refused === undefined ? nothing : errorSummary(words.errorsTitle(1), [{ text: view.refused }])}
      <p class="lead">
        ${appWords.permissionsHint}
        ${view.app.mode === 'development' ? appWords.developmentHint : appWords.productionHint}
      </p>
      ${locked ? notice({ tone: 'waiting', content: html`<p>${appWords.lockedHint}</p>` }) : nothing}
      ${
        view.form === undefined
          ? groups
          : form({ target: view.form, className: 'stack', data: { 'data-picker': '' } }, [
              searchBox,
              html`<div>${groups}</div>`,
              saveBar(chosen),
            ])
      }
    </div>`,
  );
};
