// `platforms:list`: the API's own answer.
import type { Io } from '@latchkey/auth-kit';
import { openSession } from '../credentials.ts';
import { doneWith, failed } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { fetchPlatforms } from '../platforms.ts';

export async function platformsList(io: Io): Promise<Outcome> {
  const session = await openSession(io);
  if (!session.ok) return failed(session.failure);
  const platforms = await fetchPlatforms(session.value.call);
  return platforms.ok ? doneWith(platforms.text) : platforms.outcome;
}
