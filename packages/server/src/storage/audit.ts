// The audit log in SQL, for reading. Its rows come with every other write (record.ts).
import type { AuditEntry } from '../domain/audit/audit.ts';
import type { AuditFilter, AuditStore } from '../domain/audit/store.ts';
import type { Row, Value } from './engine.ts';
import type { Backing } from './record.ts';

/** Names are looked up for the rows of one page only: the limit comes first. */
const named = (page: string): string => `
  select a.*,
    coalesce(au.email, aa.name) as actor_name, coalesce(au.public_id, aa.public_id) as actor_public_id,
    coalesce(su.email, sa.name, sw.name, sv.name, sk.name, ca.name) as subject_name,
    coalesce(su.public_id, sa.public_id, sw.public_id, sv.public_id, sk.public_id, sc.public_id) as subject_public_id
  from (${page}) a
  left join users au on a.actor_kind = 'user' and au.id = a.actor_id
  left join apps aa on a.actor_kind = 'app' and aa.id = a.actor_id
  left join users su on a.subject_kind = 'user' and su.id = a.subject_id
  left join apps sa on a.subject_kind = 'app' and sa.id = a.subject_id
  left join workspaces sw on a.subject_kind = 'workspace' and sw.id = a.subject_id
  left join vendors sv on a.subject_kind = 'vendor' and sv.id = a.subject_id
  left join api_keys sk on a.subject_kind = 'key' and sk.id = a.subject_id
  left join connections sc on a.subject_kind = 'connection' and sc.id = a.subject_id
  left join apps ca on ca.id = sc.app_id
  order by a.id desc`;

type Part = { readonly sql: string; readonly values: Readonly<Record<string, Value>> };

const partsOf = (filter: AuditFilter, before: number | undefined): readonly Part[] => {
  const { subject, actor, verb, fromMs, untilMs } = filter;
  return [
    subject && {
      sql: 'subject_kind = :subjectKind and subject_id = :subjectId',
      values: { subjectKind: subject.kind, subjectId: subject.id },
    },
    actor && { sql: `actor_kind = '${actor.kind}'`, values: {} },
    actor?.id !== undefined && { sql: 'actor_id = :actorId', values: { actorId: actor.id } },
    verb !== undefined && {
      // Operations are named in small letters, dots and dashes, none of which a pattern reads.
      sql: '(verb = :verb or verb like :ofNoun)',
      values: { verb, ofNoun: `${verb}.%` },
    },
    fromMs !== undefined && { sql: 'at >= :fromMs', values: { fromMs } },
    untilMs !== undefined && { sql: 'at < :untilMs', values: { untilMs } },
    before !== undefined && { sql: 'id < :before', values: { before } },
  ].filter((part) => part !== false && part !== undefined);
};

const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const nameOf = (row: Row, role: 'actor' | 'subject') => {
  const name = text(row[`${role}_name`]);
  const publicId = text(row[`${role}_public_id`]);
  return { ...(name === undefined ? {} : { name }), ...(publicId === undefined ? {} : { publicId }) };
};

const entryOf = (row: Row): AuditEntry => ({
  id: Number(row['id']),
  atMs: Number(row['at']),
  verb: String(row['verb']),
  actor: {
    kind: String(row['actor_kind']) as AuditEntry['actor']['kind'],
    ...(row['actor_id'] === null ? {} : { id: Number(row['actor_id']) }),
    ...nameOf(row, 'actor'),
  },
  subject: {
    kind: String(row['subject_kind']) as AuditEntry['subject']['kind'],
    id: Number(row['subject_id']),
    ...nameOf(row, 'subject'),
  },
  requestId: String(row['request_id']),
  ...(row['detail'] === null
    ? {}
    : { detail: JSON.parse(String(row['detail'])) as NonNullable<AuditEntry['detail']> }),
});

export const auditStore = ({ engine }: Backing): AuditStore => ({
  async list(filter, before, limit) {
    const parts = partsOf(filter, before);
    const where = parts.length === 0 ? '' : `where ${parts.map(({ sql }) => sql).join(' and ')}`;
    const values = Object.assign({}, ...parts.map((part) => part.values)) as Part['values'];
    const rows = await engine.read({
      sql: named(`select * from audit ${where} order by id desc limit :limit`),
      values: { ...values, limit },
    });
    return rows.map(entryOf);
  },
});
