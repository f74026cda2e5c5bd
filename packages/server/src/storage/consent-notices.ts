// Mails owed after a breaking publish: one row, walked by person, so that a killed run goes on where it stood.
import type { ReviewStore } from '../domain/reviews/store.ts';
import type { Submission } from '../domain/reviews/submission.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { noticesTable } from './submission-table.ts';
import { readOne } from './table.ts';

const insert = noticesTable.insert();
const next = noticesTable.select('where done_at is null order by id limit 1');
const people = `
  select distinct c.user_id as user_id, u.email as email
  from connections c join users u on u.id = c.user_id
  where c.app_id = :appId and c.user_id > :after and c.ended_at is null and c.key_id is null
    and c.created_at <= :at and u.disabled_at is null
    and not exists (select 1 from connections n where n.app_id = c.app_id and n.user_id = c.user_id
      and n.ended_at is null and n.created_at > :at)
  order by c.user_id limit :limit`;
const advance = `update consent_notices set told_until = :until, told = told + :count
  where id = :id and told_until = :from and done_at is null`;
const finish = `update consent_notices set told_until = :until, told = told + :count, done_at = :at
  where id = :id and told_until = :from and done_at is null`;

export const startNotice = (
  id: number,
  submission: Pick<Submission, 'id' | 'appId'>,
  atMs: number,
): Statement =>
  insert({
    id,
    appId: submission.appId,
    submissionId: submission.id,
    createdAtMs: atMs,
    toldUntil: 0,
    told: 0,
  });

type NoticeMethods = Pick<ReviewStore, 'nextNotice' | 'peopleToTell' | 'told'>;

export const noticeStore = ({ engine, record }: Backing): NoticeMethods => ({
  nextNotice: () => readOne(engine, noticesTable, next, {}),
  async peopleToTell({ appId, toldUntil, createdAtMs }, limit) {
    const values = { appId, after: toldUntil, at: createdAtMs, limit };
    const rows = await engine.read({ sql: people, values });
    return rows.map((row) => ({ userId: Number(row['user_id']), email: String(row['email']) }));
  },
  told({ id, appId, toldUntil }, until, count, done, trace) {
    const values = { id, from: toldUntil, until, count };
    return record({
      claims: [done ? { sql: finish, values: { ...values, at: trace.atMs } } : { sql: advance, values }],
      trace,
      subject: { kind: 'app', id: appId },
    });
  },
});
