// Opens a session for a person who just proved who they are. Its id is new: no session outlives a sign-in [security 15].
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';
import { BEARER_MS, COOKIE_TOTAL_MS } from './lifetimes.ts';
import type { Session, SessionKind } from './session.ts';

export type OpenedSession = { readonly session: Session; readonly secret: string };

export const openSession = async (
  domain: Domain,
  kind: SessionKind,
  userId: number,
  caused: Caused,
): Promise<OpenedSession> => {
  const id = await domain.stores.nextId();
  const nowMs = domain.now();
  const prefix = kind === 'cookie' ? SECRET_PREFIX.session : SECRET_PREFIX.sessionBearer;
  const { secret, hash } = createRecordSecret(prefix, id, domain.secrets.random);
  const session: Session = {
    id,
    kind,
    userId,
    hash,
    createdAtMs: nowMs,
    authenticatedAtMs: nowMs,
    lastSeenAtMs: nowMs,
    endsAtMs: nowMs + (kind === 'cookie' ? COOKIE_TOTAL_MS : BEARER_MS),
    address: caused.address,
    device: caused.device,
  };
  const by: Caused = { ...caused, actor: { kind: 'user', id: userId } };
  await domain.stores.sessions.create(session, traceOf('sessions.sign-in', by, nowMs, { kind }));
  return { session, secret };
};
