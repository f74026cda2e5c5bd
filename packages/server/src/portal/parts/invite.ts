// Inviting by e-mail: the form with one field, and the invitations that wait. For teams, test users and workspaces alike.
import type { FormTarget } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { teamWords } from '../words/team.ts';
import { button } from './button.ts';
import { field } from './field.ts';
import { form } from './form.ts';
import { table } from './table.ts';
import { absolute, type Clock } from './time.ts';

export type InviteProps = {
  /** Posts email. */
  readonly form: FormTarget;
  readonly title: string;
  readonly hint: string;
  readonly email?: string;
  readonly error?: string;
};

export const INVITE_FIELD = 'invite-email';

export const inviteForm = (given: InviteProps): Html =>
  html`<section class="stack-tight" aria-labelledby="invite-title">
    <h2 id="invite-title">${given.title}</h2>
    ${form({ target: given.form }, [
      field({
        id: INVITE_FIELD,
        name: 'email',
        label: teamWords.inviteEmail,
        type: 'email',
        hint: given.hint,
        autocomplete: 'off',
        required: true,
        value: given.email ?? '',
        error: given.error,
      }),
      html`<div class="actions">${button({ label: teamWords.invite, look: 'primary' })}</div>`,
    ])}
  </section>`;

export type WaitingInvitation = {
  readonly email: string;
  readonly expiresAtMs: number;
  readonly withdraw: FormTarget;
};

export const waitingInvitations = (all: readonly WaitingInvitation[], at: Clock): Html =>
  all.length === 0
    ? nothing
    : html`<div class="stack-tight">
        <h2>${teamWords.waitingTitle}</h2>
        ${table({
          name: teamWords.waitingTitle,
          columns: [
            { title: teamWords.waitingColumns.email },
            { title: teamWords.waitingColumns.until, oneLine: true },
            { title: teamWords.actions, hiddenTitle: true, align: 'actions' },
          ],
          rows: all.map((one) => [
            name(one.email),
            absolute(one.expiresAtMs, at),
            form(
              { target: one.withdraw, className: 'inline' },
              button({
                label: html`${teamWords.withdraw}<span class="visually-hidden"> ${name(one.email)}</span>`,
                small: true,
              }),
            ),
          ]),
        })}
      </div>`;
