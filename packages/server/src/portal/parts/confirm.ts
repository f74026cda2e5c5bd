// The one question before something that cannot be undone, on its own page: the dangerous button is filled only here.
import type { FormTarget } from '../frame.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { button, linkButton } from './button.ts';
import { form } from './form.ts';

export type ConfirmProps = {
  readonly heading: Content;
  readonly text: Content;
  readonly form: FormTarget;
  readonly action: string;
  readonly keep: string;
  readonly keepUrl: string;
  /** What only has a great effect and destroys nothing is not red. */
  readonly destroys?: false;
};

export const confirmation = (given: ConfirmProps): Html =>
  html`<div class="narrow stack">
    <div class="stack-tight">
      <h1>${given.heading}</h1>
      <p>${given.text}</p>
    </div>
    ${form(
      { target: given.form },
      html`<div class="actions">
        ${button({ label: given.action, look: given.destroys === false ? 'primary' : 'danger-filled' })}
        ${linkButton({ label: given.keep, url: given.keepUrl })}
      </div>`,
    )}
  </div>`;
