// Usage in SQL: an append-only log trimmed per app, and counters that are added to.
import type { UsageStore } from '../domain/usage/store.ts';
import { dayOf } from '../domain/usage/recorder.ts';
import type { Outcome, RequestEntry, UsageCount } from '../domain/usage/usage.ts';
import type { Row, Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { defineTable, readAll } from './table.ts';

const requestsTable = defineTable<RequestEntry>('requests', {
  id: 'id',
  appId: 'app_id',
  atMs: 'at',
  method: 'method',
  path: 'path',
  status: 'status',
  reason: 'reason',
  requestId: 'request_id',
  durationMs: 'duration_ms',
});

const insertRequest = requestsTable.insert();
const newest = requestsTable.select('where app_id = :appId and id < :before order by id desc limit :limit');
const newestRefused = requestsTable.select(
  "where app_id = :appId and id < :before and reason <> 'ok' order by id desc limit :limit",
);
const trim = `delete from requests where app_id = :appId and id <= (
  select id from requests where app_id = :appId order by id desc limit 1 offset :keep)`;

const add = (table: 'usage_minutes' | 'usage_days'): string => `
  insert into ${table} (app_id, start_at, what, outcome, n) values (:appId, :start, :what, :outcome, :n)
  on conflict (app_id, start_at, what, outcome) do update set n = ${table}.n + excluded.n`;
const addMinute = add('usage_minutes');
const addDay = add('usage_days');

const between = (table: 'usage_minutes' | 'usage_days'): string => `
  select app_id, start_at, what, outcome, n from ${table}
  where app_id = :appId and start_at >= :from and start_at < :to order by start_at, what, outcome`;
const minutes = between('usage_minutes');
const days = between('usage_days');

/** By whole slices of time: one statement removes at most `limit` starts of them. */
const forget = (table: 'usage_minutes' | 'usage_days'): string => `
  delete from ${table} where start_at in (
    select distinct start_at from ${table} where start_at < :before order by start_at limit :limit)`;
const countOld = (table: 'usage_minutes' | 'usage_days'): string => `
  select count(*) as n from (
    select distinct start_at from ${table} where start_at < :before order by start_at limit :limit) old`;

const countOf = (row: Row): UsageCount => ({
  appId: Number(row['app_id']),
  startMs: Number(row['start_at']),
  what: String(row['what']),
  outcome: String(row['outcome']) as Outcome,
  count: Number(row['n']),
});

const added = (sql: string, count: UsageCount, start: number): Statement => ({
  sql,
  values: { appId: count.appId, start, what: count.what, outcome: count.outcome, n: count.count },
});

export const usageStore = ({ engine }: Backing): UsageStore => {
  const discardFrom = async (
    table: 'usage_minutes' | 'usage_days',
    before: number,
    limit: number,
  ): Promise<number> => {
    const [row] = await engine.read({ sql: countOld(table), values: { before, limit } });
    const old = Number(row?.['n'] ?? 0);
    if (old > 0)
      await engine.commit({ claims: [], writes: [{ sql: forget(table), values: { before, limit } }] });
    return old;
  };
  return {
    async record({ requests, counts }) {
      await engine.commit({
        claims: [],
        writes: [
          ...requests.map(insertRequest),
          // In one order for every writer, so that two nodes never wait for each other in a ring.
          ...counts
            .toSorted((a, b) => a.appId - b.appId || a.startMs - b.startMs || (a.what < b.what ? -1 : 1))
            .flatMap((count) => [
              added(addMinute, count, count.startMs),
              added(addDay, count, dayOf(count.startMs)),
            ]),
        ],
      });
    },
    requestsOf: (appId, { refused, before = Number.MAX_SAFE_INTEGER, limit }) =>
      readAll(engine, requestsTable, refused ? newestRefused : newest, { appId, before, limit }),
    async minutesOf(appId, from, to) {
      return (await engine.read({ sql: minutes, values: { appId, from, to } })).map(countOf);
    },
    async daysOf(appId, from, to) {
      return (await engine.read({ sql: days, values: { appId, from, to } })).map(countOf);
    },
    async trim(appId, keep) {
      await engine.commit({ claims: [], writes: [{ sql: trim, values: { appId, keep } }] });
    },
    async discard(minutesBefore, daysBefore, limit) {
      return (
        (await discardFrom('usage_minutes', minutesBefore, limit)) +
        (await discardFrom('usage_days', daysBefore, limit))
      );
    },
  };
};
