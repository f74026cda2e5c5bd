// What reviewers and vendors are told beside a submission: effects in numbers, names, addresses, what happened before.
import type { HistoryEntry, ReviewStore } from '../domain/reviews/store.ts';
import type { Row } from './engine.ts';
import type { Backing } from './record.ts';

const signedIn = `
  select count(*) as n from connections c
  where c.app_id = :appId and c.ended_at is null and c.key_id is null and exists (
    select 1 from grants g where g.connection_id = c.id and g.ended_at is null
      and g.ends_at > :now and g.epoch = :epoch)`;
const everConnected = 'select id from connections where app_id = :appId and key_id is null limit 1';
/** Nobody waits for it but a reviewer, so reading the beginning of the table is good enough. */
const otherNames = `
  select name from apps
  where deleted_at is null and id <> :appId and coalesce(vendor_id, 0) <> :vendorId order by id limit :limit`;
const published = `
  select id from apps where vendor_id = :vendorId and status = 'production' limit 1`;
const team = `
  select u.email as email from vendor_members t join users u on u.id = t.user_id
  where t.vendor_id = :vendorId and u.disabled_at is null order by u.id limit 200`;

const historySql = (verbs: readonly string[]): string => {
  if (verbs.some((verb) => !/^[a-z.-]+$/.test(verb))) throw new Error('not a verb of ours');
  return `select id, at, verb, actor_id, detail from audit
    where subject_kind = 'app' and subject_id = :appId and id < :before
      and verb in (${verbs.map((verb) => `'${verb}'`).join(', ')})
    order by id desc limit :limit`;
};

const entryOf = (row: Row): HistoryEntry => ({
  id: Number(row['id']),
  atMs: Number(row['at']),
  verb: String(row['verb']),
  actorId: row['actor_id'] === null ? undefined : Number(row['actor_id']),
  detail: row['detail'] === null ? {} : (JSON.parse(String(row['detail'])) as HistoryEntry['detail']),
});

type FactMethods = Pick<
  ReviewStore,
  'countSignedIn' | 'wasEverConnected' | 'otherAppNames' | 'hasPublished' | 'teamAddresses' | 'historyOf'
>;

export const reviewFacts = ({ engine }: Backing): FactMethods => ({
  async countSignedIn(appId, epoch, nowMs) {
    const [row] = await engine.read({ sql: signedIn, values: { appId, epoch, now: nowMs } });
    return Number(row?.['n'] ?? 0);
  },
  async wasEverConnected(appId) {
    return (await engine.read({ sql: everConnected, values: { appId } })).length > 0;
  },
  async otherAppNames({ id, vendorId }, limit) {
    const values = { appId: id, vendorId: vendorId ?? 0, limit };
    return (await engine.read({ sql: otherNames, values })).map((row) => String(row['name']));
  },
  async hasPublished(vendorId) {
    return (await engine.read({ sql: published, values: { vendorId } })).length > 0;
  },
  async teamAddresses(vendorId) {
    return (await engine.read({ sql: team, values: { vendorId } })).map((row) => String(row['email']));
  },
  async historyOf(appId, verbs, before, limit) {
    const values = { appId, before: before ?? Number.MAX_SAFE_INTEGER, limit };
    return (await engine.read({ sql: historySql(verbs), values })).map(entryOf);
  },
});
