// Who an e-mail address and a password stand for. The same answer in the same time for an unknown address, a wrong
// password and a disabled person [security 59]; guessing is throttled about the address and where it comes from.
import type { Caused, Domain } from '../domain.ts';
import { refuse, type Refused } from '../operation.ts';
import { emailKey, type User } from '../users/user.ts';

/** 'throttled' carries `detail.seconds`. */
export type PasswordCheck = { readonly ok: true; readonly user: User } | Refused<'wrong-pair' | 'throttled'>;

export const checkPassword = async (
  domain: Domain,
  given: { readonly email: string; readonly password: string },
  caused: Caused,
): Promise<PasswordCheck> => {
  const key = emailKey(given.email);
  const source = { about: key, address: caused.address };
  const seconds = domain.guesses.blockedForSeconds('password', source);
  if (seconds !== undefined) return refuse('throttled', { seconds });
  const user = await domain.stores.users.findByEmailKey(key);
  const matches = await domain.secrets.passwords.matches(given.password, user?.passwordHash);
  // Tries sent all at once have passed the first question together: only as many of them learn anything as may fail.
  const since = domain.guesses.blockedForSeconds('password', source);
  if (since !== undefined) return refuse('throttled', { seconds: since });
  if (user === undefined || !matches || user.disabledAtMs !== undefined) {
    domain.guesses.failed('password', source);
    return refuse('wrong-pair');
  }
  return { ok: true, user };
};
