// The workspaces that a person is a member of, by name.
import * as v from 'valibot';
import { pageAnswer, pageInput, pageOf } from '../answers.ts';
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
    const memberships = await domain.stores.workspaces.membershipsOf(asker.user.id);
    const page = pageOf(memberships, input, ({ workspace }) => workspace.publicId);
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
