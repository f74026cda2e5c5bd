// `/settings/workspaces`: the workspaces of a person; members, roles and invitations of one; leaving.
import type { FieldProblem } from '../../domain/field-problem.ts';
import { perform } from '../../domain/operation.ts';
import { createWorkspace, renameWorkspace } from '../../domain/workspaces/create.ts';
import { inviteMember, withdrawInvitation } from '../../domain/workspaces/invite.ts';
import {
  changeRole,
  leaveWorkspace,
  listMembers,
  listWorkspaceInvitations,
  removeMember,
} from '../../domain/workspaces/members.ts';
import { mayManage } from '../../domain/workspaces/rules.ts';
import type { Membership, Role } from '../../domain/workspaces/workspace.ts';
import type { PageForm } from '../../http/forms.ts';
import {
  leavePage,
  removeMemberPage,
  workspacePage,
  type ListedMember,
  type WorkspaceManagement,
  type WorkspaceProblem,
} from '../workspaces/detail.ts';
import { workspaceListPage, workspacesUrl as HOME } from '../workspaces/list.ts';
import { workspaceWords } from '../words/workspaces.ts';
import { normal, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, notFound } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { workspaceSwitchRoutes } from './workspace-switch.ts';

const ROLES: readonly Role[] = ['owner', 'admin', 'member'];
const ONE = `${HOME}/:workspace`;
const MEMBERS_SHOWN = 50;

const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });
const flow = (verb: string, page: PersonPage, of = ''): string =>
  `workspaces.${verb} ${page.part('workspace')} ${of}`;
const urlOf = (publicId: string): string => `${HOME}/${publicId}`;

const wordsOf = (problems: readonly FieldProblem[], field: string): string | undefined => {
  const code = problems.find((one) => one.field === field)?.code;
  return code !== undefined && Object.hasOwn(workspaceWords.problems, code)
    ? workspaceWords.problems[code as keyof typeof workspaceWords.problems]
    : undefined;
};

const list = async (
  page: PersonPage,
  given: { readonly name?: string; readonly error?: string } = {},
  status = 200,
): Promise<PageAnswer> => {
  const all = await page.domain.stores.workspaces.membershipsOf(page.signedIn.user.id);
  return normal(
    workspaceListPage({
      frame: page.frame,
      workspaces: all.map(({ workspace, member }) => ({
        name: workspace.name,
        role: member.role,
        joinedAtMs: member.createdAtMs,
        url: urlOf(workspace.publicId),
      })),
      create: page.target(HOME, 'workspaces.create'),
      ...given,
    }),
    status,
  );
};

const create = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const name = form.get('name') ?? '';
  const result = await perform(page.domain, createWorkspace, by(page), { name });
  if (result.ok) return seeOther(urlOf(result.value.publicId), 'workspace-created');
  if ('problems' in result) {
    const error = wordsOf(result.problems, 'name');
    return error === undefined ? badValue(page, 'name') : list(page, { name, error }, 400);
  }
  return refusal(page, createWorkspace.id, result, HOME);
};

/** The person's own membership in the workspace of the address; everybody else gets the 404 of an unknown one. */
const ownIn = async (page: PersonPage): Promise<Membership | undefined> => {
  const { stores } = page.domain;
  const workspace = await stores.workspaces.findByPublicId(page.part('workspace'));
  return workspace && stores.workspaces.findMembership(page.signedIn.user.id, workspace.id);
};

const manageOf = async (
  page: PersonPage,
  own: Membership,
  values: WorkspaceManagement['values'],
): Promise<WorkspaceManagement | undefined> => {
  if (own.member.role === 'member') return undefined;
  const { publicId } = own.workspace;
  const waiting = await perform(page.domain, listWorkspaceInvitations, by(page), { workspace: publicId });
  const url = urlOf(publicId);
  return {
    rename: page.target(`${url}/rename`, flow('rename', page)),
    invite: page.target(`${url}/invitations`, flow('invite', page)),
    inviteRoles: ROLES.filter((role) => mayManage(own.member.role, role)),
    waiting: (waiting.ok ? waiting.value : []).map(({ email, role = 'member', sentAtMs, expiresAtMs }) => ({
      email,
      role,
      sentAtMs,
      endsAtMs: expiresAtMs,
      withdraw: page.target(`${url}/invitations/withdraw`, flow('withdraw', page), { email }),
    })),
    ...(values === undefined ? {} : { values }),
  };
};

