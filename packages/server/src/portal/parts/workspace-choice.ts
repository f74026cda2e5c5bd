// The workspace that an app or a terminal gets into: text when there is one, else radios with none chosen.
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { words } from '../words/common.ts';
import { radioGroup } from './choice.ts';

type WorkspaceRole = keyof typeof words.roles;

export type WorkspaceOption = {
  readonly id: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  /** Why it cannot be chosen, e.g. a role that may not make keys. */
  readonly disabledReason?: string;
};

export type WorkspaceChoice = {
  readonly options: readonly WorkspaceOption[];
  readonly chosen?: string;
  /** The form came back without a choice. */
  readonly missing?: boolean;
};

export const workspaceChoice = (given: WorkspaceChoice): Html => {
  const [only, second] = given.options;
  if (only === undefined) return nothing;
  if (second === undefined && only.disabledReason === undefined)
    return html`<div class="field">
      <p class="label">${words.workspace}</p>
      <p>${name(only.name)} <span class="second">· ${words.roles[only.role]}</span></p>
      <input type="hidden" name="workspace" value="${only.id}" />
    </div>`;
  return radioGroup({
    id: 'workspace',
    name: 'workspace',
    legend: words.workspace,
    boxed: true,
    chosen: given.chosen,
    error: given.missing === true ? words.chooseWorkspace : undefined,
    options: given.options.map((option) => ({
      value: option.id,
      label: name(option.name),
      detail: words.roles[option.role],
      ...(option.disabledReason === undefined ? {} : { disabledReason: option.disabledReason }),
    })),
  });
};
