// What a person shows besides the password, and how many recovery codes are left.
import * as v from 'valibot';
import { instant, instantOf, instantOrNull } from '../answers.ts';
import { securityMail } from '../mail/words/security.ts';
import { done, operation, refuse } from '../operation.ts';
import { newRecoveryCodes } from './recovery-codes.ts';

const moment = v.nullable(instant);

export const listFactors = operation({
  id: 'factors.list',
  summary: 'List your second factors',
  http: ['GET', '/api/factors'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: v.object({
    totp: v.nullable(v.object({ createdAt: instant, lastUsedAt: moment })),
    passkeys: v.array(v.object({ id: v.string(), name: v.string(), createdAt: instant, lastUsedAt: moment })),
    recoveryCodesLeft: v.number(),
  }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain: { stores }, asker: { user } }) {
    const [totp, passkeys, codes] = await Promise.all([
      stores.factors.totpOf(user.id),
      stores.factors.passkeysOf(user.id),
      stores.factors.recoveryCodesOf(user.id),
    ]);
    return done({ totp, passkeys, recoveryCodesLeft: codes.length });
  },
  answer: ({ totp, passkeys, recoveryCodesLeft }) => ({
    totp:
      totp === undefined
        ? null
        : { createdAt: instantOf(totp.createdAtMs), lastUsedAt: instantOrNull(totp.lastUsedAtMs) },
    passkeys: passkeys.map((one) => ({
      id: one.publicId,
      name: one.name,
      createdAt: instantOf(one.createdAtMs),
      lastUsedAt: instantOrNull(one.lastUsedAtMs),
    })),
    recoveryCodesLeft,
  }),
});

export const renewRecoveryCodes = operation({
  id: 'factors.renew-recovery-codes',
  summary: 'Make new recovery codes',
  http: ['POST', '/api/factors/recovery-codes'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: v.object({ recoveryCodes: v.array(v.string()) }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { 'no-factor': 409 },
  async run({ domain, asker: { user }, caused, trace }) {
    const { texts, codes } = await newRecoveryCodes(domain, user.id);
    const mails = securityMail(domain, user, { kind: 'recovery-codes-renewed' }, caused);
    const renewed = await domain.stores.factors.renewRecoveryCodes(user.id, codes, trace(undefined, mails));
    return renewed ? done({ recoveryCodes: texts }) : refuse('no-factor');
  },
  answer: ({ recoveryCodes }) => ({ recoveryCodes: [...recoveryCodes] }),
});