const show = async (
  page: PersonPage,
  given: { readonly problem?: WorkspaceProblem; readonly values?: WorkspaceManagement['values'] } = {},
  status = 200,
): Promise<PageAnswer> => {
  const own = await ownIn(page);
  if (own === undefined) return notFound(page);
  const { publicId } = own.workspace;
  const url = urlOf(publicId);
  const after = page.search('after') ?? '';
  const input = { workspace: publicId, limit: MEMBERS_SHOWN, after };
  const result = await perform(page.domain, listMembers, by(page), input);
  if (!result.ok) return after === '' ? refusal(page, listMembers.id, result, HOME) : seeOther(url);
  const mine = own.member.role;
  const members = result.value.items.map(({ member, user }): ListedMember => {
    const isYou = user.id === page.signedIn.user.id;
    const manages = mine !== 'member' && mayManage(mine, member.role);
    const memberUrl = `${url}/members/${user.publicId}`;
    return {
      name: user.fullName,
      email: user.email,
      role: member.role,
      isYou,
      joinedAtMs: member.createdAtMs,
      roles: ROLES.filter((role) => mayManage(mine, role)),
      ...(manages ? { setRole: page.target(`${memberUrl}/role`, flow('role', page, user.publicId)) } : {}),
      ...(manages && !isYou ? { removeUrl: `${memberUrl}/remove` } : {}),
    };
  });
  const manage = await manageOf(page, own, given.values);
  const { next } = result.value;
  return normal(
    workspacePage({
      frame: page.frame,
      name: own.workspace.name,
      members,
      ...(next === null ? {} : { nextUrl: `${url}?after=${encodeURIComponent(next)}` }),
      ...(after === '' ? {} : { firstUrl: url }),
      ...(manage === undefined ? {} : { manage }),
      leaveUrl: `${url}/leave`,
      ...(given.problem === undefined ? {} : { problem: given.problem }),
    }),
    status,
  );
};

const rename = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const workspace = page.part('workspace');
  const name = form.get('name') ?? '';
  const result = await perform(page.domain, renameWorkspace, by(page), { workspace, name });
  if (result.ok) return seeOther(urlOf(workspace), 'workspace-saved');
  if (!('problems' in result)) return refusal(page, renameWorkspace.id, result, HOME);
  const text = wordsOf(result.problems, 'name');
  return text === undefined
    ? badValue(page, 'name')
    : show(page, { problem: { field: 'name', text }, values: { name } }, 400);
};

const invite = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const workspace = page.part('workspace');
  const email = form.get('email') ?? '';
  const role = form.get('role') ?? 'member';
  const result = await perform(page.domain, inviteMember, by(page), { workspace, email, role });
  if (result.ok) return seeOther(urlOf(workspace), 'invitation-sent');
  const values = { email, role };
  if ('problems' in result) {
    const text = wordsOf(result.problems, 'email');
    return text === undefined
      ? badValue(page, result.problems[0]?.field ?? '')
      : show(page, { problem: { field: 'email', text }, values }, 400);
  }
  const text = refusalText(inviteMember.id, result.reason);
  if (text === undefined) return refusal(page, inviteMember.id, result, HOME);
  return show(
    page,
    { problem: { field: 'email', text }, values },
    refusalStatus(inviteMember.id, result.reason),
  );
};

const withdraw = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const workspace = page.part('workspace');
  const email = form.get('email') ?? '';
  const result = await perform(page.domain, withdrawInvitation, by(page), { workspace, email });
  return result.ok
    ? seeOther(urlOf(workspace), 'invitation-withdrawn')
    : refusal(page, withdrawInvitation.id, result, urlOf(workspace));
};

