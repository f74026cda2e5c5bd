// The reviewer's two buttons: approve exactly what is shown, or decline with a reason that is mailed as written.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { textArea } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { notice } from '../parts/notice.ts';
import { facts } from '../parts/table.ts';
import { deskWords as text, type DeclineTemplate } from '../words/review-desk.ts';

export type MailPreview = { readonly to: string; readonly subject: string; readonly body: string };

export type Decision = {
  readonly version: number;
  readonly approve: FormTarget;
  /** Posts `reason`, and `intent=preview` for the mail as it would be sent. */
  readonly decline: FormTarget;
  readonly contact: string;
  readonly reason: string;
  readonly reasonProblem?: string;
  readonly templateUrl: (template: DeclineTemplate) => string;
  readonly preview?: MailPreview;
  readonly approvalMail: MailPreview;
};

const mail = (preview: MailPreview): Html =>
  html`<div class="panel">
    ${facts([
      { name: text.to, value: preview.to },
      { name: text.subject, value: preview.subject },
    ])}
    <pre class="mail" tabindex="0" aria-label="${text.previewTitle}">${preview.body}</pre>
  </div>`;

const templates = (decision: Decision): Html =>
  html`<nav class="actions" aria-label="${text.templatesTitle}">
    <span class="second">${text.templatesTitle}</span>
    ${(Object.keys(text.templates) as DeclineTemplate[]).map((template) =>
      linkButton({
        label: text.templates[template].label,
        small: true,
        url: decision.templateUrl(template),
      }),
    )}
  </nav>`;

export const decisionSection = (decision: Decision, _frame: Frame): Html =>
  html`<section class="stack" aria-labelledby="decision">
    <h2 id="decision">${text.decisionTitle}</h2>
    <p class="second">${text.deciding(decision.version)}</p>
    ${form(
      { target: decision.approve },
      html`<div class="actions">${button({ label: text.approve, look: 'primary' })}</div>
        <details class="more">
          <summary>${text.preview}</summary>
          ${mail(decision.approvalMail)}
        </details>`,
    )}
    ${templates(decision)}
    ${form({ target: decision.decline, id: 'decline' }, [
      textArea({
        id: 'reason',
        name: 'reason',
        label: text.reason,
        rows: 6,
        maxLength: 4000,
        required: true,
        value: decision.reason,
        hint: text.reasonHint(decision.contact),
        error: decision.reasonProblem,
      }),
      html`<div class="actions">
        ${button({ label: text.decline, look: 'danger', name: 'intent', value: 'decline' })}
        ${button({ label: text.preview, name: 'intent', value: 'preview' })}
      </div>`,
      decision.preview === undefined
        ? nothing
        : html`${notice({ tone: 'info', content: html`<p>${text.previewTitle}</p>` })}
          ${mail(decision.preview)}`,
    ])}
  </section>`;
