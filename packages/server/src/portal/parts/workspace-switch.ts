// Which workspace a person looks at: lists show what belongs to it. It changes what is shown, never what anybody may.
import type { WorkspaceSwitch } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name, plainName } from '../names.ts';
import { workspaceWords as text } from '../words/workspaces.ts';
import { button } from './button.ts';
import { form } from './form.ts';
import { icon } from './icon.ts';

const choice = (id: string, label: Html | string, chosen: boolean): Html =>
  html`<li>
    ${button({
      label: html`${label}${chosen ? html` ${icon('check')}<span class="visually-hidden"> ${text.chosen}</span>` : nothing}`,
      name: 'workspace',
      value: id,
      look: 'plain',
    })}
  </li>`;

/** A list of buttons; for the menus of the top bar. */
export const workspaceChoices = ({ current, options, form: target }: WorkspaceSwitch): Html =>
  form(
    { target, className: 'workspace-choices' },
    html`<p class="navigation-title">${text.switchLabel}</p>
      <ul>
        ${choice('all', text.all, current === undefined)}
        ${options.map((one) => choice(one.id, name(one.name), one.id === current?.id))}
      </ul>`,
  );

export const workspaceMenu = (given: WorkspaceSwitch): Html =>
  html`<details class="menu wide-only">
    <summary>
      <span class="visually-hidden">${text.switchLabel}: </span
      ><span class="workspace">${given.current === undefined ? text.all : plainName(given.current.name)}</span
      >${icon('chevron-down')}
    </summary>
    <div class="float">
      ${workspaceChoices(given)}
      <p><a href="/settings/workspaces">${text.manage}</a></p>
    </div>
  </details>`;

/** Above a list that shows one workspace only. */
export const onlyOneWorkspace = (given: WorkspaceSwitch | undefined): Html =>
  given?.current === undefined
    ? nothing
    : form({ target: given.form, className: 'only-workspace meta' }, [
        html`<span>${text.only(name(given.current.name))}</span>`,
        button({ label: text.showAll, name: 'workspace', value: 'all', small: true }),
      ]);
