// The team of a vendor: its members, those who were invited, and the question before somebody leaves it.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { tag } from '../parts/badge.ts';
import { confirmation } from '../parts/confirm.ts';
import { INVITE_FIELD, inviteForm, waitingInvitations, type WaitingInvitation } from '../parts/invite.ts';
import { errorSummary } from '../parts/notice.ts';
import { table } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { teamWords as text } from '../words/team.ts';

export const TEAM_URL = '/developer/team';

export type TeamView = {
  readonly frame: Frame;
  readonly members: readonly {
    readonly name: string;
    readonly email: string;
    readonly joinedAtMs: number;
    readonly isSelf: boolean;
    /** Where removing is asked for; absent while they are the only one. */
    readonly removeUrl?: string;
  }[];
  readonly waiting: readonly WaitingInvitation[];
  readonly invite: FormTarget;
  readonly email?: string;
  readonly problem?: { readonly text: string; readonly atField: boolean };
};

const memberRow = (view: TeamView, one: TeamView['members'][number]) => [
  html`${name(one.name)}${one.isSelf ? [' ', tag(text.you)] : nothing}`,
  name(one.email),
  date(one.joinedAtMs, view.frame),
  one.removeUrl === undefined
    ? nothing
    : html`<a ${attributes({ class: 'button small danger', href: href(one.removeUrl) })}
        >${one.isSelf ? text.leave : text.remove}${one.isSelf ? nothing : html`<span class="visually-hidden"> ${name(one.name)}</span>`}</a
      >`,
];

export const teamPage = (view: TeamView): Html => {
  const { problem } = view;
  const errors =
    problem === undefined
      ? []
      : [{ text: problem.text, ...(problem.atField ? { fieldId: INVITE_FIELD } : {}) }];
  return sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'developer',
      current: TEAM_URL,
      failed: errors.length > 0,
    },
    html`<div class="stack">
      <div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${table({
        name: text.title,
        columns: [
          { title: text.columns.name },
          { title: text.columns.email },
          { title: text.columns.joined, oneLine: true },
          { title: text.actions, hiddenTitle: true, align: 'actions' },
        ],
        rows: view.members.map((one) => memberRow(view, one)),
      })}
      ${view.members.length === 1 ? html`<p class="second">${text.onlyYou}</p>` : nothing}
      ${waitingInvitations(view.waiting, view.frame)}
      <div class="narrow">
        ${inviteForm({
          form: view.invite,
          title: text.inviteTitle,
          hint: text.inviteHint,
          email: view.email ?? '',
          ...(problem?.atField === true ? { error: problem.text } : {}),
        })}
      </div>
    </div>`,
  );
};

export type RemoveMemberView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly name: string;
  readonly isSelf: boolean;
};

export const removeMemberPage = (view: RemoveMemberView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: view.isSelf ? text.leaveTitle : text.removeTitle(isolatedName(view.name)),
      section: 'developer',
      current: TEAM_URL,
    },
    confirmation({
      heading: view.isSelf ? text.leaveTitle : text.removeHeading(name(view.name)),
      text: view.isSelf ? text.leaveText : text.removeText,
      form: view.form,
      action: view.isSelf ? text.leave : text.removeAction,
      keep: view.isSelf ? text.stay : text.keep,
      keepUrl: TEAM_URL,
    }),
  );
