// App secrets in SQL: at most two live at a time.
import type { AppSecret } from '../domain/apps/app.ts';
import type { AppStore } from '../domain/apps/store.ts';
import type { Backing } from './record.ts';
import { defineTable, readAll, readOne } from './table.ts';

const secretsTable = defineTable<AppSecret>('app_secrets', {
  id: 'id',
  appId: 'app_id',
  hash: 'hash',
  lastFour: 'last_four',
  createdAtMs: 'created_at',
  endsAtMs: 'ends_at',
  lastUsedAtMs: 'last_used_at',
  lastUsedFrom: 'last_used_from',
});

export const insertSecret = secretsTable.insert();
const byId = secretsTable.select('where id = :id');
const liveOf = secretsTable.select(
  'where app_id = :appId and (ends_at is null or ends_at > :now) order by created_at desc, id desc',
);
const used = 'update app_secrets set last_used_at = :at, last_used_from = :from where id = :id';

/**
 * `older_secrets_end_at` is when the last but the newest secret ends: while it lies ahead, two are live. Rolling is a
 * claim on that, so no count of rows can be out of date.
 */
const rollKeepingOlder = `update apps set older_secrets_end_at = :end
  where id = :appId and (older_secrets_end_at is null or older_secrets_end_at <= :now)`;
const rollEndingOlder = 'update apps set older_secrets_end_at = :end where id = :appId';
const endOthers = `update app_secrets set ends_at = :end
  where app_id = :appId and (ends_at is null or ends_at > :end)`;

type SecretMethods = Pick<AppStore, 'secretsOf' | 'findSecret' | 'rollSecret' | 'secretUsed'>;

export const appSecretStore = ({ engine, record }: Backing): SecretMethods => ({
  secretsOf: (appId, nowMs) => readAll(engine, secretsTable, liveOf, { appId, now: nowMs }),
  findSecret: (id) => readOne(engine, secretsTable, byId, { id }),
  async rollSecret(secret, othersEndAtMs, trace) {
    const { appId } = secret;
    const now = trace.atMs;
    const claim =
      othersEndAtMs <= now
        ? { sql: rollEndingOlder, values: { appId, end: othersEndAtMs } }
        : { sql: rollKeepingOlder, values: { appId, end: othersEndAtMs, now } };
    const rolled = await record({
      claims: [claim],
      writes: [{ sql: endOthers, values: { appId, end: othersEndAtMs } }, insertSecret(secret)],
      trace,
      subject: { kind: 'app', id: appId },
      changes: [{ kind: 'secrets', id: appId, atMs: now, ended: false, epoch: 0 }],
    });
    return rolled ? 'rolled' : 'too-many';
  },
  async secretUsed(id, atMs, from) {
    await engine.commit({ claims: [], writes: [{ sql: used, values: { id, at: atMs, from } }] });
  },
});
