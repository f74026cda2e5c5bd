// The apps of the vendor whose team the person is on, newest first.
import * as v from 'valibot';
import { pageAnswer, pageInput, pageFrom } from '../answers.ts';
import { done, operation } from '../operation.ts';
import { answerOfApp, appAnswer } from './answer.ts';
import { onAVendorTeam } from './rules.ts';

export const listApps = operation({
  id: 'apps.list',
  summary: 'List apps',
  http: ['GET', '/api/apps'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject(pageInput),
  output: pageAnswer(appAnswer),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: {},
  async run({ domain, asker }, input) {
    const vendor = await domain.stores.vendors.ofUser(asker.user.id);
    if (vendor === undefined) return done({ items: [], next: null });
    const { apps } = domain.stores;
    const page = await pageFrom(input, {
      find: async (name) => {
        const app = await apps.findByPublicId(name);
        return app?.vendorId === vendor.id ? app.id : undefined;
      },
      read: (before, limit) => apps.listOf(vendor.id, { before, limit }),
      nameOf: ({ publicId }) => publicId,
    });
    return 'ok' in page ? page : done(page);
  },
  answer: async ({ items, next }, domain) => ({
    items: await Promise.all(items.map((app) => answerOfApp(app, domain))),
    next,
  }),
});
