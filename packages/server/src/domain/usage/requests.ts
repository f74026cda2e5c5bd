// The last requests of an app, newest first, with the reason of each refusal. No bodies, no queries, no people.
import * as v from 'valibot';
import { instant, instantOf, pageAnswer, pageInput } from '../answers.ts';
import { teamOfApp } from '../apps/rules.ts';
import { done, operation, refuseField } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';

export const usageRequests = operation({
  id: 'usage.requests',
  summary: 'List the last requests of an app',
  http: ['GET', '/api/apps/{app}/requests'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({
    app: publicIdText,
    ...pageInput,
    show: v.pipe(
      v.optional(v.picklist(['all', 'refused']), 'all'),
      v.description('`refused` leaves out what was forwarded.'),
    ),
  }),
  output: pageAnswer(
    v.object({
      at: instant,
      method: v.string(),
      path: v.string(),
      status: v.pipe(v.number(), v.integer()),
      reason: v.pipe(v.string(), v.description('`ok` when it was forwarded.')),
      requestId: v.string(),
      durationMs: v.number(),
    }),
  ),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain }, { limit, after, show }, app) {
    if (!/^(?:[1-9]\d{0,14})?$/.test(after)) return refuseField('after', 'malformed');
    const found = await domain.stores.usage.requestsOf(app.id, {
      refused: show === 'refused',
      limit: limit + 1,
      ...(after === '' ? {} : { before: Number(after) }),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return done({ items, next: last === undefined || found.length <= limit ? null : String(last.id) });
  },
  answer: ({ items, next }) => ({
    items: items.map(({ atMs, method, path, status, reason, requestId, durationMs }) => ({
      at: instantOf(atMs),
      method,
      path,
      status,
      reason,
      requestId,
      durationMs,
    })),
    next,
  }),
});
