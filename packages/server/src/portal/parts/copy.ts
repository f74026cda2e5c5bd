// Values to copy: codes, ids, secrets. Copy needs its script; without it the text can be selected by one click.
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { words } from '../words/common.ts';
import { icon } from './icon.ts';

const copyButton = (id: string, what: string, label: string = words.copy): Html =>
  html`<button
    type="button"
    class="button small needs-script"
    data-copy="${id}"
    data-done="${words.copied}"
    data-failed="${words.copyByHand}"
  >
    ${icon('copy')}<span data-copy-words>${label}</span><span class="visually-hidden"> ${what}</span>
  </button>`;

export const copyIcon = (id: string, what: string): Html =>
  html`<button
    type="button"
    class="icon-button needs-script"
    data-copy="${id}"
    data-done="${words.copied}"
    data-failed="${words.copyByHand}"
    aria-label="${words.copy} ${what}"
  >
    ${icon('copy')}
  </button>`;

export type SecretBoxProps = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: Content;
  /** Several lines, such as a command. */
  readonly lines?: boolean;
  /** The words around the box say what it is. */
  readonly labelHidden?: boolean;
  /** Instead of Copy. */
  readonly copyLabel?: string;
};

export const secretBox = (given: SecretBoxProps): Html =>
  html`<div class="field">
    <p class="${given.labelHidden === true ? 'visually-hidden' : 'label'}" id="${given.id}-label">
      ${given.label}
    </p>
    <div
      class="secret${given.lines === true ? ' secret-lines' : ''}"
      role="group"
      aria-labelledby="${given.id}-label"
    >
      <code id="${given.id}" translate="no">${given.value}</code
      >${copyButton(given.id, given.label, given.copyLabel)}
    </div>
    ${given.hint === undefined ? nothing : html`<p class="hint">${given.hint}</p>`}
  </div>`;

/** Only its end is known: dots for the eye, words for the ear. */
export const masked = (what: string, lastFour: string, mark: '••••' | '…' = '••••'): Html =>
  html`<code><span aria-hidden="true">${mark}${lastFour}</span></code
    ><span class="visually-hidden">${what}, ends in ${lastFour}</span>`;

/** A code to compare by eye, and spelled for the ear. */
export const bigCode = (code: string): Html =>
  html`<p class="big-code" translate="no">
    <span aria-hidden="true">${code}</span
    ><span class="visually-hidden">${[...code.replaceAll('-', ' ')].join(' ').replace(/ {2,}/g, ', ')}</span>
  </p>`;
