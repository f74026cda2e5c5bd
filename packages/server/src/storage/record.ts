// Record: what every traced write leaves in its own unit, an audit row and numbered changes, and word of them afterwards.
//
// Lock order, the same in every unit so that none waits for another in a ring: user, session, workspace, membership, key, connection, grant, code,
// device request, counter, and last the feed.
import type { Change, ChangeKind } from '../domain/changes/change.ts';
import type { OnChange } from '../domain/stores.ts';
import type { NewMail } from '../domain/mail/mail.ts';
import type { SubjectKind, Trace } from '../domain/trace.ts';
import type { Engine, Statement } from './engine.ts';
import { insertMail } from './mails-table.ts';
import type { NextId } from './ids.ts';

export type TracedUnit = {
  readonly claims?: readonly Statement[];
  readonly writes?: readonly Statement[];
  readonly trace: Trace;
  readonly subject: { readonly kind: SubjectKind; readonly id: number };
  readonly changes?: readonly Change[];
  /** The changes may be forgotten then, and not before; else when no token can be older than they are. */
  readonly keepChangesUntilMs?: number;
  /** Rows that the unit's own writes ended, known only to the database. */
  readonly endedRows?: readonly EndedRows[];
};

/** `from` names the rows as `r`: `api_keys r where r.member_id = :member and r.revoked_at = :at`; `:at` is the trace's. */
export type EndedRows = {
  readonly kind: ChangeKind;
  readonly from: string;
  readonly values: Readonly<Record<string, number>>;
};

/** What each noun's store stands on. */
export type Backing = {
  readonly engine: Engine;
  readonly nextId: NextId;
  /** Commits the unit with its trace. A node's own memory learns the changes before the caller gets its answer. */
  readonly record: (unit: TracedUnit) => Promise<boolean>;
};

export const openBacking = (engine: Engine, nextId: NextId, onChange: OnChange): Backing => ({
  engine,
  nextId,
  async record(unit) {
    const { claims = [], writes = [], trace, subject, changes = [], endedRows = [] } = unit;
    const audit = auditRow(await nextId(), trace, subject);
    const mails = await Promise.all(
      (trace.mails ?? []).map(async (mail) => waiting(await nextId(), mail, trace.atMs)),
    );
    const feed = [
      ...changes.flatMap((change) => announce(change, unit.keepChangesUntilMs)),
      ...endedRows.flatMap((rows) => announceRows(rows, trace.atMs)),
    ];
    const won = await engine.commit({ claims, writes: [...writes, audit, ...mails, ...feed] });
    if (!won) return false;
    const found = await Promise.all(endedRows.map((rows) => readChanges(engine, rows, trace.atMs)));
    const written = [...changes, ...found.flat()];
    if (written.length > 0) onChange(written);
    return true;
  },
});

const waiting = (id: number, mail: NewMail, atMs: number): Statement =>
  insertMail({ id, ...mail, createdAtMs: atMs, attempts: 0, nextAttemptAtMs: atMs });

const insertAudit = `
  insert into audit (id, at, verb, actor_kind, actor_id, subject_kind, subject_id, request_id, detail)
  values (:id, :at, :verb, :actor_kind, :actor_id, :subject_kind, :subject_id, :request_id, :detail)`;

const auditRow = (id: number, trace: Trace, subject: TracedUnit['subject']): Statement => ({
  sql: insertAudit,
  values: {
    id,
    at: trace.atMs,
    verb: trace.verb,
    actor_kind: trace.actor.kind,
    actor_id: 'id' in trace.actor ? trace.actor.id : null,
    subject_kind: subject.kind,
    subject_id: subject.id,
    request_id: trace.requestId,
    detail: trace.detail === undefined ? null : JSON.stringify(trace.detail),
  },
});

/** The feed's row stays locked until the commit, so numbers are in commit order (protocol.md 8): always a unit's last step. */
const nextNumber: Statement = { sql: 'update feed set n = n + 1', values: {} };

const insertChange = `
  insert into changes (n, kind, subject_id, at, ended_at, epoch, expires_at)
  select f.n, :kind, :subject_id, :at, :ended_at, :epoch, :expires_at from feed f`;

const announce = (change: Change, keepUntilMs: number | undefined): readonly Statement[] => [
  nextNumber,
  {
    sql: insertChange,
    values: {
      kind: change.kind,
      subject_id: change.id,
      at: change.atMs,
      ended_at: change.ended ? change.atMs : null,
      epoch: change.epoch,
      expires_at: keepUntilMs ?? null,
    },
  },
];

const announceRows = ({ kind, from, values }: EndedRows, atMs: number): readonly Statement[] => [
  { sql: `update feed set n = n + (select count(*) from ${from})`, values: { ...values, at: atMs } },
  {
    sql: `
      insert into changes (n, kind, subject_id, at, ended_at, epoch)
      select f.n + 1 - row_number() over (order by r.id desc), '${kind}', r.id, :at, :at, 0
      from feed f, ${from}`,
    values: { ...values, at: atMs },
  },
];

const readChanges = async (
  engine: Engine,
  { kind, from, values }: EndedRows,
  atMs: number,
): Promise<readonly Change[]> => {
  const rows = await engine.read({ sql: `select r.id as id from ${from}`, values: { ...values, at: atMs } });
  return rows.map((row) => endedChange(kind, Number(row['id']), atMs));
};

export const endedChange = (kind: ChangeKind, id: number, atMs: number): Change => ({
  kind,
  id,
  atMs,
  ended: true,
  epoch: 0,
});
