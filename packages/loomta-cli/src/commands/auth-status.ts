// `auth:status`: proves the key in force by a real call, and says where it came from.
import type { Io } from '@latchkey/auth-kit';
import { openSession } from '../credentials.ts';
import { done, failed } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { fetchPlatforms } from '../platforms.ts';

export async function authStatus(io: Io): Promise<Outcome> {
  const session = await openSession(io);
  if (!session.ok) return failed(session.failure);
  const platforms = await fetchPlatforms(session.value.call);
  if (!platforms.ok) return platforms.outcome;
  return done({ status: 'authenticated', source: session.value.source, connectedPlatforms: platforms.count });
}
