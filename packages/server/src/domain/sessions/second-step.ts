// The second step of a sign-in: a code or a passkey turns the half session into a whole one with a new id. Of any number of
// tries at once with the same code one opens a session.
import * as v from 'valibot';
import type { Caused, Domain } from '../domain.ts';
import { checkCode, countWrongCode, mailsOfProof } from '../factors/check-code.ts';
import type { SecondProof } from '../factors/factor.ts';
import { checkAsserted, requestOptions, type PasskeyRequestOptions } from '../factors/passkey.ts';
import { done, operation, refuse, type SignedIn } from '../operation.ts';
import { answerOfOpened, openedAnswer } from './answer.ts';
import { checkSession } from './check-session.ts';
import { endBefore, newSession, signInTrace, type OpenedSession } from './open-session.ts';

const secretText = v.optional(v.pipe(v.string(), v.maxLength(200)), '');
/** What a browser says about a passkey, as JSON. */
export const credentialText = v.optional(v.pipe(v.string(), v.maxLength(32_768)), '');

const bindingOf = (half: SignedIn): string => `half ${half.session.id}`;

/** The person whose second step is owed. */
export const checkHalf = (domain: Domain, secret: string): Promise<SignedIn | undefined> =>
  checkSession(domain, 'half', secret);

/** For the person's own passkeys; undefined when there are none. */
export const secondStepPasskeyOptions = async (
  domain: Domain,
  half: SignedIn,
): Promise<PasskeyRequestOptions | undefined> => {
  const known = await domain.stores.factors.passkeysOf(half.user.id);
  return known.length === 0 ? undefined : requestOptions(domain, 'second-step', known, bindingOf(half));
};

/** Undefined when the proof or the half session was spent by another. */
const finish = async (
  domain: Domain,
  half: SignedIn,
  proof: SecondProof,
  before: SignedIn | undefined,
  caused: Caused,
): Promise<OpenedSession | undefined> => {
  const opened = await newSession(domain, 'cookie', half.user.id, caused);
  const spent = await domain.stores.factors.spend(
    half.user.id,
    proof,
    { opens: opened.session, ends: half.session.id },
    signInTrace(
      domain,
      opened.session,
      caused,
      `password, ${proof.kind}`,
      await mailsOfProof(domain, half.user, proof, caused),
    ),
  );
  if (!spent) return undefined;
  await endBefore(domain, before, caused);
  return opened;
};

export const secondStep = operation({
  id: 'sessions.second-step',
  summary: 'Finish signing in with a code',
  http: ['POST', '/api/sign-in/code'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({ half: secretText, code: v.optional(v.pipe(v.string(), v.maxLength(64)), '') }),
  output: openedAnswer,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { expired: 403, 'wrong-code': 403, throttled: 429 },
  async run({ domain, asker, caused }, input) {
    const half = await checkHalf(domain, input.half);
    if (half === undefined) return refuse('expired');
    const checked = await checkCode(domain, half.user, input.code, caused);
    if (!checked.ok) return checked;
    const opened = await finish(domain, half, checked.proof, asker, caused);
    if (opened !== undefined) return done(opened);
    if ((await checkHalf(domain, input.half)) === undefined) return refuse('expired');
    countWrongCode(domain, half.user, caused);
    return refuse('wrong-code');
  },
  answer: answerOfOpened,
});

export const secondStepWithPasskey = operation({
  id: 'sessions.second-step-with-passkey',
  summary: 'Finish signing in with a passkey',
  http: ['POST', '/api/sign-in/second-passkey'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({ half: secretText, credential: credentialText }),
  output: openedAnswer,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { expired: 403, 'passkey-refused': 403 },
  async run({ domain, asker, caused }, input) {
    const half = await checkHalf(domain, input.half);
    if (half === undefined) return refuse('expired');
    const proven = await checkAsserted(domain, 'second-step', bindingOf(half), input.credential);
    if (proven === undefined || proven.passkey.userId !== half.user.id) return refuse('passkey-refused');
    const opened = await finish(domain, half, proven.proof, asker, caused);
    return opened === undefined ? refuse('passkey-refused') : done(opened);
  },
  answer: answerOfOpened,
});
