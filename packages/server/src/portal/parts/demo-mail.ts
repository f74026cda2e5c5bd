// Where the demo's mails are read, on pages that wait for one: no mail program gets them.
import type { Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content } from '../html.ts';
import { demoWords } from '../words/demo.ts';

export const DEMO_MAIL_URL = '/demo/mail';

/** In a tab of its own: the page that asks for the code stays open. */
export const demoMailHint = ({ demo }: Frame): Content =>
  demo === undefined
    ? nothing
    : html`<p class="second">
        ${demoWords.mailHere(html`<a href="${DEMO_MAIL_URL}" target="_blank">${demoWords.mailTitle}</a>`)}
      </p>`;
