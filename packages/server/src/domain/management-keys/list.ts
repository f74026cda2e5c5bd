// The management keys that a person made, and those of the vendor whose team they are on.
import * as v from 'valibot';
import { pageAnswer, pageInput, type Page } from '../answers.ts';
import { done, operation, refuseField } from '../operation.ts';
import { answerOfManagementKey, managementKeyAnswer } from './answer.ts';
import type { ManagementKey } from './management-key.ts';
import { makerOrTeam } from './rules.ts';

export const listManagementKeys = operation({
  id: 'management-keys.list',
  summary: 'List management keys',
  http: ['GET', '/api/management-keys'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject(pageInput),
  output: pageAnswer(managementKeyAnswer),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker }, { limit, after }) {
    const { managementKeys, vendors } = domain.stores;
    const last = after === '' ? undefined : await managementKeys.findByPublicId(after);
    if (after !== '' && (last === undefined || !(await makerOrTeam(domain, asker, last))))
      return refuseField('after', 'malformed');
    const vendor = await vendors.ofUser(asker.user.id);
    const found = await managementKeys.listFor(asker.user.id, vendor?.id, {
      limit: limit + 1,
      ...(last === undefined ? {} : { before: last.id }),
    });
    const items = found.slice(0, limit);
    const next = found.length > limit ? (items.at(-1)?.publicId ?? null) : null;
    return done<Page<ManagementKey>>({ items, next });
  },
  answer: ({ items, next }, domain) => ({
    items: items.map((key) => answerOfManagementKey(key, domain.now())),
    next,
  }),
});
