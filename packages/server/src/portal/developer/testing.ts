// Who may try an app in development: test users and their invitations, with the seats they take.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { confirmation } from '../parts/confirm.ts';
import { INVITE_FIELD, inviteForm, waitingInvitations, type WaitingInvitation } from '../parts/invite.ts';
import { errorSummary } from '../parts/notice.ts';
import { table } from '../parts/table.ts';
import { date } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { teamWords, testingWords as text } from '../words/team.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';
import { dashboardUrl } from './dashboard.ts';

export type AppTestingView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly seats: number;
  readonly limit: number;
  readonly testers: readonly {
    readonly name: string;
    readonly email: string;
    readonly addedAtMs: number;
    readonly removeUrl: string;
  }[];
  readonly waiting: readonly WaitingInvitation[];
  readonly invite: FormTarget;
  readonly email?: string;
  readonly problem?: { readonly text: string; readonly atField: boolean };
  /** What else helps to try the app, above the test users. */
  readonly above?: Content;
};

const testerTable = (view: AppTestingView): Html =>
  view.testers.length === 0
    ? html`<p class="second">${text.none}</p>`
    : table({
        name: text.title,
        columns: [
          { title: text.columns.name },
          { title: text.columns.email },
          { title: text.columns.added, oneLine: true },
          { title: teamWords.actions, hiddenTitle: true, align: 'actions' },
        ],
        rows: view.testers.map((one) => [
          name(one.name),
          name(one.email),
          date(one.addedAtMs, view.frame),
          html`<a ${attributes({ class: 'button small', href: href(one.removeUrl) })}
            >${text.remove}<span class="visually-hidden"> ${name(one.name)}</span></a
          >`,
        ]),
      });

export const appTestingPage = (view: AppTestingView): Html => {
  const { problem } = view;
  const errors =
    problem === undefined
      ? []
      : [{ text: problem.text, ...(problem.atField ? { fieldId: INVITE_FIELD } : {}) }];
  return appPage(
    { frame: view.frame, app: view.app, tab: 'testing', failed: errors.length > 0 },
    html`<div class="stack">
      ${errorSummary(words.errorsTitle(errors.length), errors)} ${view.above}
      <div class="stack-tight">
        <h2>${text.title} <span class="second">${text.seats(view.seats, view.limit)}</span></h2>
        <p class="second">${view.app.mode === 'production' ? text.liveLead : text.lead}</p>
        ${testerTable(view)}
      </div>
      ${waitingInvitations(view.waiting, view.frame)}
      ${
        view.seats >= view.limit
          ? html`<p>${text.full}</p>`
          : html`<div class="narrow">
              ${inviteForm({
                form: view.invite,
                title: teamWords.inviteTitle,
                hint: text.inviteHint,
                email: view.email ?? '',
                ...(problem?.atField === true ? { error: problem.text } : {}),
              })}
            </div>`
      }
    </div>`,
  );
};

export type RemoveTesterView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly name: string;
  readonly keepUrl: string;
};

export const removeTesterPage = (view: RemoveTesterView): Html =>
  sectionPage(
    {
      frame: view.frame,
      title: text.removeTitle(isolatedName(view.name)),
      section: 'developer',
      current: dashboardUrl,
    },
    confirmation({
      heading: text.removeHeading(name(view.name)),
      text: text.removeText,
      form: view.form,
      action: text.remove,
      keep: teamWords.keep,
      keepUrl: view.keepUrl,
    }),
  );
