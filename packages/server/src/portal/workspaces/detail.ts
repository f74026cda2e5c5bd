// One workspace: who is in it with which role, invitations, name, leaving.
import type { Role } from '../../domain/workspaces/workspace.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { isolatedName, name, plainName } from '../names.ts';
import { tag } from '../parts/badge.ts';
import { button, linkButton } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { confirmation } from '../parts/confirm.ts';
import { field } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { breadcrumb, pagination } from '../parts/navigation.ts';
import { errorSummary } from '../parts/notice.ts';
import { table } from '../parts/table.ts';
import { date, moment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { workspaceWords as text } from '../words/workspaces.ts';
import { workspacesUrl } from './list.ts';

export type ListedMember = {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly isYou: boolean;
  readonly joinedAtMs: number;
  /** Where the person who looks may change it: posts `role`. */
  readonly setRole?: FormTarget;
  readonly roles: readonly Role[];
  readonly removeUrl?: string;
};

export type WaitingInvitation = {
  readonly email: string;
  readonly role: Role;
  readonly sentAtMs: number;
  readonly endsAtMs: number;
  readonly withdraw: FormTarget;
};

export type WorkspaceProblem = { readonly field?: 'name' | 'email'; readonly text: string };

/** What only owners and admins see. */
export type WorkspaceManagement = {
  /** Posts `name`. */
  readonly rename: FormTarget;
  /** Posts `email` and `role`. */
  readonly invite: FormTarget;
  readonly inviteRoles: readonly Role[];
  readonly waiting: readonly WaitingInvitation[];
  readonly values?: { readonly email?: string; readonly role?: string; readonly name?: string };
};

export type WorkspaceView = {
  readonly frame: Frame;
  readonly name: string;
  readonly members: readonly ListedMember[];
  readonly nextUrl?: string;
  readonly firstUrl?: string;
  readonly manage?: WorkspaceManagement;
  readonly leaveUrl: string;
  readonly problem?: WorkspaceProblem;
};

const FIELD_IDS = { name: 'workspace-name', email: 'invite-email' } as const;

const section = (title: string, content: Content): Html =>
  html`<section class="stack-tight">
    <h2>${title}</h2>
    ${content}
  </section>`;

const roleCell = (one: ListedMember): Content => {
  if (one.setRole === undefined) return words.roles[one.role];
  return form(
    { target: one.setRole, className: 'inline-form role-form' },
    html`<select ${attributes({ name: 'role', 'aria-label': text.roleOf(plainName(one.name)) })}>
        ${one.roles.map(
          (role) =>
            html`<option ${attributes({ value: role, selected: role === one.role })}>
              ${words.roles[role]}
            </option>`,
        )}
      </select>
      ${button({
        label: html`${text.setRole}<span class="visually-hidden"> ${name(one.name)}</span>`,
        small: true,
      })}`,
  );
};

const memberRow = (one: ListedMember, frame: Frame): readonly Content[] => [
  html`${name(one.name)}${one.isYou ? [' ', tag(text.you)] : nothing}
    <div class="meta breaks">${one.email}</div>`,
  roleCell(one),
  date(one.joinedAtMs, frame),
  one.removeUrl === undefined
    ? nothing
    : html`<a ${attributes({ class: 'button small danger', href: href(one.removeUrl) })}
        >${text.remove}<span class="visually-hidden"> ${name(one.name)}</span></a
      >`,
];

const members = (view: WorkspaceView): Html =>
  section(
    text.members,
    html`${table({
      name: text.members,
      width: 'medium',
      columns: [
        { title: text.memberColumns.person },
        { title: text.memberColumns.role, oneLine: true },
        { title: text.memberColumns.since, oneLine: true },
        { title: text.actions, hiddenTitle: true, align: 'actions' },
      ],
      rows: view.members.map((one) => memberRow(one, view.frame)),
    })}
    ${
      view.members.length === 1 && view.firstUrl === undefined
        ? html`<p class="meta">${view.manage === undefined ? nothing : text.onlyYou}</p>`
        : nothing
    }
    ${pagination({
      ...(view.firstUrl === undefined ? {} : { firstUrl: view.firstUrl }),
      ...(view.nextUrl === undefined ? {} : { nextUrl: view.nextUrl }),
    })}`,
  );

const waiting = ({ manage, frame }: WorkspaceView): Html =>
  manage === undefined || manage.waiting.length === 0
    ? nothing
    : section(
        text.waiting,
        table({
          name: text.waiting,
          columns: [
            { title: text.waitingColumns.email },
            { title: text.waitingColumns.role, oneLine: true },
            { title: text.waitingColumns.sent, oneLine: true },
            { title: text.waitingColumns.ends, oneLine: true },
            { title: text.actions, hiddenTitle: true, align: 'actions' },
          ],
          rows: manage.waiting.map((one) => [
            html`<span class="breaks">${one.email}</span>`,
            words.roles[one.role],
            moment(one.sentAtMs, frame),
            date(one.endsAtMs, frame),
            form(
              { target: one.withdraw, className: 'inline-form' },
              button({
                label: html`${text.withdraw}<span class="visually-hidden"> ${one.email}</span>`,
                small: true,
              }),
            ),
          ]),
        }),
      );

const invite = (manage: WorkspaceManagement, error: string | undefined): Html =>
  section(
    text.invite,
    form({ target: manage.invite }, [
      field({
        id: FIELD_IDS.email,
        name: 'email',
        type: 'email',
        label: text.email,
        hint: text.inviteHint,
        value: manage.values?.email ?? '',
        required: true,
        autocomplete: 'off',
        error,
      }),
      radioGroup({
        id: 'invite-role',
        name: 'role',
        legend: text.role,
        options: manage.inviteRoles.map((role) => ({ value: role, ...text.roles[role] })),
        chosen: manage.values?.role ?? 'member',
      }),
      html`<div class="actions">${button({ label: text.send, look: 'primary' })}</div>`,
    ]),
  );

const rename = (view: WorkspaceView, manage: WorkspaceManagement, error: string | undefined): Html =>
  section(
    text.renameTitle,
    form({ target: manage.rename }, [
      field({
        id: FIELD_IDS.name,
        name: 'name',
        label: text.name,
        value: manage.values?.name ?? view.name,
        required: true,
        maxLength: 80,
        autocomplete: 'off',
        error,
      }),
      html`<div class="actions">${button({ label: text.rename })}</div>`,
    ]),
  );

const crumbs = (last: Content, workspace?: { readonly name: string; readonly url: string }): Html =>
  breadcrumb([
    { label: text.title, url: workspacesUrl },
    ...(workspace === undefined ? [] : [{ label: name(workspace.name), url: workspace.url }]),
    { label: last },
  ]);

export const workspacePage = (view: WorkspaceView): Html => {
  const { manage, problem } = view;
  const errorOf = (at: 'name' | 'email'): string | undefined =>
    problem?.field === at ? problem.text : undefined;
  return sectionPage(
    {
      frame: view.frame,
      title: isolatedName(view.name),
      section: 'settings',
      current: workspacesUrl,
      failed: problem !== undefined,
    },
    html`<div>
        ${crumbs(name(view.name))}
        <div class="page-head"><h1>${name(view.name)}</h1></div>
      </div>
      ${errorSummary(
        words.errorsTitle(1),
        problem === undefined
          ? []
          : [
              {
                ...(problem.field === undefined ? {} : { fieldId: FIELD_IDS[problem.field] }),
                text: problem.text,
              },
            ],
      )}
      ${members(view)}${waiting(view)}
      ${
        manage === undefined
          ? nothing
          : html`<div class="narrow stack">
              ${invite(manage, errorOf('email'))}${rename(view, manage, errorOf('name'))}
            </div>`
      }
      ${section(
        text.leaveTitle,
        html`<p class="second">${text.leaveText}</p>
          <p>${linkButton({ label: text.leave, look: 'danger', url: view.leaveUrl })}</p>`,
      )}`,
  );
};

export type LeaveView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  readonly workspace: { readonly name: string; readonly url: string };
};

const ask = (view: LeaveView, title: string, content: Html): Html =>
  sectionPage(
    { frame: view.frame, title, section: 'settings', current: workspacesUrl },
    html`${crumbs(title, view.workspace)} ${content}`,
  );

export const leavePage = (view: LeaveView): Html => {
  const given = text.leaveAsk;
  return ask(
    view,
    given.title(isolatedName(view.workspace.name)),
    confirmation({
      heading: given.heading(name(view.workspace.name)),
      text: given.text,
      form: view.form,
      action: given.action,
      keep: given.keep,
      keepUrl: view.workspace.url,
    }),
  );
};

export const removeMemberPage = (view: LeaveView & { readonly memberName: string }): Html => {
  const given = text.removeAsk;
  return ask(
    view,
    given.title(isolatedName(view.memberName)),
    confirmation({
      heading: given.heading(name(view.memberName), name(view.workspace.name)),
      text: given.text,
      form: view.form,
      action: given.action,
      keep: given.keep,
      keepUrl: view.workspace.url,
    }),
  );
};