const setRole = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const workspace = page.part('workspace');
  const given = { workspace, user: page.part('user'), role: form.get('role') ?? '' };
  const result = await perform(page.domain, changeRole, by(page), given);
  return result.ok
    ? seeOther(urlOf(workspace), 'role-changed')
    : refusal(page, changeRole.id, result, urlOf(workspace));
};

const askRemove = async (page: PersonPage): Promise<PageAnswer> => {
  const own = await ownIn(page);
  const user = await page.domain.stores.users.findByPublicId(page.part('user'));
  const found =
    own && user && (await page.domain.stores.workspaces.findMembership(user.id, own.workspace.id));
  if (own === undefined || user === undefined || found === undefined) return notFound(page);
  if (own.member.role === 'member' || !mayManage(own.member.role, found.member.role)) return notFound(page);
  const url = urlOf(own.workspace.publicId);
  return normal(
    removeMemberPage({
      frame: page.frame,
      form: page.target(`${url}/members/${user.publicId}/remove`, flow('remove', page, user.publicId)),
      workspace: { name: own.workspace.name, url },
      memberName: user.fullName,
    }),
  );
};

const remove = async (page: PersonPage): Promise<PageAnswer> => {
  const workspace = page.part('workspace');
  const input = { workspace, user: page.part('user') };
  const result = await perform(page.domain, removeMember, by(page), input);
  return result.ok
    ? seeOther(urlOf(workspace), 'workspace-member-removed')
    : refusal(page, removeMember.id, result, urlOf(workspace));
};

const askLeave = async (page: PersonPage): Promise<PageAnswer> => {
  const own = await ownIn(page);
  if (own === undefined) return notFound(page);
  const url = urlOf(own.workspace.publicId);
  return normal(
    leavePage({
      frame: page.frame,
      form: page.target(`${url}/leave`, flow('leave', page)),
      workspace: { name: own.workspace.name, url },
    }),
  );
};

const leave = async (page: PersonPage): Promise<PageAnswer> => {
  const workspace = page.part('workspace');
  const result = await perform(page.domain, leaveWorkspace, by(page), { workspace });
  return result.ok
    ? seeOther(HOME, 'workspace-left')
    : refusal(page, leaveWorkspace.id, result, urlOf(workspace));
};

const back = (page: PersonPage): PageAnswer => seeOther(urlOf(encodeURIComponent(page.part('workspace'))));
const userOf = (page: PersonPage): string => page.part('user');

export const workspaceRoutes: readonly Route[] = [
  personRoute({
    path: HOME,
    get: (page) => list(page),
    post: { fields: ['name'], flow: () => 'workspaces.create', handle: create },
  }),
  ...workspaceSwitchRoutes,
  personRoute({ path: ONE, get: (page) => show(page) }),
  personRoute({
    path: `${ONE}/rename`,
    get: back,
    post: { fields: ['name'], flow: (page) => flow('rename', page), handle: rename },
  }),
  personRoute({
    path: `${ONE}/invitations`,
    get: back,
    post: { fields: ['email', 'role'], flow: (page) => flow('invite', page), handle: invite },
  }),
  personRoute({
    path: `${ONE}/invitations/withdraw`,
    get: back,
    post: { fields: ['email'], flow: (page) => flow('withdraw', page), handle: withdraw },
  }),
  personRoute({
    path: `${ONE}/members/:user/role`,
    get: back,
    post: { fields: ['role'], flow: (page) => flow('role', page, userOf(page)), handle: setRole },
  }),
  personRoute({
    path: `${ONE}/members/:user/remove`,
    get: askRemove,
    post: { fields: [], flow: (page) => flow('remove', page, userOf(page)), handle: remove },
  }),
  personRoute({
    path: `${ONE}/leave`,
    get: askLeave,
    post: { fields: [], flow: (page) => flow('leave', page), handle: leave },
  }),
];
