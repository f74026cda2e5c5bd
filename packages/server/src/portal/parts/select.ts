// One of a long list. The browser's own control: it searches by typing and needs no script.
import { attributes, html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { describedBy, fieldError } from './field.ts';

export type SelectProps = {
  readonly id: string;
  readonly name: string;
  readonly label: Content;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
  readonly hint?: Content;
  readonly error?: string | undefined;
};

export const select = (given: SelectProps): Html =>
  html`<div class="field">
    <label for="${given.id}">${given.label}</label>
    <select
      ${attributes({
        id: given.id,
        name: given.name,
        'aria-describedby': describedBy(given),
        'aria-invalid': given.error === undefined ? undefined : 'true',
      })}
    >
      ${given.options.map(
        (option) =>
          html`<option ${attributes({ value: option.value, selected: option.value === given.chosen })}>
            ${option.label}
          </option>`,
      )}
    </select>
    ${given.hint === undefined ? nothing : html`<p class="hint" id="${given.id}-hint">${given.hint}</p>`}
    ${fieldError(given.id, given.error)}
  </div>`;
