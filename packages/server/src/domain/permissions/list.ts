// What an app of this API can be permitted: the endpoints of its OpenAPI document.
import * as v from 'valibot';
import { pageAnswer, pageInput, pageOf } from '../answers.ts';
import { done, operation } from '../operation.ts';

export const listPermissions = operation({
  id: 'permissions.list',
  summary: 'List permissions',
  http: ['GET', '/api/permissions'],
  sessionOnly: false,
  who: 'signed-in',
  // Ids of permissions are longer than ours.
  input: v.strictObject({
    ...pageInput,
    after: v.pipe(v.optional(v.pipe(v.string(), v.maxLength(200)), ''), pageInput.after.pipe[1]),
  }),
  output: pageAnswer(
    v.object({
      id: v.string(),
      group: v.string(),
      method: v.string(),
      path: v.string(),
      sentence: v.pipe(v.string(), v.description('What people read when they are asked for it.')),
      sensitivity: v.picklist(['reads', 'changes', 'sends', 'deletes']),
      deprecated: v.boolean(),
    }),
  ),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  run({ domain }, input) {
    const page = pageOf(domain.permissions, input, ({ id }) => id);
    return Promise.resolve('ok' in page ? page : done(page));
  },
  answer: ({ items, next }) => ({
    items: items.map(({ id, groupTitle, method, path, sentence, sensitivity, deprecated }) => ({
      id,
      group: groupTitle,
      method,
      path,
      sentence,
      sensitivity,
      deprecated,
    })),
    next,
  }),
});
