// A form with its CSRF token; validation is the server's, so that every message reads the same with and without scripts.
import { attributes, html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { FormTarget } from '../frame.ts';

export type FormProps = {
  readonly target: FormTarget;
  readonly className?: string;
  readonly upload?: boolean;
  readonly id?: string;
  readonly data?: Readonly<Record<`data-${string}`, string>>;
};

export const hiddenFields = (target: FormTarget): Html =>
  html`<input type="hidden" name="csrf" value="${target.csrf}" />${Object.entries(target.hidden ?? {}).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}`;

export const form = (given: FormProps, content: Content): Html =>
  html`<form
    ${attributes({
      method: 'post',
      action: given.target.action,
      class: given.className ?? 'form',
      id: given.id,
      enctype: given.upload === true ? 'multipart/form-data' : undefined,
      novalidate: true,
      ...given.data,
    })}
  >
    ${hiddenFields(given.target)}${content}
  </form>`;
