// Text field and text area: label, hint, error and control stacked; the control names the other two.
import { attributes, html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { icon } from './icon.ts';

type Shared = {
  readonly id: string;
  readonly name: string;
  readonly label: Content;
  readonly value?: string;
  readonly hint?: Content;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly tag?: string;
  readonly maxLength?: number;
  readonly autocomplete?: string;
};

export type FieldProps = Shared & {
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'tel' | 'date' | 'search';
  readonly autofocus?: boolean;
  /** A code typed from a terminal: large, capitals, never corrected. */
  readonly code?: boolean;
  readonly placeholder?: string;
  /** A button beside the control, such as Show. */
  readonly affix?: Html;
};

export const fieldError = (id: string, error: string | undefined): Html =>
  error === undefined
    ? nothing
    : html`<p class="field-error" id="${id}-error">${icon('circle-x')}<span>${error}</span></p>`;

/** The ids of hint and error that exist, for aria-describedby. */
export const describedBy = (given: {
  readonly id: string;
  readonly hint?: Content;
  readonly error?: string | undefined;
}): string | undefined => {
  const ids = [
    given.hint === undefined ? '' : `${given.id}-hint`,
    given.error === undefined ? '' : `${given.id}-error`,
  ].filter((id) => id !== '');
  return ids.length === 0 ? undefined : ids.join(' ');
};

const shared = (given: Shared): Readonly<Record<string, string | number | boolean | undefined>> => ({
  id: given.id,
  name: given.name,
  required: given.required,
  maxlength: given.maxLength,
  autocomplete: given.autocomplete,
  'aria-describedby': describedBy(given),
  'aria-invalid': given.error === undefined ? undefined : 'true',
});

const frame = (given: Shared, control: Html): Html =>
  html`<div class="field">
    <label for="${given.id}"
      >${given.label}${given.tag === undefined ? nothing : html` <span class="tag">${given.tag}</span>`}</label
    >
    ${control}
    ${given.hint === undefined ? nothing : html`<p class="hint" id="${given.id}-hint">${given.hint}</p>`}
    ${fieldError(given.id, given.error)}
  </div>`;

const codeTraits = {
  class: 'code',
  autocapitalize: 'characters',
  spellcheck: 'false',
  autocorrect: 'off',
} as const;

export const field = (given: FieldProps): Html => {
  const control = html`<input
    ${attributes({
      ...shared(given),
      type: given.type ?? 'text',
      value: given.value,
      autofocus: given.autofocus,
      placeholder: given.placeholder,
      ...(given.code === true ? codeTraits : {}),
    })}
  />`;
  return frame(
    given,
    given.affix === undefined ? control : html`<div class="affixed">${control}${given.affix}</div>`,
  );
};

/** Six digits from a mail or an authenticator: one field, pasted or filled in by the device (ux.md 6). */
export const mailedCodeField = (given: Omit<FieldProps, 'type' | 'code' | 'affix'>): Html =>
  frame(
    given,
    html`<input
      ${attributes({
        ...shared({ ...given, autocomplete: 'one-time-code' }),
        class: 'code',
        type: 'text',
        inputmode: 'numeric',
        spellcheck: 'false',
        autocorrect: 'off',
        autofocus: given.autofocus,
      })}
    />`,
  );

export type TextAreaProps = Shared & { readonly rows?: number };

export const textArea = (given: TextAreaProps): Html =>
  frame(
    given,
    html`<textarea ${attributes({ ...shared(given), rows: given.rows ?? 4 })}>
${
        // A line end right after the tag would be dropped by the parser.
        given.value?.startsWith('\n') === true ? `\n${given.value}` : (given.value ?? '')
      }</textarea>`,
  );

export const fileField = (given: Shared & { readonly accept: string }): Html =>
  frame(given, html`<input ${attributes({ ...shared(given), type: 'file', accept: given.accept })} />`);

/** Needs show-password.js. */
export const passwordField = (given: FieldProps & { readonly showLabel: string }): Html =>
  field({
    ...given,
    type: 'password',
    affix: html`<button
      type="button"
      class="button needs-script"
      data-shows="${given.id}"
      aria-pressed="false"
    >
      <span>${given.showLabel}</span><span class="visually-hidden"> password</span>
    </button>`,
  });
