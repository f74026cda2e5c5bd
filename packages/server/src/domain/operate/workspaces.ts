// Workspaces as operators see them: found by name, with their members.
import * as v from 'valibot';
import { instant, instantOf, pageAnswer, pageInput, type Page } from '../answers.ts';
import { done, operation, refuseField } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import type { User } from '../users/user.ts';
import type { Member, Workspace } from '../workspaces/workspace.ts';
import { pageOfPart, partAfter } from './pages.ts';
import { searchText } from './people.ts';
import { byOperator } from './rules.ts';

const workspaceAnswer = v.object({
  id: v.string(),
  externalId: v.string(),
  name: v.string(),
  members: v.number(),
  createdAt: instant,
});

export const operateWorkspaces = operation({
  id: 'operate.workspaces',
  summary: 'Find workspaces by name',
  http: ['GET', '/api/operate/workspaces'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ ...pageInput, search: searchText }),
  output: pageAnswer(workspaceAnswer),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores } }, { search, ...input }) {
    const last = input.after === '' ? undefined : await stores.workspaces.findByPublicId(input.after);
    const part = partAfter(input, last);
    if (part === undefined) return refuseField('after', 'malformed');
    const found = await stores.directory.workspaces(search, part);
    return done(pageOfPart(found, input.limit, ({ workspace }) => workspace.publicId));
  },
  answer: ({ items, next }) => ({
    items: items.map(({ workspace, memberCount }) => ({
      id: workspace.publicId,
      externalId: workspace.externalId,
      name: workspace.name,
      members: memberCount,
      createdAt: instantOf(workspace.createdAtMs),
    })),
    next,
  }),
});

type MemberOf = { readonly member: Member; readonly user: User };
export type WorkspaceDetail = { readonly workspace: Workspace; readonly members: Page<MemberOf> };

export const operateWorkspace = operation({
  id: 'operate.workspace',
  summary: 'See the members of a workspace',
  http: ['GET', '/api/operate/workspaces/{workspace}'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText, ...pageInput }),
  output: v.object({
    id: v.string(),
    externalId: v.string(),
    name: v.string(),
    createdAt: instant,
    members: pageAnswer(
      v.object({
        id: v.string(),
        fullName: v.string(),
        email: v.string(),
        role: v.picklist(['owner', 'admin', 'member']),
        since: instant,
      }),
    ),
  }),
  subject: 'workspace',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores } }, { limit, after }, workspace) {
    const last = after === '' ? undefined : await stores.users.findByPublicId(after);
    const from =
      last === undefined ? undefined : await stores.workspaces.findMembership(last.id, workspace.id);
    if (after !== '' && from === undefined) return refuseField('after', 'malformed');
    const found = await stores.workspaces.membersOf(workspace.id, from?.member.id ?? 0, limit + 1);
    const detail: WorkspaceDetail = {
      workspace,
      members: pageOfPart(found, limit, ({ user }) => user.publicId),
    };
    return done(detail);
  },
  answer: ({ workspace, members }) => ({
    id: workspace.publicId,
    externalId: workspace.externalId,
    name: workspace.name,
    createdAt: instantOf(workspace.createdAtMs),
    members: {
      items: members.items.map(({ member, user }) => ({
        id: user.publicId,
        fullName: user.fullName,
        email: user.email,
        role: member.role,
        since: instantOf(member.createdAtMs),
      })),
      next: members.next,
    },
  }),
});
