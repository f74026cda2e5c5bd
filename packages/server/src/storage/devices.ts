// Device requests in SQL: opening, finding, binding, denying, cleaning up. Approval and hand-over: device-outcomes.ts.
import type { DeviceStore } from '../domain/devices/store.ts';
import { deviceOutcomeStore } from './device-outcomes.ts';
import { devicesTable, giveBackPlace } from './device-tables.ts';
import { discardRows } from './discard.ts';
import type { Engine } from './engine.ts';
import type { Backing } from './record.ts';
import { readOne } from './table.ts';

const byId = devicesTable.select('where id = :id');
const polled = devicesTable.as('d', [
  'id',
  'hash',
  'appId',
  'outcome',
  'expiresAtMs',
  'approvedAtMs',
  'deniedAtMs',
  'claimedAtMs',
]);
const polledById = `select ${polled.columns} from device_requests d where d.id = :id`;
const byUserCode = devicesTable.select('where user_code_hash = :hash');
const insert = devicesTable.insert('on conflict (user_code_hash) do nothing');
const countPending = `update counters set n = n + 1 where name = 'devices-pending' and n < :limit`;
const bind = `update device_requests set bound_user_id = :userId, bound_session_id = :sessionId
  where id = :id and bound_user_id is null and approved_at is null and denied_at is null and expires_at > :at`;
const deny = `update device_requests set denied_at = :at, uncounted_at = :at
  where id = :id and approved_at is null and denied_at is null and uncounted_at is null and expires_at > :at
  and (bound_user_id is null or bound_user_id = :userId)`;
/** The terminal's own no: nobody else holds the device code. */
const withdraw = `update device_requests set denied_at = :at, uncounted_at = :at
  where id = :id and approved_at is null and denied_at is null and uncounted_at is null and expires_at > :at`;

/** One slice of the expired requests that still hold a place among the pending ones. */
const expiredCounted = `select id from device_requests
  where uncounted_at is null and expires_at <= :now order by expires_at, id limit 200`;
const uncount = 'update device_requests set uncounted_at = :at where id = :id and uncounted_at is null';
const over = 'uncounted_at is not null and coalesce(denied_at, claimed_at, expires_at) < :before';

/** Gives back the places of expired requests, each once; answers whether there were any. */
const freeExpired = async (engine: Engine, nowMs: number): Promise<boolean> => {
  const rows = await engine.read({ sql: expiredCounted, values: { now: nowMs } });
  await Promise.all(
    rows.map((row) =>
      engine.commit({
        claims: [{ sql: uncount, values: { id: Number(row['id']), at: nowMs } }],
        writes: [giveBackPlace],
      }),
    ),
  );
  return rows.length > 0;
};

export const deviceStore = (backing: Backing): DeviceStore => {
  const { engine, record } = backing;
  const find: DeviceStore['find'] = (id) => readOne(engine, devicesTable, byId, { id });
  const findByUserCodeHash: DeviceStore['findByUserCodeHash'] = (hash) =>
    readOne(engine, devicesTable, byUserCode, { hash });

  return {
    ...deviceOutcomeStore(backing, find),
    find,
    findPolled: (id) => readOne(engine, polled, polledById, { id }),
    findByUserCodeHash,
    async open(request, limit) {
      const claims = [{ sql: countPending, values: { limit } }, insert(request)];
      for (;;) {
        if (await engine.commit({ claims, writes: [] })) return 'opened';
        if ((await findByUserCodeHash(request.userCodeHash)) !== undefined) return 'code-taken';
        if (!(await freeExpired(engine, request.createdAtMs))) return 'too-many';
      }
    },
    async bind(id, userId, sessionId, atMs) {
      const claim = { sql: bind, values: { id, userId, sessionId, at: atMs } };
      if (await engine.commit({ claims: [claim], writes: [] })) return true;
      return (await find(id))?.boundUserId === userId;
    },
    deny: (id, userId, trace) =>
      record({
        claims: [{ sql: deny, values: { id, userId, at: trace.atMs } }],
        writes: [giveBackPlace],
        trace,
        subject: { kind: 'device-request', id },
      }),
    withdraw: (id, trace) =>
      record({
        claims: [{ sql: withdraw, values: { id, at: trace.atMs } }],
        writes: [giveBackPlace],
        trace,
        subject: { kind: 'device-request', id },
      }),
    async discard(endedBeforeMs, limit) {
      await freeExpired(engine, endedBeforeMs);
      return discardRows(engine, 'device_requests', 'id', over, endedBeforeMs, limit);
    },
  };
};
