// Lucide drawings inline: a page needs no request for them, and they take the colour of their text.
import { html, trustedMarkup } from '../html.ts';
import type { Html } from '../html.ts';
import { drawings } from '../icons.ts';

export type IconName = keyof typeof drawings;

export const icon = (name: IconName): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${trustedMarkup(drawings[name])}</svg>`;
