// Who asks: the person behind the session or the management key.
import * as v from 'valibot';
import { done, operation } from '../operation.ts';

export const me = operation({
  id: 'users.me',
  summary: 'Read who you are',
  http: ['GET', '/api/me'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({}),
  output: v.object({
    id: v.string(),
    name: v.string(),
    email: v.string(),
    timeZone: v.string(),
    platformRole: v.picklist(['none', 'reviewer', 'operator']),
    vendor: v.nullable(v.object({ id: v.string(), name: v.string() })),
  }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker: { user } }) {
    return done({ user, vendor: await domain.stores.vendors.ofUser(user.id) });
  },
  answer: ({ user, vendor }) => ({
    id: user.publicId,
    name: user.fullName,
    email: user.email,
    timeZone: user.timeZone,
    platformRole: user.platformRole,
    vendor: vendor === undefined ? null : { id: vendor.publicId, name: vendor.name },
  }),
});
