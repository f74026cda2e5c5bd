// Sign-in with a passkey alone: it is something the person has and something they are or know, so no second step is owed.
import * as v from 'valibot';
import type { Domain } from '../domain.ts';
import { checkAsserted, requestOptions, type PasskeyRequestOptions } from '../factors/passkey.ts';
import { done, operation, refuse } from '../operation.ts';
import { answerOfOpened, openedAnswer } from './answer.ts';
import { endBefore, newSession, signInTrace } from './open-session.ts';
import { credentialText } from './second-step.ts';

/** `binding`: what only this browser has part in. */
export const signInPasskeyOptions = (domain: Domain, binding: string): Promise<PasskeyRequestOptions> =>
  requestOptions(domain, 'sign-in', undefined, binding);

export const signInWithPasskey = operation({
  id: 'sessions.sign-in-with-passkey',
  summary: 'Sign in with a passkey',
  http: ['POST', '/api/sign-in/passkey'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({
    binding: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
    credential: credentialText,
  }),
  output: openedAnswer,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'passkey-refused': 403 },
  async run({ domain, asker, caused }, input) {
    const proven = await checkAsserted(domain, 'sign-in', input.binding, input.credential);
    const user = proven && (await domain.stores.users.find(proven.passkey.userId));
    if (proven === undefined || user === undefined || user.disabledAtMs !== undefined)
      return refuse('passkey-refused');
    const opened = await newSession(domain, 'cookie', user.id, caused);
    const spent = await domain.stores.factors.spend(
      user.id,
      proven.proof,
      { opens: opened.session },
      signInTrace(domain, opened.session, caused, 'passkey'),
    );
    if (!spent) return refuse('passkey-refused');
    await endBefore(domain, asker, caused);
    return done(opened);
  },
  answer: answerOfOpened,
});
