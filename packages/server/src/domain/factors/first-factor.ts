// Adding a factor: whether it is the person's first decides whether recovery codes come with it. Another window may add one
// at the same moment, so the question is asked anew when the store says no.
import type { Domain } from '../domain.ts';
import type { RecoveryCode } from './factor.ts';
import { newRecoveryCodes } from './recovery-codes.ts';

export type Added = {
  readonly added: boolean;
  /** With a first factor: shown now and never again. */
  readonly recoveryCodes: readonly string[];
};

const ATTEMPTS = 3;

export const addFactor = async (
  domain: Domain,
  userId: number,
  add: (codes: readonly RecoveryCode[] | undefined) => Promise<boolean>,
): Promise<Added> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const user = await domain.stores.users.find(userId);
    const made = user?.secondFactorSinceMs === undefined ? await newRecoveryCodes(domain, userId) : undefined;
    if (await add(made?.codes)) return { added: true, recoveryCodes: made?.texts ?? [] };
    const after = await domain.stores.users.find(userId);
    const moved = (after?.secondFactorSinceMs === undefined) !== (user?.secondFactorSinceMs === undefined);
    if (!moved) break;
  }
  return { added: false, recoveryCodes: [] };
};
