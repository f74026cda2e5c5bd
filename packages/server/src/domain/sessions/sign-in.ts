// Sign-in with e-mail and password: a browser session, or the short bearer of document 004's approve. Where the person has a
// second factor the password opens a half session only, good for the second step.
import * as v from 'valibot';
import { done, operation, refuse, type Result } from '../operation.ts';
import type { Caused, Domain } from '../domain.ts';
import { checkCode, countWrongCode, mailsOfProof } from '../factors/check-code.ts';
import { checkPassword } from './check-password.ts';
import { answerOfOpened, openedAnswer } from './answer.ts';
import { endBefore, newSession, openByPassword, signInTrace, type OpenedSession } from './open-session.ts';

/** Longer ones would only cost hashing time. */
const text = (maxLength: number) => v.optional(v.pipe(v.string(), v.maxLength(maxLength)), '');
const pair = v.strictObject({ email: text(320), password: text(1024) });

export const signIn = operation({
  id: 'sessions.sign-in',
  summary: 'Sign in',
  http: ['POST', '/api/sign-in'],
  sessionOnly: true,
  who: 'anyone',
  input: pair,
  output: openedAnswer,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'wrong-pair': 403, throttled: 429 },
  async run({ domain, asker, caused }, input) {
    const anonymous: Caused = { ...caused, actor: { kind: 'anonymous' } };
    const checked = await checkPassword(domain, input, anonymous);
    if (!checked.ok) return checked;
    const opened = await openByPassword(domain, 'cookie', checked.user, anonymous);
    if (opened === undefined) return refuse('wrong-pair');
    if (opened.session.kind === 'cookie') await endBefore(domain, asker, caused);
    return done(opened);
  },
  answer: answerOfOpened,
});

export type BearerRefusal = 'wrong-pair' | 'code-missing' | 'wrong-code' | 'throttled';

/** `POST /auth/session`: 15 minutes, good for device approve and deny and its own end (protocol.md 10). */
export const signInForBearer = async (
  domain: Domain,
  given: { readonly email: string; readonly password: string; readonly code?: string },
  caused: Caused,
): Promise<Result<OpenedSession, BearerRefusal>> => {
  const { code = '', ...rest } = given;
  const parsed = v.safeParse(pair, rest);
  const checked = await checkPassword(
    domain,
    parsed.success ? parsed.output : { email: '', password: '' },
    caused,
  );
  if (!checked.ok) return checked;
  const { user } = checked;
  if (user.secondFactorSinceMs === undefined) {
    const opened = await openByPassword(domain, 'bearer', user, caused);
    // A half session has no place to go on from here.
    return opened?.session.kind === 'bearer' ? done(opened) : refuse('wrong-pair');
  }
  if (code === '') return refuse('code-missing');
  const second = await checkCode(domain, user, code.slice(0, 64), caused);
  if (!second.ok) return second;
  const opened = await newSession(domain, 'bearer', user.id, caused);
  const spent = await domain.stores.factors.spend(
    user.id,
    second.proof,
    { opens: opened.session, passwordHash: user.passwordHash },
    signInTrace(
      domain,
      opened.session,
      caused,
      `password, ${second.proof.kind}`,
      await mailsOfProof(domain, user, second.proof, caused),
    ),
  );
  if (spent) return done(opened);
  countWrongCode(domain, user, caused);
  return refuse('wrong-code');
};
