// Buttons and links that look like them. One `primary` a page.
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon.ts';

type ButtonLook = 'primary' | 'outlined' | 'danger' | 'danger-filled' | 'plain';

type Shared = {
  readonly label: Content;
  readonly look?: ButtonLook;
  readonly small?: boolean;
  readonly icon?: IconName;
};

export type ButtonProps = Shared & {
  readonly name?: string;
  readonly value?: string;
  readonly type?: 'submit' | 'button' | 'reset';
  /** Keeps the focus and says why by `describedBy`, instead of vanishing from the tab order. */
  readonly cannotActYet?: boolean;
  readonly describedBy?: string;
  readonly skipsValidation?: boolean;
};

const looks = (given: Shared): string =>
  ['button', given.look === 'outlined' ? '' : (given.look ?? ''), given.small === true ? 'small' : '']
    .filter((word) => word !== '')
    .join(' ');

const inside = (given: Shared): Html =>
  html`${given.icon === undefined ? nothing : icon(given.icon)}<span>${given.label}</span>`;

export const button = (given: ButtonProps): Html =>
  html`<button
    ${attributes({
      class: looks(given),
      type: given.type ?? 'submit',
      name: given.name,
      value: given.value,
      'aria-disabled': given.cannotActYet === true ? 'true' : undefined,
      'aria-describedby': given.describedBy,
      formnovalidate: given.skipsValidation,
    })}
  >
    ${inside(given)}
  </button>`;

export const linkButton = (given: Shared & { readonly url: string }): Html =>
  html`<a ${attributes({ class: looks(given), href: href(given.url) })}>${inside(given)}</a>`;

/** Labels that the documents print with a plus: the sign is not spoken. */
export const plusLabel = (words: string): Html => html`<span aria-hidden="true">+ </span>${words}`;
