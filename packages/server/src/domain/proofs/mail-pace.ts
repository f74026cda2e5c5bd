// How many mails a stranger can make us send: few to one address, some in all, counted by where they come from, so that
// nobody is kept from their own mail by somebody else [security 59].
import type { Caused, Domain } from '../domain.ts';
import { emailKey } from '../users/user.ts';

/** Counts one more mail, or says how many seconds to wait. */
export const mailWaitSeconds = (
  domain: Pick<Domain, 'guesses'>,
  email: string,
  { address }: Pick<Caused, 'address'>,
): number | undefined => {
  const to = { about: emailKey(email), address };
  const from = { about: '', address };
  const seconds =
    domain.guesses.blockedForSeconds('mail-to', to) ?? domain.guesses.blockedForSeconds('mail-from', from);
  if (seconds !== undefined) return seconds;
  domain.guesses.failed('mail-to', to);
  domain.guesses.failed('mail-from', from);
  return undefined;
};
