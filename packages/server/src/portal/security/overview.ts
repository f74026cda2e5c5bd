// Security: password, second step, passkeys, recovery codes, and where the person is signed in.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { tag } from '../parts/badge.ts';
import { button, linkButton } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { notice } from '../parts/notice.ts';
import { table } from '../parts/table.ts';
import { date, moment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { securityWords as text } from '../words/security.ts';

export const securityUrl = '/settings/security';

export type ListedPasskey = {
  readonly name: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
  readonly removeUrl: string;
};

export type ListedSession = {
  readonly device: string;
  readonly place: string;
  readonly isCurrent: boolean;
  /** A session bearer: good for approving terminals alone. */
  readonly isTerminal: boolean;
  readonly lastSeenAtMs: number;
  readonly createdAtMs: number;
  /** Absent on the present one: signing out is in the menu. */
  readonly end?: FormTarget;
};

export type SecurityView = {
  readonly frame: Frame;
  /** A reviewer or operator who cannot act as such yet. */
  readonly staff?: 'reviewer' | 'operator';
  readonly totp?: { readonly createdAtMs: number; readonly lastUsedAtMs?: number };
  readonly passkeys: readonly ListedPasskey[];
  readonly canAddPasskey: boolean;
  readonly recoveryCodesLeft: number;
  readonly sessions: readonly ListedSession[];
  readonly endOthers: FormTarget;
};

const section = (title: string, content: Html): Html =>
  html`<section class="stack-tight">
    <h2>${title}</h2>
    ${content}
  </section>`;

const line = (title: Html, content: Html | string, action: Html): Html =>
  html`<div class="setting">
    <div>
      ${title}
      <p class="second">${content}</p>
    </div>
    ${action}
  </div>`;

const heading = (title: string): Html => html`<h3>${title}</h3>`;

const used = (atMs: number | undefined, frame: Frame): Html =>
  atMs === undefined ? html`${words.never}` : moment(atMs, frame);

const removeLink = (url: string, what: string): Html =>
  html`<a ${attributes({ class: 'button small danger', href: href(url) })}
    >${text.remove}<span class="visually-hidden"> ${what}</span></a
  >`;

const totpLine = ({ totp, frame }: SecurityView): Html =>
  totp === undefined
    ? line(
        heading(text.totp),
        text.totpOff,
        linkButton({ label: text.totpAdd, url: `${securityUrl}/authenticator`, small: true }),
      )
    : line(
        heading(text.totp),
        text.totpOn(date(totp.createdAtMs, frame), used(totp.lastUsedAtMs, frame)),
        removeLink(`${securityUrl}/authenticator/remove`, text.totp),
      );

const passkeyLines = (view: SecurityView): Html =>
  html`${line(
    heading(text.passkeys),
    text.passkeysLead,
    view.canAddPasskey
      ? linkButton({ label: text.passkeyAdd, url: `${securityUrl}/passkeys/new`, small: true })
      : nothing,
  )}
  ${
    view.passkeys.length === 0
      ? nothing
      : table({
          name: text.passkeys,
          width: 'medium',
          columns: [
            ...text.passkeyColumns.map((title) => ({ title, oneLine: title !== 'Name' })),
            { title: text.actions, hiddenTitle: true, align: 'actions' as const },
          ],
          rows: view.passkeys.map((one) => [
            name(one.name),
            date(one.createdAtMs, view.frame),
            used(one.lastUsedAtMs, view.frame),
            removeLink(one.removeUrl, one.name),
          ]),
        })
  }`;

const hasSecond = (view: SecurityView): boolean => view.totp !== undefined || view.passkeys.length > 0;

const secondStep = (view: SecurityView): Html =>
  section(
    text.secondTitle,
    html`<p class="second">${hasSecond(view) ? text.secondLead : text.secondOff}</p>
      <div class="panel settings">
        ${totpLine(view)}${passkeyLines(view)}
        ${
          hasSecond(view)
            ? line(
                heading(text.recovery),
                text.recoveryLead(view.recoveryCodesLeft),
                linkButton({
                  label: text.recoveryRenew,
                  url: `${securityUrl}/recovery-codes`,
                  small: true,
                }),
              )
            : nothing
        }
      </div>`,
  );

const endForm = (one: ListedSession): Html =>
  one.end === undefined
    ? nothing
    : form(
        { target: one.end, className: 'inline-form' },
        button({
          label: html`${text.signOut}<span class="visually-hidden"> ${one.device}</span>`,
          small: true,
        }),
      );

const sessionRow = (one: ListedSession, frame: Frame) => [
  html`${name(one.device)}${one.isCurrent ? [' ', tag(text.here, 'ok')] : nothing}${
    one.isTerminal ? [' ', tag(text.terminal)] : nothing
  }`,
  one.place,
  moment(one.lastSeenAtMs, frame),
  moment(one.createdAtMs, frame),
  endForm(one),
];

const sessions = (view: SecurityView): Html =>
  section(
    text.sessions,
    html`${table({
      name: text.sessions,
      width: 'medium',
      columns: [
        ...text.sessionColumns.map((title) => ({ title })),
        { title: text.actions, hiddenTitle: true, align: 'actions' as const },
      ],
      rows: view.sessions.map((one) => sessionRow(one, view.frame)),
    })}
    ${
      view.sessions.length < 2
        ? html`<p class="meta">${text.onlyThis}</p>`
        : html`<div class="actions">
            ${form({ target: view.endOthers, className: 'inline-form' }, button({ label: text.signOutOthers }))}
          </div>`
    }`,
  );

export const securityPage = (view: SecurityView): Html =>
  sectionPage(
    { frame: view.frame, title: text.title, section: 'settings', current: securityUrl },
    html`<div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </div>
      ${
        view.staff === undefined
          ? nothing
          : notice({ tone: 'warning', content: html`<p>${text.staff(view.staff)}</p>` })
      }
      <div class="panel settings">
        ${line(
          html`<h2 class="setting-title">${text.password}</h2>`,
          text.passwordLead,
          linkButton({
            label: html`${text.change}<span class="visually-hidden"> ${text.password}</span>`,
            url: `${securityUrl}/password`,
            small: true,
          }),
        )}
      </div>
      ${secondStep(view)}${sessions(view)}`,
  );
