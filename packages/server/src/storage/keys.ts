// API keys in SQL. How many count against a member's limit is a column of the membership, claimed and given back.
import type { ApiKey } from '../domain/keys/key.ts';
import type { KeyStore } from '../domain/keys/store.ts';
import type { Engine, Row, Statement } from './engine.ts';
import { type Backing, endedChange } from './record.ts';
import { defineTable, pageValues, readAll, readOne } from './table.ts';

type FlatKey = Omit<ApiKey, 'acknowledged'> & {
  readonly acknowledgedAtMs: number;
  readonly acknowledgedAddress: string;
  readonly acknowledgedDevice: string;
};

const flatTable = defineTable<FlatKey>('api_keys', {
  id: 'id',
  publicId: 'public_id',
  userId: 'user_id',
  workspaceId: 'workspace_id',
  memberId: 'member_id',
  form: 'form',
  name: 'name',
  description: 'description',
  hash: 'hash',
  nonce: 'nonce',
  lastFour: 'last_four',
  madeBy: 'made_by',
  createdAtMs: 'created_at',
  expiresAtMs: 'expires_at',
  revokedAtMs: 'revoked_at',
  collectedAtMs: 'collected_at',
  lastUsedAtMs: 'last_used_at',
  acknowledgedAtMs: 'acknowledged_at',
  acknowledgedAddress: 'acknowledged_address',
  acknowledgedDevice: 'acknowledged_device',
});

const nested = (flat: FlatKey): ApiKey => {
  const { acknowledgedAtMs, acknowledgedAddress, acknowledgedDevice, ...key } = flat;
  const acknowledged = { atMs: acknowledgedAtMs, address: acknowledgedAddress, device: acknowledgedDevice };
  return { ...key, acknowledged };
};

const keysTable = { entity: (row: Row): ApiKey => nested(flatTable.entity(row)) };

/** Under the alias `k`. */
export const keyLife = flatTable.as('k', ['expiresAtMs', 'revokedAtMs', 'collectedAtMs']);

const byId = flatTable.select('where id = :id');
const byPublicId = flatTable.select('where public_id = :publicId');
const ofUser = flatTable.select('where user_id = :userId and id < :before order by id desc limit :limit');
const insertFlat = flatTable.insert();
const byLookup = 'select key_id from legacy_keys where lookup = :lookup';
const insertLookup =
  'insert into legacy_keys (lookup, key_id) values (:lookup, :keyId) on conflict (lookup) do nothing';
const used = 'update api_keys set last_used_at = :at where id = :id';

const insertKey = ({ acknowledged, ...key }: ApiKey): Statement =>
  insertFlat({
    ...key,
    acknowledgedAtMs: acknowledged.atMs,
    acknowledgedAddress: acknowledged.address,
    acknowledgedDevice: acknowledged.device,
  });

/** The claims by which a key comes to be: a place among the member's keys, then the row. */
export const claimNewKey = (key: ApiKey, limit: number): readonly Statement[] => [
  {
    sql: `update members set counted_keys = counted_keys + 1
      where id = :memberId and ended_at is null and counted_keys < :limit`,
    values: { memberId: key.memberId, limit },
  },
  insertKey(key),
];

const giveBackPlace = (memberId: number): Statement => ({
  sql: 'update members set counted_keys = counted_keys - 1 where id = :memberId and counted_keys > 0',
  values: { memberId },
});

const expiredCounted = `select id from api_keys
  where member_id = :memberId and uncounted_at is null and expires_at <= :now`;
const uncount = 'update api_keys set uncounted_at = :at where id = :id and uncounted_at is null';

/** Gives back the places of a member's expired keys, each once; answers whether there were any. */
export const freeExpiredKeys = async (engine: Engine, memberId: number, nowMs: number): Promise<boolean> => {
  const rows = await engine.read({ sql: expiredCounted, values: { memberId, now: nowMs } });
  for (const row of rows) {
    const values = { id: Number(row['id']), at: nowMs };
    await engine.commit({ claims: [giveBackPlace(memberId), { sql: uncount, values }], writes: [] });
  }
  return rows.length > 0;
};

const revokeCounted = `update api_keys set revoked_at = :at, uncounted_at = :at
  where id = :id and revoked_at is null and uncounted_at is null`;
const revokeUncounted = `update api_keys set revoked_at = :at
  where id = :id and revoked_at is null and uncounted_at is not null`;

export const keyStore = ({ engine, record }: Backing): KeyStore => {
  const find: KeyStore['find'] = (id) => readOne(engine, keysTable, byId, { id });
  return {
    find,
    findByPublicId: (publicId) => readOne(engine, keysTable, byPublicId, { publicId }),
    listOf: (userId, page) => readAll(engine, keysTable, ofUser, { userId, ...pageValues(page) }),
    async create(key, limit, trace) {
      for (;;) {
        const claims = claimNewKey(key, limit);
        if (await record({ claims, trace, subject: { kind: 'key', id: key.id } })) return 'created';
        if (!(await freeExpiredKeys(engine, key.memberId, trace.atMs))) return 'limit';
      }
    },
    importLegacy: (key, lookup, trace) =>
      record({
        claims: [
          ...claimNewKey(key, Number.MAX_SAFE_INTEGER),
          { sql: insertLookup, values: { lookup, keyId: key.id } },
        ],
        trace,
        subject: { kind: 'key', id: key.id },
      }),
    async findLegacy(lookup) {
      const [row] = await engine.read({ sql: byLookup, values: { lookup } });
      return row === undefined ? undefined : Number(row['key_id']);
    },
    async revoke(id, trace) {
      const key = await find(id);
      if (key === undefined) return false;
      const values = { id, at: trace.atMs };
      const revoke = (claims: readonly Statement[]): Promise<boolean> =>
        record({
          claims,
          trace,
          subject: { kind: 'key', id },
          changes: [endedChange('key', id, trace.atMs)],
        });
      // An expired key may have given its place back already; being uncounted is for ever, so the second try is final.
      if (await revoke([giveBackPlace(key.memberId), { sql: revokeCounted, values }])) return true;
      return revoke([{ sql: revokeUncounted, values }]);
    },
    async used(id, atMs) {
      await engine.commit({ claims: [], writes: [{ sql: used, values: { id, at: atMs } }] });
    },
  };
};
