// `/demo/mail`: the demo's outbox, what would be mailed and to whom; a mail with its links, and as it looks in HTML.
import type { Frame } from '../frame.ts';
import { attributes, html, href, link, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { linkButton } from '../parts/button.ts';
import { DEMO_MAIL_URL } from '../parts/demo-mail.ts';
import { empty } from '../parts/empty.ts';
import { breadcrumb, pagination } from '../parts/navigation.ts';
import { facts, table } from '../parts/table.ts';
import { fullMoment, moment } from '../parts/time.ts';
import { plainPage } from '../shell.ts';
import { demoWords } from '../words/demo.ts';

export type ShownMail = {
  readonly url: string;
  readonly to: string;
  readonly subject: string;
  readonly atMs: number;
};

export type DemoMailView = {
  readonly frame: Frame;
  readonly mails?: readonly ShownMail[];
  readonly nextUrl?: string;
  readonly firstUrl?: string;
  /** The demo was given a mail server. */
  readonly isSent?: boolean;
};

const mailTable = (view: DemoMailView, mails: readonly ShownMail[]): Html =>
  table({
    name: demoWords.mailTitle,
    columns: [
      { title: demoWords.mailColumns.subject },
      { title: demoWords.mailColumns.to },
      { title: demoWords.mailColumns.when, oneLine: true },
    ],
    rows: mails.map((mail) => [
      html`<a ${attributes({ href: href(mail.url) })}>${name(mail.subject)}</a>`,
      name(mail.to),
      moment(mail.atMs, view.frame),
    ]),
  });

export const demoMailPage = (view: DemoMailView): Html => {
  const { mails = [] } = view;
  return plainPage(
    { frame: view.frame, title: demoWords.mailTitle },
    html`<div class="stack">
      <div class="stack-tight">
        <h1>${demoWords.mailTitle}</h1>
        <p class="lead">${view.isSent === true ? demoWords.mailSentLead : demoWords.mailLead}</p>
      </div>
      ${
        mails.length === 0
          ? empty({ icon: 'mail', title: demoWords.mailEmptyTitle, text: demoWords.mailEmptyText })
          : mailTable(view, mails)
      }
      ${pagination({
        ...(view.firstUrl === undefined ? {} : { firstUrl: view.firstUrl }),
        ...(view.nextUrl === undefined ? {} : { nextUrl: view.nextUrl }),
      })}
    </div>`,
  );
};

export type OneMailView = {
  readonly frame: Frame;
  readonly mail: ShownMail;
  /** Absent when it cannot be read any more. */
  readonly text?: string;
  readonly htmlUrl: string;
};

const ADDRESS = /(https?:\/\/\S+)/;

/** The text as it is mailed, its addresses as links. */
const readable = (text: string): Content =>
  text.split(ADDRESS).map((piece, index) => (index % 2 === 0 ? piece : link(piece, piece)));

export const oneMailPage = (view: OneMailView): Html => {
  const { mail, text } = view;
  return plainPage(
    { frame: view.frame, title: mail.subject },
    html`<div class="narrow stack">
      <div class="stack-tight">
        ${breadcrumb([{ label: demoWords.mailTitle, url: DEMO_MAIL_URL }, { label: name(mail.subject) }])}
        <h1>${name(mail.subject)}</h1>
      </div>
      ${facts(
        [
          { name: demoWords.mailColumns.to, value: name(mail.to) },
          { name: demoWords.mailColumns.when, value: fullMoment(mail.atMs, view.frame) },
        ],
        true,
      )}
      ${text === undefined ? html`<p>${demoWords.mailGone}</p>` : html`<pre class="mail-text">${readable(text)}</pre>`}
      ${
        text === undefined
          ? nothing
          : html`<div class="actions">${linkButton({ label: demoWords.mailAsHtml, url: view.htmlUrl })}</div>`
      }
    </div>`,
  );
};
