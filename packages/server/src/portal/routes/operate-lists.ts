// `/operate/people`, `/operate/workspaces`, `/operate/mail` and `/operate/permissions`.
import { canRetry, mailStatus, operateMails, retryMail } from '../../domain/operate/mails.ts';
import { disablePerson, enablePerson, operatePeople, operatePerson } from '../../domain/operate/people.ts';
import { operatePermissions } from '../../domain/operate/permissions.ts';
import { operateWorkspace, operateWorkspaces } from '../../domain/operate/workspaces.ts';
import { perform } from '../../domain/operation.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { User } from '../../domain/users/user.ts';
import type { Workspace } from '../../domain/workspaces/workspace.ts';
import type { PageForm } from '../../http/forms.ts';
import { auditQuery, auditUrl } from '../operate/audit.ts';
import { mailUrl, operateMailPage } from '../operate/mail.ts';
import { operatePeoplePage, operatePersonPage, peopleUrl, type ShownPerson } from '../operate/people.ts';
import { operatePermissionsPage, permissionsUrl } from '../operate/permissions.ts';
import { operateStepPage } from '../operate/step.ts';
import {
  operateWorkspacePage,
  operateWorkspacesPage,
  workspacesUrl,
  type ShownWorkspace,
} from '../operate/workspaces.ts';
import { operateWords } from '../words/operate.ts';
import { by } from './app-page.ts';
import { normal, operatorRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { pagedBy } from './paged.ts';
import { refusal } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

export const part = (page: PersonPage): { readonly search: string; readonly after: string } => ({
  search: page.search('q') ?? '',
  after: page.search('after') ?? '',
});
export const auditOf = (subject: string): string => `${auditUrl}${auditQuery({ subject })}`;

const shownPerson = (user: User): ShownPerson => ({
  url: `${peopleUrl}/${user.publicId}`,
  publicId: user.publicId,
  fullName: user.fullName,
  email: user.email,
  role: user.platformRole,
  secondFactor: user.secondFactorSinceMs !== undefined,
  createdAtMs: user.createdAtMs,
  ...(user.disabledAtMs === undefined ? {} : { disabledAtMs: user.disabledAtMs }),
});

const people = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, operatePeople, by(page), part(page));
  if (!result.ok) return refusal(page, 'operate.people', result, peopleUrl);
  return normal(
    operatePeoplePage({
      frame: page.frame,
      search: part(page).search,
      people: result.value.items.map(shownPerson),
      ...pagedBy(page, result.value.next),
    }),
  );
};

const person = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, operatePerson, by(page), { person: page.part('person') });
  if (!result.ok) return refusal(page, 'operate.person', result, peopleUrl);
  const { user, sessions, keys, memberships, vendorName } = result.value;
  const shown = shownPerson(user);
  const step = user.disabledAtMs === undefined ? 'disable' : 'enable';
  return normal(
    operatePersonPage({
      frame: page.frame,
      person: shown,
      sessions,
      keys,
      workspaces: memberships.map(({ workspace, member }) => ({
        url: `${workspacesUrl}/${workspace.publicId}`,
        name: workspace.name,
        role: member.role,
        sinceMs: member.createdAtMs,
      })),
      auditUrl: auditOf(user.publicId),
      ...(vendorName === undefined ? {} : { vendorName }),
      ...(memberships.length === 0 ? {} : { importKeyUrl: `${shown.url}/import-key` }),
      ...(user.id === page.signedIn.user.id
        ? {}
        : { stepUrl: `${shown.url}/${step}`, roleUrl: `${shown.url}/role` }),
    }),
  );
};

const personSteps = {
  disable: {
    title: operateWords.people.disableTitle,
    text: operateWords.people.disableText,
    action: operateWords.people.disable,
  },
  enable: {
    title: operateWords.people.enableTitle,
    text: operateWords.people.enableText,
    action: operateWords.people.enable,
  },
} as const;

