// What a list says while it is empty: what belongs here and how it gets here.
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon.ts';

export type EmptyProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: Content;
  readonly steps?: readonly Content[];
  readonly action?: Html;
};

export const empty = (given: EmptyProps): Html =>
  html`<div class="empty">
    ${icon(given.icon)}
    <div>
      <h2>${given.title}</h2>
      ${given.text === undefined ? nothing : html`<p>${given.text}</p>`}
      ${
        given.steps === undefined
          ? nothing
          : html`<ol class="steps">
              ${given.steps.map((step) => html`<li><span>${step}</span></li>`)}
            </ol>`
      }
    </div>
    ${given.action}
  </div>`;
