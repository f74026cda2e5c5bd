// The outbox in SQL. Rows come in with the trace of another write (record.ts).
import type { MailStore } from '../domain/mail/store.ts';
import { discardRows } from './discard.ts';
import { mailsTable } from './mails-table.ts';
import type { Backing } from './record.ts';
import { readAll, readOne } from './table.ts';

const byId = mailsTable.select('where id = :id');
const dueNow = mailsTable.select('where next_attempt_at <= :now order by next_attempt_at, id limit :limit');
const newest = mailsTable.select('order by id desc limit :limit');
const newestBefore = mailsTable.select('where id < :before order by id desc limit :limit');
const take = `update mails set next_attempt_at = :until, attempts = attempts + 1
  where id = :id and next_attempt_at <= :now`;
const sentKeeping =
  'update mails set sent_at = :at, next_attempt_at = null, last_error = null where id = :id';
const sentWiping =
  'update mails set sent_at = :at, next_attempt_at = null, last_error = null, body = null where id = :id';
const failedForNow = 'update mails set last_error = :error, next_attempt_at = :next where id = :id';
const givenUp =
  'update mails set last_error = :error, next_attempt_at = null, failed_at = :at where id = :id';
const retry = `update mails set next_attempt_at = :at, failed_at = null
  where id = :id and failed_at is not null and body is not null`;

export const mailStore = ({ engine, record }: Backing): MailStore => {
  const write = async (sql: string, values: Record<string, string | number>): Promise<void> => {
    await engine.commit({ claims: [], writes: [{ sql, values }] });
  };
  return {
    find: (id) => readOne(engine, mailsTable, byId, { id }),
    async queue(trace, about) {
      await record({ trace, subject: about });
    },
    due: (nowMs, limit) => readAll(engine, mailsTable, dueNow, { now: nowMs, limit }),
    take: (id, nowMs, untilMs) =>
      engine.commit({ claims: [{ sql: take, values: { id, now: nowMs, until: untilMs } }], writes: [] }),
    sent: (id, atMs, keepBody) => write(keepBody ? sentKeeping : sentWiping, { id, at: atMs }),
    failed: (id, atMs, error, nextAttemptAtMs) =>
      nextAttemptAtMs === undefined
        ? write(givenUp, { id, at: atMs, error })
        : write(failedForNow, { id, error, next: nextAttemptAtMs }),
    retry: (id, trace) =>
      record({
        claims: [{ sql: retry, values: { id, at: trace.atMs } }],
        trace,
        subject: { kind: 'mail', id },
      }),
    discard: (beforeMs, limit) =>
      discardRows(
        engine,
        'mails',
        'id',
        'next_attempt_at is null and created_at < :before',
        beforeMs,
        limit,
        'created_at',
      ),
    list: (before, limit) =>
      before === undefined
        ? readAll(engine, mailsTable, newest, { limit })
        : readAll(engine, mailsTable, newestBefore, { before, limit }),
  };
};
