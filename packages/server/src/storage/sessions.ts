// Sessions in SQL.
import type { Session } from '../domain/sessions/session.ts';
import type { SessionStore } from '../domain/sessions/store.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { defineTable, readAll, readOne } from './table.ts';

const sessionsTable = defineTable<Session>('sessions', {
  id: 'id',
  kind: 'kind',
  userId: 'user_id',
  hash: 'hash',
  createdAtMs: 'created_at',
  authenticatedAtMs: 'authenticated_at',
  lastSeenAtMs: 'last_seen_at',
  endsAtMs: 'ends_at',
  address: 'address',
  device: 'device',
  endedAtMs: 'ended_at',
});

const byId = sessionsTable.select('where id = :id');
const activeOf = sessionsTable.select(
  'where user_id = :userId and ended_at is null and ends_at > :now order by created_at desc, id desc',
);
export const insertSession = sessionsTable.insert();
const seen = 'update sessions set last_seen_at = :at where id = :id';
const authenticated = 'update sessions set authenticated_at = :at where id = :id and ended_at is null';
const end = 'update sessions set ended_at = :at where id = :id and ended_at is null';
/** `kept` 0: none. */
const endOthers =
  'update sessions set ended_at = :at where user_id = :userId and id <> :kept and ended_at is null';

export const endSession = (id: number, at: number): Statement => ({ sql: end, values: { id, at } });
export const refreshSession = (id: number, at: number): Statement => ({
  sql: authenticated,
  values: { id, at },
});
export const endOtherSessions = (userId: number, kept: number | undefined, at: number): Statement => ({
  sql: endOthers,
  values: { userId, kept: kept ?? 0, at },
});

/** The user as the password check saw them: held, so that nothing about it changes until the session is there. */
const holdProven = (userId: number, passwordHash: string, half: boolean): Statement => ({
  sql: half
    ? 'update users set password_hash = password_hash where id = :userId and password_hash = :passwordHash'
    : `update users set password_hash = password_hash
        where id = :userId and password_hash = :passwordHash and second_factor_since is null`,
  values: { userId, passwordHash },
});

export const sessionStore = ({ engine, record }: Backing): SessionStore => ({
  find: (id) => readOne(engine, sessionsTable, byId, { id }),
  openByPassword: (session, passwordHash, trace) =>
    record({
      claims: [holdProven(session.userId, passwordHash, session.kind === 'half')],
      writes: [insertSession(session)],
      trace,
      subject: { kind: 'session', id: session.id },
    }),
  async seen(id, atMs) {
    await engine.commit({ claims: [], writes: [{ sql: seen, values: { id, at: atMs } }] });
  },
  async authenticated(id, trace) {
    await record({
      claims: [refreshSession(id, trace.atMs)],
      trace,
      subject: { kind: 'session', id },
    });
  },
  end: (id, trace) =>
    record({
      claims: [endSession(id, trace.atMs)],
      trace,
      subject: { kind: 'session', id },
    }),
  async endOthers(userId, kept, trace) {
    await record({
      writes: [endOtherSessions(userId, kept, trace.atMs)],
      trace,
      subject: { kind: 'user', id: userId },
    });
  },
  listOf: (userId, nowMs) => readAll(engine, sessionsTable, activeOf, { userId, now: nowMs }),
});
