// Sign-out ends the session that asks; it is never revived.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { done, operation } from '../operation.ts';

export const signOut = operation({
  id: 'sessions.sign-out',
  summary: 'Sign out',
  http: ['POST', '/api/sign-out'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker, trace }) {
    await domain.stores.sessions.end(asker.session.id, trace());
    return done(undefined);
  },
});
