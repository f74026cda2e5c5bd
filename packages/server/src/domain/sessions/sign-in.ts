// Sign-in with e-mail and password: a browser session, or the short bearer of document 004's approve.
import * as v from 'valibot';
import { done, operation, type Result } from '../operation.ts';
import type { Caused, Domain } from '../domain.ts';
import { traceOf } from '../domain.ts';
import { checkPassword } from './check-password.ts';
import { openSession, type OpenedSession } from './open-session.ts';

/** Longer ones would only cost hashing time. */
const text = (maxLength: number) => v.optional(v.pipe(v.string(), v.maxLength(maxLength)), '');
const pair = v.strictObject({ email: text(320), password: text(1024) });

export const signIn = operation({
  id: 'sessions.sign-in',
  summary: 'Sign in',
  who: 'anyone',
  input: pair,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'wrong-pair': 403, throttled: 429 },
  async run({ domain, asker, caused, nowMs }, input) {
    const checked = await checkPassword(domain, input, { ...caused, actor: { kind: 'anonymous' } });
    if (!checked.ok) return checked;
    const opened = await openSession(domain, 'cookie', checked.user.id, caused);
    // The session that the browser had before is no longer anybody's.
    if (asker !== undefined) {
      await domain.stores.sessions.end(asker.session.id, traceOf('sessions.sign-out', caused, nowMs));
    }
    return done(opened);
  },
});

/** `POST /auth/session`: 15 minutes, good for device approve and deny and its own end (protocol.md 10). */
export const signInForBearer = async (
  domain: Domain,
  given: { readonly email: string; readonly password: string },
  caused: Caused,
): Promise<Result<OpenedSession, 'wrong-pair' | 'throttled'>> => {
  const parsed = v.safeParse(pair, given);
  const checked = await checkPassword(
    domain,
    parsed.success ? parsed.output : { email: '', password: '' },
    caused,
  );
  return checked.ok ? done(await openSession(domain, 'bearer', checked.user.id, caused)) : checked;
};
