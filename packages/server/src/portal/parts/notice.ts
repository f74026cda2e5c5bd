// One thing to know, set apart; and the list of errors that takes the focus when a form comes back.
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { Tone } from './badge.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon.ts';

const icons: Readonly<Record<Tone, IconName>> = {
  ok: 'circle-check',
  waiting: 'clock',
  warning: 'triangle-alert',
  bad: 'circle-x',
  info: 'info',
  muted: 'info',
};

export type NoticeProps = {
  readonly tone: Tone;
  readonly content: Content;
  /** Spoken by screen readers when the page opens. */
  readonly announced?: boolean;
};

export const notice = (given: NoticeProps): Html =>
  html`<div class="notice tone-${given.tone}" role="${given.announced === true ? 'status' : 'note'}">
    ${icon(icons[given.tone])}
    <div>${given.content}</div>
  </div>`;

export type ListedError = { readonly fieldId?: string; readonly text: string };

/** Focused by `autofocus`, without a script. */
export const errorSummary = (title: string, errors: readonly ListedError[]): Html =>
  errors.length === 0
    ? nothing
    : html`<div class="notice tone-bad" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
        ${icon('circle-x')}
        <div>
          <p id="errors-title"><strong>${title}</strong></p>
          <ul class="error-list">
            ${errors.map(
              (error) =>
                html`<li>
                  ${
                    error.fieldId === undefined
                      ? error.text
                      : html`<a href="#${error.fieldId}">${error.text}</a>`
                  }
                </li>`,
            )}
          </ul>
        </div>
      </div>`;
