// Radio groups and check boxes. A disabled option carries its reason in its label.
import { attributes, html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { describedBy, fieldError } from './field.ts';

type RadioOption = {
  readonly value: string;
  readonly label: Content;
  /** Beside the label, such as the person's role. */
  readonly detail?: Content;
  readonly disabledReason?: string;
};

export type RadioGroupProps = {
  readonly id: string;
  readonly name: string;
  readonly legend: Content;
  readonly options: readonly RadioOption[];
  readonly chosen?: string | undefined;
  readonly hint?: Content;
  readonly error?: string | undefined;
  /** Options in one box with hairlines, for choices that decide something. */
  readonly boxed?: boolean;
  readonly tag?: string;
};

const radio = (group: RadioGroupProps, option: RadioOption, index: number): Html => {
  const id = index === 0 ? group.id : `${group.id}-${index + 1}`;
  const detail = option.disabledReason ?? option.detail;
  return html`<div class="choice">
    <input
      ${attributes({
        type: 'radio',
        id,
        name: group.name,
        value: option.value,
        checked: group.chosen === option.value,
        disabled: option.disabledReason !== undefined,
      })}
    />
    <label for="${id}"
      ><span>${option.label}</span>${detail === undefined ? nothing : html` <small>${detail}</small>`}</label
    >
  </div>`;
};

export const radioGroup = (given: RadioGroupProps): Html => {
  const options = given.options.map((option, index) => radio(given, option, index));
  return html`<fieldset
    ${attributes({
      class: 'choices',
      role: 'radiogroup',
      'aria-describedby': describedBy(given),
      'aria-invalid': given.error === undefined ? undefined : 'true',
    })}
  >
    <legend>
      ${given.legend}${given.tag === undefined ? nothing : html` <span class="tag">${given.tag}</span>`}
    </legend>
    ${given.hint === undefined ? nothing : html`<p class="hint" id="${given.id}-hint">${given.hint}</p>`}
    ${given.boxed === true ? html`<div class="boxed">${options}</div>` : options}
    ${fieldError(given.id, given.error)}
  </fieldset>`;
};

export type CheckboxProps = {
  readonly id: string;
  readonly name: string;
  readonly value?: string;
  readonly label: Content;
  readonly detail?: Content;
  readonly checked?: boolean;
  readonly required?: boolean;
  readonly error?: string | undefined;
};

export const checkbox = (given: CheckboxProps): Html =>
  html`<div class="field">
    <div class="choice">
      <input
        ${attributes({
          type: 'checkbox',
          id: given.id,
          name: given.name,
          value: given.value ?? 'yes',
          checked: given.checked,
          required: given.required,
          'aria-describedby': given.error === undefined ? undefined : `${given.id}-error`,
          'aria-invalid': given.error === undefined ? undefined : 'true',
        })}
      />
      <label for="${given.id}"
        >${given.label}${given.detail === undefined ? nothing : html`<small>${given.detail}</small>`}</label
      >
    </div>
    ${fieldError(given.id, given.error)}
  </div>`;
