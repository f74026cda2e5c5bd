// The workspaces that a person is a member of, in the order in which the workspaces were made.
import * as v from 'valibot';
import { pageAnswer, pageInput, pageFrom } from '../answers.ts';
import { done, operation } from '../operation.ts';

export const listWorkspaces = operation({
  id: 'workspaces.list',
  summary: 'List workspaces',
  http: ['GET', '/api/workspaces'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject(pageInput),
  output: pageAnswer(
    v.object({ id: v.string(), name: v.string(), role: v.picklist(['owner', 'admin', 'member']) }),
  ),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker }, input) {
    const { workspaces } = domain.stores;
    const userId = asker.user.id;
    const page = await pageFrom(input, {
      find: async (name) => {
        const workspace = await workspaces.findByPublicId(name);
        return workspace && (await workspaces.actingMember(userId, workspace.id)) && workspace.id;
      },
      read: (after, limit) => workspaces.membershipsAfter(userId, after ?? 0, limit),
      nameOf: ({ workspace }) => workspace.publicId,
    });
    return 'ok' in page ? page : done(page);
  },
  answer: ({ items, next }) => ({
    items: items.map(({ workspace, member }) => ({
      id: workspace.publicId,
      name: workspace.name,
      role: member.role,
    })),
    next,
  }),
});
