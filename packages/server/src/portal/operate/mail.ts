// The outbox as operators see it: how each mail went, never what it says.
import type { MailStatus } from '../../domain/operate/mails.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { tag, type Tone } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { moment } from '../parts/time.ts';
import { operateWords } from '../words/operate.ts';
import { columnsOf, listPage, type Paged } from './list.ts';

const texts = operateWords.mail;
export const mailUrl = '/operate/mail';

export type ShownMail = {
  readonly to: string;
  readonly subject: string;
  readonly purpose: string;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly createdAtMs: number;
  readonly lastError?: string;
  readonly retry?: FormTarget;
};

export type MailsView = Paged & { readonly frame: Frame; readonly mails: readonly ShownMail[] };

const tones: Readonly<Record<MailStatus, Tone>> = { waiting: 'waiting', sent: 'ok', failed: 'bad' };

const status = (mail: ShownMail): Html =>
  html`${tag(texts.status[mail.status], tones[mail.status])}${
    mail.attempts === 0 ? nothing : html` <span class="meta">${texts.attempts(mail.attempts)}</span>`
  }`;

const again = (mail: ShownMail): Content =>
  mail.retry === undefined
    ? ''
    : form(
        { target: mail.retry, className: 'inline-form' },
        button({
          label: html`${texts.retry}<span class="visually-hidden">: ${texts.retryOf(mail.to)}</span>`,
          small: true,
        }),
      );

export const operateMailPage = (view: MailsView): Html =>
  listPage({
    ...view,
    title: texts.title,
    current: mailUrl,
    above: html`<p class="second">${texts.lead}</p>`,
    none: { title: texts.noneTitle, text: texts.noneText },
    table: {
      name: texts.title,
      columns: columnsOf(texts.columns, {
        3: { oneLine: true },
        4: { oneLine: true },
        6: { hiddenTitle: true, align: 'actions' },
      }),
      rows: view.mails.map((mail) => [
        mail.to,
        html`<span dir="auto">${mail.subject}</span>`,
        html`<code translate="no">${mail.purpose}</code>`,
        moment(mail.createdAtMs, view.frame),
        status(mail),
        mail.lastError === undefined ? '–' : html`<span class="clamp-2">${mail.lastError}</span>`,
        again(mail),
      ]),
      width: 'medium',
    },
  });
