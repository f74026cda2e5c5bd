// Whether a typed code is the person's: six digits of the authenticator app, or a recovery code. Guessing is throttled per
// person; what is right is not spent here, so that spending it and what it opens can be one write.
import type { Caused, Domain } from '../domain.ts';
import { refuse, type Refused } from '../operation.ts';
import { securityMail } from '../mail/words/security.ts';
import type { Trace } from '../trace.ts';
import type { User } from '../users/user.ts';
import { checkCodeShape } from './code-shape.ts';
import type { SecondProof } from './factor.ts';
import { findRecoveryCode, isRecoveryCodeShaped } from './recovery-codes.ts';
import { openTotpSecret, stepOf } from './totp.ts';

/** 'throttled' carries `detail.seconds`. */
export type CodeCheck =
  { readonly ok: true; readonly proof: SecondProof } | Refused<'wrong-code' | 'throttled'>;

const proofOf = async (domain: Domain, user: User, typed: string): Promise<SecondProof | undefined> => {
  const digits = checkCodeShape(typed);
  if (digits !== undefined) {
    const factor = await domain.stores.factors.totpOf(user.id);
    const secret = factor && openTotpSecret(domain, factor);
    const step = secret === undefined ? undefined : stepOf(secret, digits, domain.now());
    // A code of a spent step is wrong like any other.
    return factor === undefined || step === undefined || step <= factor.lastStep
      ? undefined
      : { kind: 'totp', id: factor.id, step };
  }
  if (!isRecoveryCodeShaped(typed)) return undefined;
  const codes = await domain.stores.factors.recoveryCodesOf(user.id);
  const found = findRecoveryCode(domain, codes, user.id, typed);
  return found === undefined ? undefined : { kind: 'recovery-code', id: found.id };
};

const sourceOf = (user: User, caused: Caused) => ({ about: String(user.id), address: caused.address });

export const countWrongCode = (domain: Domain, user: User, caused: Caused): void =>
  domain.guesses.failed('second-step', sourceOf(user, caused));

const blocked = (domain: Domain, user: User, caused: Caused): Refused<'throttled'> | undefined => {
  const seconds = domain.guesses.blockedForSeconds('second-step', sourceOf(user, caused));
  return seconds === undefined ? undefined : refuse('throttled', { seconds });
};

/** A spent recovery code is told to the person: there are few, and it may have been somebody else. */
export const mailsOfProof = async (
  domain: Domain,
  user: User,
  proof: SecondProof,
  caused: Caused,
): Promise<Trace['mails']> => {
  if (proof.kind !== 'recovery-code') return undefined;
  const { length } = await domain.stores.factors.recoveryCodesOf(user.id);
  const event = { kind: 'recovery-code-used', left: Math.max(0, length - 1) } as const;
  return securityMail(domain, user, event, caused);
};

export const checkCode = async (
  domain: Domain,
  user: User,
  typed: string,
  caused: Caused,
): Promise<CodeCheck> => {
  const before = blocked(domain, user, caused);
  if (before !== undefined) return before;
  const proof = await proofOf(domain, user, typed);
  // Tries sent all at once have passed the first question together: only as many learn anything as may fail.
  const since = blocked(domain, user, caused);
  if (since !== undefined) return since;
  if (proof === undefined) {
    countWrongCode(domain, user, caused);
    return refuse('wrong-code');
  }
  return { ok: true, proof };
};
