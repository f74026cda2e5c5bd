// Turns the secret of a session into the person behind it. No kind is valid as another; a half one is nobody yet.
import { matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { Domain } from '../domain.ts';
import type { SignedIn } from '../operation.ts';
import { COOKIE_IDLE_MS, SEEN_EVERY_MS } from './lifetimes.ts';
import type { User } from '../users/user.ts';
import type { Session, SessionKind } from './session.ts';

const PREFIX: Readonly<Record<SessionKind, string>> = {
  cookie: SECRET_PREFIX.session,
  bearer: SECRET_PREFIX.sessionBearer,
  half: SECRET_PREFIX.sessionHalf,
};

const isLive = (session: Session, nowMs: number): boolean =>
  session.endedAtMs === undefined &&
  nowMs < session.endsAtMs &&
  (session.kind !== 'cookie' || nowMs - session.lastSeenAtMs < COOKIE_IDLE_MS);

/** The person as this session may act: reviewing and operating wait for a second factor (protocol.md 10). */
const acting = (domain: Domain, user: User): Pick<SignedIn, 'user' | 'dormantRole'> => {
  const { platformRole } = user;
  const waits =
    domain.settings.staffSecondFactor && platformRole !== 'none' && user.secondFactorSinceMs === undefined;
  return waits ? { user: { ...user, platformRole: 'none' }, dormantRole: platformRole } : { user };
};

export const checkSession = async (
  domain: Domain,
  kind: SessionKind,
  text: string,
): Promise<SignedIn | undefined> => {
  const id = recordIdOf(PREFIX[kind], text);
  const session = id === undefined ? undefined : await domain.stores.sessions.find(id);
  if (session?.kind !== kind || !matchesHash(text, session.hash)) return undefined;
  const nowMs = domain.now();
  if (!isLive(session, nowMs)) return undefined;
  const user = await domain.stores.users.find(session.userId);
  if (user === undefined || user.disabledAtMs !== undefined) return undefined;
  if (nowMs - session.lastSeenAtMs >= SEEN_EVERY_MS) await domain.stores.sessions.seen(session.id, nowMs);
  return { ...acting(domain, user), session };
};

/** For document 004's approve: `Authorization: Bearer <session>` (protocol.md 10). */
export const checkSessionBearer = async (domain: Domain, text: string): Promise<Session | undefined> =>
  (await checkSession(domain, 'bearer', text))?.session;