const stepRoute = (step: 'disable' | 'enable'): Route => {
  const texts = personSteps[step];
  const id = `operate.${step}-person` as const;
  const flow = (page: PersonPage): string => `${id} ${page.part('person')}`;
  const backUrl = (page: PersonPage): string => `${peopleUrl}/${page.part('person')}`;
  return operatorRoute({
    path: `${peopleUrl}/:person/${step}`,
    async get(page) {
      const result = await perform(page.domain, operatePerson, by(page), { person: page.part('person') });
      if (!result.ok) return refusal(page, 'operate.person', result, peopleUrl);
      if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page);
      return normal(
        operateStepPage({
          ...texts,
          frame: page.frame,
          form: page.target(page.path, flow(page)),
          current: peopleUrl,
          subjectName: result.value.user.fullName,
          dangerous: step === 'disable',
          backUrl: backUrl(page),
        }),
      );
    },
    post: {
      fields: [],
      flow,
      async handle(page) {
        const input = { person: page.part('person') };
        const result =
          step === 'disable'
            ? await perform(page.domain, disablePerson, by(page), input)
            : await perform(page.domain, enablePerson, by(page), input);
        if (!result.ok) return refusal(page, id, result, backUrl(page));
        return seeOther(backUrl(page), step === 'disable' ? 'person-kept-out' : 'person-let-in');
      },
    },
  });
};

const shownWorkspace = (workspace: Workspace): ShownWorkspace => ({
  url: `${workspacesUrl}/${workspace.publicId}`,
  publicId: workspace.publicId,
  externalId: workspace.externalId,
  name: workspace.name,
  createdAtMs: workspace.createdAtMs,
});

const workspaces = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, operateWorkspaces, by(page), part(page));
  if (!result.ok) return refusal(page, 'operate.workspaces', result, workspacesUrl);
  return normal(
    operateWorkspacesPage({
      frame: page.frame,
      search: part(page).search,
      workspaces: result.value.items.map(({ workspace, memberCount }) => ({
        ...shownWorkspace(workspace),
        members: memberCount,
      })),
      ...pagedBy(page, result.value.next),
    }),
  );
};

const workspace = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, operateWorkspace, by(page), {
    workspace: page.part('workspace'),
    after: page.search('after') ?? '',
  });
  if (!result.ok) return refusal(page, 'operate.workspace', result, workspacesUrl);
  const { members } = result.value;
  return normal(
    operateWorkspacePage({
      frame: page.frame,
      workspace: shownWorkspace(result.value.workspace),
      members: members.items.map(({ member, user }) => ({
        url: `${peopleUrl}/${user.publicId}`,
        fullName: user.fullName,
        email: user.email,
        role: member.role,
        sinceMs: member.createdAtMs,
      })),
      auditUrl: auditOf(result.value.workspace.publicId),
      ...pagedBy(page, members.next, []),
    }),
  );
};

const mails = async (page: PersonPage): Promise<PageAnswer> => {
  const { after } = part(page);
  const result = await perform(page.domain, operateMails, by(page), { after });
  if (!result.ok) return refusal(page, 'operate.mails', result, mailUrl);
  return normal(
    operateMailPage({
      frame: page.frame,
      mails: result.value.items.map((mail) => ({
        to: mail.to,
        subject: mail.subject,
        purpose: mail.purpose,
        status: mailStatus(mail),
        attempts: mail.attempts,
        createdAtMs: mail.createdAtMs,
        ...(mail.lastError === undefined ? {} : { lastError: mail.lastError }),
        ...(canRetry(mail)
          ? { retry: page.target(mailUrl, `operate.retry-mail ${mail.id}`, { mail: String(mail.id) }) }
          : {}),
      })),
      ...pagedBy(page, result.value.next, []),
    }),
  );
};

const retry = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const result = await perform(page.domain, retryMail, by(page), { mail: form.get('mail') ?? '' });
  return result.ok
    ? seeOther(mailUrl, 'mail-waits-again')
    : refusal(page, 'operate.retry-mail', result, mailUrl);
};

const permissions = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, operatePermissions, by(page), {});
  if (!result.ok) return refusal(page, 'operate.permissions', result, permissionsUrl);
  return normal(operatePermissionsPage({ frame: page.frame, ...result.value }));
};

export const operateListRoutes: readonly Route[] = [
  operatorRoute({ path: '/operate', get: () => seeOther(peopleUrl) }),
  operatorRoute({ path: peopleUrl, get: people }),
  operatorRoute({ path: `${peopleUrl}/:person`, get: person }),
  stepRoute('disable'),
  stepRoute('enable'),
  operatorRoute({ path: workspacesUrl, get: workspaces }),
  operatorRoute({ path: `${workspacesUrl}/:workspace`, get: workspace }),
  operatorRoute({
    path: mailUrl,
    get: mails,
    post: {
      fields: ['mail'],
      flow: (_page, form) => `operate.retry-mail ${form.get('mail') ?? ''}`,
      handle: retry,
    },
  }),
  operatorRoute({ path: permissionsUrl, get: permissions }),
];
