// An authenticator app: its secret is shown, a code proves that the app has it, and only then is it kept.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { refuse, done, operation } from '../operation.ts';
import { securityMail } from '../mail/words/security.ts';
import { checkCodeShape } from './code-shape.ts';
import { addFactor } from './first-factor.ts';
import { lockSetup, lockTotpSecret, newTotpSecret, openSetup, stepOf, totpUri } from './totp.ts';

export const startTotp = operation({
  id: 'factors.start-totp',
  summary: 'Begin to add an authenticator app',
  http: ['POST', '/api/factors/totp/start'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    setup: v.pipe(
      v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
      v.description('`setup` of an earlier answer, to be shown the same secret again.'),
    ),
  }),
  output: v.object({
    secret: v.pipe(v.string(), v.description('Base32, to be typed into the app.')),
    uri: v.pipe(v.string(), v.description('`otpauth://` address, as a QR code shows it.')),
    setup: v.pipe(v.string(), v.description('Given back when the code is confirmed; good for 20 minutes.')),
  }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { exists: 409 },
  async run({ domain, asker: { user, session } }, { setup }) {
    if ((await domain.stores.factors.totpOf(user.id)) !== undefined) return refuse('exists');
    const known = setup === '' ? undefined : openSetup(domain, user.id, session.id, setup);
    const secret = known ?? newTotpSecret(domain);
    return done({
      secret,
      uri: totpUri(domain, user, secret),
      setup: known === undefined ? lockSetup(domain, user.id, session.id, secret) : setup,
    });
  },
});

export const confirmTotp = operation({
  id: 'factors.confirm-totp',
  summary: 'Add an authenticator app',
  http: ['POST', '/api/factors/totp'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    setup: v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
    code: v.pipe(
      v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
      v.description('The six digits that the app shows.'),
    ),
  }),
  output: v.object({
    recoveryCodes: v.pipe(
      v.array(v.string()),
      v.description('With a first second factor: ten codes that are shown now and never again.'),
    ),
  }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { exists: 409, expired: 409, 'wrong-code': 400 },
  async run({ domain, asker: { user, session }, caused, nowMs, trace }, { setup, code }) {
    const secret = openSetup(domain, user.id, session.id, setup);
    if (secret === undefined) return refuse('expired');
    const digits = checkCodeShape(code);
    const step = digits === undefined ? undefined : stepOf(secret, digits, nowMs);
    if (step === undefined) return refuse('wrong-code');
    const factor = {
      id: await domain.stores.nextId(),
      userId: user.id,
      secret: lockTotpSecret(domain, user.id, secret),
      lastStep: step,
      createdAtMs: nowMs,
    };
    const mails = securityMail(domain, user, { kind: 'totp-added' }, caused);
    const { added, recoveryCodes } = await addFactor(domain, user.id, (codes) =>
      domain.stores.factors.addTotp(factor, codes, session.id, trace(undefined, mails)),
    );
    return added ? done({ recoveryCodes }) : refuse('exists');
  },
});

export const removeTotp = operation({
  id: 'factors.remove-totp',
  summary: 'Remove the authenticator app',
  http: ['POST', '/api/factors/totp/remove'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: {},
  async run({ domain, asker: { user }, caused, trace }) {
    const mails = securityMail(domain, user, { kind: 'totp-removed' }, caused);
    // Removing what is gone changes nothing and is no error.
    await domain.stores.factors.removeTotp(user.id, trace(undefined, mails));
    return done(undefined);
  },
});
