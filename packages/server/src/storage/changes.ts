// The feed of changes in SQL.
import type { ChangeKind, NumberedChange } from '../domain/changes/change.ts';
import type { ChangeStore } from '../domain/changes/store.ts';
import { discardRows } from './discard.ts';
import type { Row } from './engine.ts';
import { type Backing, endedChange } from './record.ts';

const after = `select n, kind, subject_id, at, ended_at, epoch from changes
  where n > :n order by n limit :limit`;
/** Just before the first that is not older: with nodes' clocks a little apart, times need not follow the numbers. */
const beforeFirst = 'select min(n) - 1 as last from changes where at >= :at';
const newest = 'select max(n) as last from changes';
const forgettable = 'at < :before and (expires_at is null or expires_at < :before)';

const changeOf = (row: Row): NumberedChange => ({
  n: Number(row['n']),
  kind: String(row['kind']) as ChangeKind,
  id: Number(row['subject_id']),
  atMs: Number(row['at']),
  ended: row['ended_at'] !== null,
  epoch: Number(row['epoch']),
});

export const changeStore = ({ engine, record }: Backing): ChangeStore => ({
  async after(n, limit) {
    return (await engine.read({ sql: after, values: { n, limit } })).map(changeOf);
  },
  async lastBefore(atMs) {
    const [first] = await engine.read({ sql: beforeFirst, values: { at: atMs } });
    if (first !== undefined && first['last'] !== null) return Number(first['last']);
    const [last] = await engine.read({ sql: newest, values: {} });
    return Number(last?.['last'] ?? 0);
  },
  async revokeToken(tokenId, expiresAtMs, trace) {
    await record({
      trace,
      subject: { kind: 'token', id: tokenId },
      changes: [endedChange('token', tokenId, trace.atMs)],
      keepChangesUntilMs: expiresAtMs,
    });
  },
  discard: (beforeMs, limit) => discardRows(engine, 'changes', 'n', forgettable, beforeMs, limit),
});
