// The first operator: whoever has the link that the console showed. No default password exists, and no stranger can come
// before the one who started the service [security 67].
import * as v from 'valibot';
import type { Domain } from '../domain.ts';
import { code } from '../field-problem.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { createRecordSecret, matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { endBefore } from '../sessions/open-session.ts';
import { emailText, optionalText } from '../text-rules.ts';
import { newcomerFor } from '../users/newcomer.ts';
import { newPasswordText, passwordProblem } from '../users/password-rules.ts';
import type { OperatorClaim } from './claim-store.ts';

const LIFE_MS = 3_600_000;

/** A new link for the console while there is no operator; those shown before are over. */
export const offerOperatorClaim = async (domain: Domain): Promise<string | undefined> => {
  const { operatorClaims, nextId } = domain.stores;
  if (await operatorClaims.hasOperator()) return undefined;
  const id = await nextId();
  const { secret, hash } = createRecordSecret(SECRET_PREFIX.operatorClaim, id, domain.secrets.random);
  await operatorClaims.offer({ id, hash, expiresAtMs: domain.now() + LIFE_MS });
  return `${domain.settings.issuer}/operate/claim/${secret}`;
};

/** Used, overtaken, old and made-up ones answer alike. */
export const findOperatorClaim = async (domain: Domain, link: string): Promise<OperatorClaim | undefined> => {
  const id = recordIdOf(SECRET_PREFIX.operatorClaim, link);
  const { operatorClaims } = domain.stores;
  const claim = id === undefined ? undefined : await operatorClaims.find(domain.now());
  if (claim === undefined || claim.id !== id || !matchesHash(link, claim.hash)) return undefined;
  return (await operatorClaims.hasOperator()) ? undefined : claim;
};

export const claimOperator = operation({
  id: 'operate.claim',
  summary: 'Become the first operator by the link of the console',
  http: ['POST', '/api/operate/claim'],
  sessionOnly: true,
  who: 'anyone',
  input: v.strictObject({
    link: v.pipe(v.string(), v.maxLength(200)),
    fullName: v.pipe(optionalText(100), v.minLength(1, code('name-missing'))),
    email: emailText,
    password: newPasswordText,
  }),
  output: v.object({ user: v.string() }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { over: 410, 'email-taken': 409 },
  async run({ domain, asker, caused, trace }, { link, fullName, email, password }) {
    const claim = await findOperatorClaim(domain, link);
    if (claim === undefined) return refuse('over');
    const weak = passwordProblem(password, [fullName, email, domain.settings.brand.name]);
    if (weak !== undefined) return refuseField('password', weak);
    const passwordHash = await domain.secrets.passwords.hash(password);
    const person = { email, fullName, passwordHash, timeZone: 'UTC' };
    const { newcomer, secret } = await newcomerFor(domain, person, caused, undefined);
    const user = { ...newcomer.user, platformRole: 'operator' as const };
    const claimed = await domain.stores.operatorClaims.claim(claim.id, user, newcomer.session, trace());
    if (claimed === 'done') {
      await endBefore(domain, asker, caused);
      return done({ user, secret });
    }
    return refuse(claimed === 'gone' ? 'over' : 'email-taken');
  },
  answer: ({ user }) => ({ user: user.publicId }),
});
