// The management keys that a person made, and those of the vendor whose team they are on.
import * as v from 'valibot';
import { pageAnswer, pageFrom, pageInput } from '../answers.ts';
import { done, operation } from '../operation.ts';
import { answerOfManagementKey, managementKeyAnswer } from './answer.ts';
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
  async run({ domain, asker }, input) {
    const { managementKeys, vendors } = domain.stores;
    const vendor = await vendors.ofUser(asker.user.id);
    const page = await pageFrom(input, {
      find: async (name) => {
        const key = await managementKeys.findByPublicId(name);
        return key && (await makerOrTeam(domain, asker, key)) ? key.id : undefined;
      },
      read: (before, limit) =>
        managementKeys.listFor(asker.user.id, vendor?.id, {
          limit,
          ...(before === undefined ? {} : { before }),
        }),
      nameOf: ({ publicId }) => publicId,
    });
    return 'ok' in page ? page : done(page);
  },
  answer: ({ items, next }, domain) => ({
    items: items.map((key) => answerOfManagementKey(key, domain.now())),
    next,
  }),
});
