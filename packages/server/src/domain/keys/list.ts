// A person's API keys of all workspaces, newest first, those that ended too.
import * as v from 'valibot';
import { pageAnswer, pageInput, pageFrom } from '../answers.ts';
import { done, operation } from '../operation.ts';
import { answerOfKey, keyAnswer } from './answer.ts';

export const listKeys = operation({
  id: 'keys.list',
  summary: 'List API keys',
  http: ['GET', '/api/keys'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject(pageInput),
  output: pageAnswer(keyAnswer),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker }, input) {
    const { keys } = domain.stores;
    const userId = asker.user.id;
    const page = await pageFrom(input, {
      find: async (name) => {
        const key = await keys.findByPublicId(name);
        return key?.userId === userId ? key.id : undefined;
      },
      read: (before, limit) => keys.listOf(userId, { before, limit }),
      nameOf: ({ publicId }) => publicId,
    });
    return 'ok' in page ? page : done(page);
  },
  answer: async ({ items, next }, domain) => ({
    items: await Promise.all(items.map((key) => answerOfKey(key, domain))),
    next,
  }),
});
