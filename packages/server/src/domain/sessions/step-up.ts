// Step-up: the password again, so that the next ten minutes may do what is dangerous.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { checkPassword } from './check-password.ts';

export const stepUp = operation({
  id: 'sessions.step-up',
  summary: 'Confirm that it is you',
  who: 'signed-in',
  input: v.strictObject({ password: v.optional(v.pipe(v.string(), v.maxLength(1024)), '') }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'wrong-password': 403, throttled: 429 },
  async run({ domain, asker, caused, trace }, { password }) {
    const checked = await checkPassword(domain, { email: asker.user.email, password }, caused);
    if (!checked.ok)
      return checked.reason === 'wrong-pair' ? refuse('wrong-password') : refuse('throttled', checked.detail);
    await domain.stores.sessions.authenticated(asker.session.id, trace());
    return done(undefined);
  },
});
