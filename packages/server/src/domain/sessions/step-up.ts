// Step-up: who it is once more, so that the next ten minutes may do what is dangerous. The password, with a code where the
// person has a second factor; or a passkey, which is both.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import type { Domain } from '../domain.ts';
import { checkCode, countWrongCode, mailsOfProof } from '../factors/check-code.ts';
import { checkAsserted, requestOptions, type PasskeyRequestOptions } from '../factors/passkey.ts';
import { done, operation, refuse, type SignedIn } from '../operation.ts';
import { checkPassword } from './check-password.ts';
import { credentialText } from './second-step.ts';

export const stepUp = operation({
  id: 'sessions.step-up',
  summary: 'Confirm that it is you',
  http: ['POST', '/api/step-up'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    password: v.optional(v.pipe(v.string(), v.maxLength(1024)), ''),
    code: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
  }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'wrong-password': 403, 'code-missing': 403, 'wrong-code': 403, throttled: 429 },
  async run({ domain, asker, caused, trace }, { password, code }) {
    const checked = await checkPassword(domain, { email: asker.user.email, password }, caused);
    if (!checked.ok)
      return checked.reason === 'wrong-pair' ? refuse('wrong-password') : refuse('throttled', checked.detail);
    const { user } = checked;
    if (user.secondFactorSinceMs === undefined) {
      await domain.stores.sessions.authenticated(asker.session.id, trace());
      return done(undefined);
    }
    if (code === '') return refuse('code-missing');
    const second = await checkCode(domain, user, code, caused);
    if (!second.ok) return second;
    const on = { refreshes: asker.session.id, passwordHash: user.passwordHash };
    const mails = await mailsOfProof(domain, user, second.proof, caused);
    const told = trace({ by: second.proof.kind }, mails);
    if (await domain.stores.factors.spend(user.id, second.proof, on, told)) return done(undefined);
    countWrongCode(domain, user, caused);
    return refuse('wrong-code');
  },
});

const bindingOf = (asker: SignedIn): string => `session ${asker.session.id}`;

export const stepUpPasskeyOptions = async (
  domain: Domain,
  asker: SignedIn,
): Promise<PasskeyRequestOptions | undefined> => {
  const known = await domain.stores.factors.passkeysOf(asker.user.id);
  return known.length === 0 ? undefined : requestOptions(domain, 'step-up', known, bindingOf(asker));
};

export const stepUpWithPasskey = operation({
  id: 'sessions.step-up-with-passkey',
  summary: 'Confirm with a passkey that it is you',
  http: ['POST', '/api/step-up/passkey'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ credential: credentialText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { 'passkey-refused': 403 },
  async run({ domain, asker, trace }, { credential }) {
    const proven = await checkAsserted(domain, 'step-up', bindingOf(asker), credential);
    if (proven === undefined || proven.passkey.userId !== asker.user.id) return refuse('passkey-refused');
    const on = { refreshes: asker.session.id };
    const spent = await domain.stores.factors.spend(
      asker.user.id,
      proven.proof,
      on,
      trace({ by: 'passkey' }),
    );
    return spent ? done(undefined) : refuse('passkey-refused');
  },
});
