// Opens a session for a person who just proved who they are. Its id is new: no session outlives a sign-in [security 15].
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import type { Trace } from '../trace.ts';
import type { User } from '../users/user.ts';
import { BEARER_MS, COOKIE_TOTAL_MS, HALF_MS } from './lifetimes.ts';
import type { Session, SessionKind } from './session.ts';

export type OpenedSession = { readonly session: Session; readonly secret: string };

const PREFIX: Readonly<Record<SessionKind, string>> = {
  cookie: SECRET_PREFIX.session,
  bearer: SECRET_PREFIX.sessionBearer,
  half: SECRET_PREFIX.sessionHalf,
};
const LIFE_MS: Readonly<Record<SessionKind, number>> = {
  cookie: COOKIE_TOTAL_MS,
  bearer: BEARER_MS,
  half: HALF_MS,
};

/** A session that does not exist yet: a store decides. */
export const newSession = async (
  domain: Domain,
  kind: SessionKind,
  userId: number,
  caused: Caused,
): Promise<OpenedSession> => {
  const id = await domain.stores.nextId();
  const nowMs = domain.now();
  const { secret, hash } = createRecordSecret(PREFIX[kind], id, domain.secrets.random);
  const session: Session = {
    id,
    kind,
    userId,
    hash,
    createdAtMs: nowMs,
    authenticatedAtMs: nowMs,
    lastSeenAtMs: nowMs,
    endsAtMs: nowMs + LIFE_MS[kind],
    address: caused.address,
    device: caused.device,
  };
  return { session, secret };
};

export const signInTrace = (
  domain: Domain,
  session: Session,
  caused: Caused,
  by: string,
  mails?: Trace['mails'],
): Trace => {
  const actor = { kind: 'user', id: session.userId } as const;
  const detail = { kind: session.kind, by };
  return traceOf('sessions.sign-in', { ...caused, actor }, domain.now(), detail, mails);
};

/** What the browser had before a sign-in is nobody's any more: no session outlives one [security 15]. */
export const endBefore = async (
  domain: Domain,
  before: { readonly session: Session } | undefined,
  caused: Caused,
): Promise<void> => {
  if (before === undefined) return;
  await domain.stores.sessions.end(before.session.id, traceOf('sessions.sign-out', caused, domain.now()));
};

/**
 * After a right password: the wanted session, or a half one while the second step is owed. Undefined when the password
 * changed since it was checked.
 */
export const openByPassword = async (
  domain: Domain,
  kind: 'cookie' | 'bearer',
  checked: User,
  caused: Caused,
): Promise<OpenedSession | undefined> => {
  let user: User | undefined = checked;
  // A second factor may come or go in between: then the question is asked anew.
  while (user?.passwordHash === checked.passwordHash) {
    const owed = user.secondFactorSinceMs !== undefined;
    const opened = await newSession(domain, owed ? 'half' : kind, user.id, caused);
    const trace = signInTrace(domain, opened.session, caused, 'password');
    if (await domain.stores.sessions.openByPassword(opened.session, checked.passwordHash, trace))
      return opened;
    user = await domain.stores.users.find(user.id);
  }
  return undefined;
};
