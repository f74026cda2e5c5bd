// Who is in a workspace, with which role; leaving and removing. The last owner stays an owner: a workspace never has none.
import * as v from 'valibot';
import { instant, instantOf, nothing, pageInput } from '../answers.ts';
import { waitingFor } from '../invitations/open.ts';
import { workspaceMail } from '../mail/words/workspaces.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { mayManage, memberOfWorkspace, ownMembership, runsWorkspace } from './rules.ts';

export const roleInput = v.picklist(['owner', 'admin', 'member']);

export const listMembers = operation({
  id: 'workspaces.members',
  summary: 'List the members of a workspace',
  http: ['GET', '/api/workspaces/{workspace}/members'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText, ...pageInput }),
  output: v.object({
    items: v.array(
      v.object({
        user: v.string(),
        name: v.string(),
        email: v.string(),
        role: roleInput,
        joinedAt: instant,
      }),
    ),
    next: v.nullable(v.string()),
  }),
  subject: 'workspace',
  allow: [memberOfWorkspace],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores } }, { limit, after }, workspace) {
    const last = after === '' ? undefined : await stores.users.findByPublicId(after);
    const from = last && (await stores.workspaces.findMembership(last.id, workspace.id));
    if (after !== '' && from === undefined) return refuseField('after', 'malformed');
    // One more than asked for says whether there is a next page.
    const found = await stores.workspaces.membersOf(workspace.id, from?.member.id ?? 0, limit + 1);
    const items = found.slice(0, limit);
    const next = found.length > limit ? (items.at(-1)?.user.publicId ?? null) : null;
    return done({ items, next });
  },
  answer: ({ items, next }) => ({
    items: items.map(({ user, member }) => ({
      user: user.publicId,
      name: user.fullName,
      email: user.email,
      role: member.role,
      joinedAt: instantOf(member.createdAtMs),
    })),
    next,
  }),
});

export const listWorkspaceInvitations = operation({
  id: 'workspaces.invitations',
  summary: 'List the invitations to a workspace that wait',
  http: ['GET', '/api/workspaces/{workspace}/invitations'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText }),
  output: v.object({
    invitations: v.array(
      v.object({ email: v.string(), role: roleInput, sentAt: instant, expiresAt: instant }),
    ),
  }),
  subject: 'workspace',
  allow: [runsWorkspace],
  stepUp: false,
  refusals: {},
  async run({ domain }, _input, workspace) {
    return done(await waitingFor(domain, 'workspace', workspace.id));
  },
  answer: (proofs) => ({
    invitations: proofs.map(({ email, role = 'member', sentAtMs, expiresAtMs }) => ({
      email,
      role,
      sentAt: instantOf(sentAtMs),
      expiresAt: instantOf(expiresAtMs),
    })),
  }),
});

export const changeRole = operation({
  id: 'workspaces.change-role',
  summary: 'Change the role of a member',
  http: ['POST', '/api/workspaces/{workspace}/members/{user}/role'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText, user: publicIdText, role: roleInput }),
  output: nothing,
  subject: 'workspace',
  allow: [runsWorkspace],
  stepUp: false,
  refusals: { 'no-member': 404, 'not-yours': 403, 'last-owner': 409 },
  async run({ domain, asker, trace }, input, workspace) {
    const { stores } = domain;
    const user = await stores.users.findByPublicId(input.user);
    const [own, found] = await Promise.all([
      ownMembership(domain, asker.user.id, workspace),
      user && stores.workspaces.findMembership(user.id, workspace.id),
    ]);
    if (user === undefined || found === undefined || own === undefined) return refuse('no-member');
    const { role } = found.member;
    if (!mayManage(own.member.role, role) || !mayManage(own.member.role, input.role))
      return refuse('not-yours');
    if (role === input.role) return done(undefined);
    const mails =
      user.id === asker.user.id
        ? undefined
        : workspaceMail(domain, user, { kind: 'role-changed', workspace, role: input.role });
    const changed = await stores.workspaces.setRole(
      found.member.id,
      input.role,
      trace({ user: user.publicId, from: role, to: input.role }, mails),
    );
    return changed === 'done' ? done(undefined) : refuse(changed === 'gone' ? 'no-member' : changed);
  },
});

export const removeMember = operation({
  id: 'workspaces.remove-member',
  summary: 'Remove a member; their keys and connections in the workspace end',
  http: ['POST', '/api/workspaces/{workspace}/members/{user}/remove'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText, user: publicIdText }),
  output: nothing,
  subject: 'workspace',
  allow: [runsWorkspace],
  stepUp: false,
  refusals: { 'no-member': 404, 'not-yours': 403, 'last-owner': 409 },
  async run({ domain, asker, trace }, input, workspace) {
    const { stores } = domain;
    const user = await stores.users.findByPublicId(input.user);
    const [own, found] = await Promise.all([
      ownMembership(domain, asker.user.id, workspace),
      user && stores.workspaces.findMembership(user.id, workspace.id),
    ]);
    if (user === undefined || found === undefined || own === undefined) return refuse('no-member');
    if (!mayManage(own.member.role, found.member.role)) return refuse('not-yours');
    const mails = workspaceMail(domain, user, { kind: 'removed', workspace });
    const ended = await stores.workspaces.endMemberUnlessLastOwner(
      found.member.id,
      trace({ user: user.publicId }, mails),
    );
    return ended === 'done' ? done(undefined) : refuse(ended === 'gone' ? 'no-member' : ended);
  },
});

export const leaveWorkspace = operation({
  id: 'workspaces.leave',
  summary: 'Leave a workspace; your keys and connections in it end',
  http: ['POST', '/api/workspaces/{workspace}/leave'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText }),
  output: nothing,
  subject: 'workspace',
  allow: [memberOfWorkspace],
  stepUp: false,
  refusals: { 'last-owner': 409 },
  async run({ domain, asker, trace }, _input, workspace) {
    const own = await ownMembership(domain, asker.user.id, workspace);
    if (own === undefined) return done(undefined);
    const left = await domain.stores.workspaces.endMemberUnlessLastOwner(own.member.id, trace());
    return left === 'last-owner' ? refuse('last-owner') : done(undefined);
  },
});
