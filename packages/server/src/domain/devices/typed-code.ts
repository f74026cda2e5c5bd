// A user code that a signed-in person typed: looked up at the pace that guessing is held to (protocol.md 7; security.md 41).
import type { Domain } from '../domain.ts';
import type { UserId } from '../users/user.ts';
import { findDevice, type FoundDevice } from './decide.ts';
import { typedSymbols } from './user-code.ts';

/** What the wait is told when too many enter codes at once. */
const CROWDED_SECONDS = 60;

export type LookedUp =
  | { readonly found: FoundDevice }
  /** No such code, or one that another person has opened: the same answer [security 44]. */
  | { readonly found: undefined }
  | { readonly throttledSeconds: number };

export const lookUpTyped = async (
  domain: Domain,
  typed: string,
  by: { readonly userId: UserId; readonly address: string },
): Promise<LookedUp> => {
  const { guesses } = domain;
  const source = { about: `user:${by.userId}`, address: by.address };
  const before = guesses.blockedForSeconds('user-code', source);
  if (before !== undefined) return { throttledSeconds: before };
  if (!(await guesses.userCodeTurn())) return { throttledSeconds: CROWDED_SECONDS };
  const found = await findDevice(domain, typed);
  // Again, for guesses that were sent all at once: only as many of them learn anything as may fail.
  const meanwhile = guesses.blockedForSeconds('user-code', source);
  if (meanwhile !== undefined) return { throttledSeconds: meanwhile };
  const owner = found?.request.boundUserId ?? by.userId;
  if (found !== undefined && owner === by.userId) return { found };
  // A slip of the paste buffer is no guess.
  if (typedSymbols(typed) !== undefined) guesses.failed('user-code', source);
  return { found: undefined };
};
