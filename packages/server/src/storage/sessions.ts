// Sessions in SQL.
import type { Session } from '../domain/sessions/session.ts';
import type { SessionStore } from '../domain/sessions/store.ts';
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
const insert = sessionsTable.insert();
const seen = 'update sessions set last_seen_at = :at where id = :id';
const authenticated = 'update sessions set authenticated_at = :at where id = :id and ended_at is null';
const end = 'update sessions set ended_at = :at where id = :id and ended_at is null';

export const sessionStore = ({ engine, record }: Backing): SessionStore => ({
  find: (id) => readOne(engine, sessionsTable, byId, { id }),
  async create(session, trace) {
    await record({ writes: [insert(session)], trace, subject: { kind: 'session', id: session.id } });
  },
  async seen(id, atMs) {
    await engine.commit({ claims: [], writes: [{ sql: seen, values: { id, at: atMs } }] });
  },
  async authenticated(id, trace) {
    await record({
      claims: [{ sql: authenticated, values: { id, at: trace.atMs } }],
      trace,
      subject: { kind: 'session', id },
    });
  },
  end: (id, trace) =>
    record({
      claims: [{ sql: end, values: { id, at: trace.atMs } }],
      trace,
      subject: { kind: 'session', id },
    }),
  listOf: (userId, nowMs) => readAll(engine, sessionsTable, activeOf, { userId, now: nowMs }),
});
