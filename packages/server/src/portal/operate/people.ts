// People as operators see them: the list, and one of them.
import type { PlatformRole } from '../../domain/users/user.ts';
import type { Role } from '../../domain/workspaces/workspace.ts';
import type { Frame } from '../frame.ts';
import { html, link, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { tag } from '../parts/badge.ts';
import { linkButton } from '../parts/button.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { facts, table } from '../parts/table.ts';
import { date, fullMoment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { operateWords } from '../words/operate.ts';
import { columnsOf, listPage, type Paged } from './list.ts';

const texts = operateWords.people;
export const peopleUrl = '/operate/people';

export type ShownPerson = {
  readonly url: string;
  readonly publicId: string;
  readonly fullName: string;
  readonly email: string;
  readonly role: PlatformRole;
  readonly secondFactor: boolean;
  readonly createdAtMs: number;
  readonly disabledAtMs?: number;
};

export type PeopleView = Paged & {
  readonly frame: Frame;
  readonly search: string;
  readonly people: readonly ShownPerson[];
};

const standing = ({ disabledAtMs }: ShownPerson): Html =>
  disabledAtMs === undefined ? html`${texts.in}` : tag(texts.out, 'bad');

export const operatePeoplePage = (view: PeopleView): Html =>
  listPage({
    ...view,
    title: texts.title,
    current: peopleUrl,
    search: { action: peopleUrl, label: texts.searchLabel, value: view.search },
    table: {
      name: texts.title,
      columns: columnsOf(texts.columns, { 4: { oneLine: true }, 5: { oneLine: true } }),
      rows: view.people.map((one) => [
        link(one.url, name(one.fullName)),
        one.email,
        texts.roles[one.role],
        one.secondFactor ? texts.yes : texts.no,
        date(one.createdAtMs, view.frame),
        standing(one),
      ]),
      width: 'medium',
    },
  });

export type PersonView = {
  readonly frame: Frame;
  readonly person: ShownPerson;
  readonly vendorName?: string;
  readonly sessions: number;
  readonly keys: number;
  readonly workspaces: readonly {
    readonly url: string;
    readonly name: string;
    readonly role: Role;
    readonly sinceMs: number;
  }[];
  readonly auditUrl: string;
  /** Absent where they are in no workspace: a key works in one. */
  readonly importKeyUrl?: string;
  /** Absent for oneself. */
  readonly roleUrl?: string;
  /** Of keeping out, or of letting in again; absent for oneself. */
  readonly stepUrl?: string;
};

const personFacts = ({ frame, person, vendorName, sessions, keys }: PersonView): Html =>
  facts([
    { name: texts.facts.email, value: person.email },
    { name: texts.facts.id, value: html`<code translate="no">${person.publicId}</code>` },
    { name: texts.facts.role, value: texts.roles[person.role] },
    { name: texts.facts.factor, value: person.secondFactor ? texts.yes : texts.no },
    vendorName !== undefined && { name: texts.facts.vendor, value: name(vendorName) },
    { name: texts.facts.sessions, value: sessions },
    { name: texts.facts.keys, value: keys },
    { name: texts.facts.created, value: date(person.createdAtMs, frame) },
    person.disabledAtMs !== undefined && {
      name: texts.outSince,
      value: fullMoment(person.disabledAtMs, frame),
    },
  ]);

export const operatePersonPage = (view: PersonView): Html => {
  const { frame, person } = view;
  const out = person.disabledAtMs !== undefined;
  return sectionPage(
    { frame, title: isolatedName(person.fullName), section: 'operate', current: peopleUrl },
    html`${breadcrumb([{ label: texts.title, url: peopleUrl }, { label: name(person.fullName) }])}
      <div class="page-head">
        <h1>${name(person.fullName)}</h1>
        ${out ? tag(texts.out, 'bad') : nothing}
        <div class="end">
          ${linkButton({ label: operateWords.audited, url: view.auditUrl })}
          ${
            view.importKeyUrl === undefined
              ? nothing
              : linkButton({ label: operateWords.importKey.action, url: view.importKeyUrl })
          }
          ${view.roleUrl === undefined ? nothing : linkButton({ label: texts.role, url: view.roleUrl })}
          ${
            view.stepUrl === undefined
              ? nothing
              : linkButton({
                  label: out ? texts.enable : texts.disable,
                  url: view.stepUrl,
                  look: out ? 'outlined' : 'danger',
                })
          }
        </div>
      </div>
      <div class="panel">${personFacts(view)}</div>
      <div class="stack-tight">
        <h2>${texts.workspaces}</h2>
        ${
          view.workspaces.length === 0
            ? html`<p class="second">${texts.noWorkspaces}</p>`
            : table({
                name: texts.workspaces,
                columns: columnsOf(texts.workspaceColumns),
                rows: view.workspaces.map((one) => [
                  link(one.url, name(one.name)),
                  words.roles[one.role],
                  date(one.sinceMs, frame),
                ]),
              })
        }
      </div>`,
  );
};
