// Management keys in SQL. A live key holds one of its maker's numbered places: the unique place is the claim.
import type { ManagementKey } from '../domain/management-keys/management-key.ts';
import type { ManagementKeyStore } from '../domain/management-keys/store.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { defineTable, readAll, readOne, textList } from './table.ts';

const fields = {
  id: 'id',
  publicId: 'public_id',
  userId: 'user_id',
  vendorId: 'vendor_id',
  name: 'name',
  hash: 'hash',
  lastFour: 'last_four',
  operations: textList('operations'),
  createdAtMs: 'created_at',
  expiresAtMs: 'expires_at',
  revokedAtMs: 'revoked_at',
  lastUsedAtMs: 'last_used_at',
} as const;

const table = defineTable<ManagementKey>('management_keys', fields);
const placed = defineTable<ManagementKey & { readonly slot: number }>('management_keys', {
  ...fields,
  slot: 'slot',
});

const byId = table.select('where id = :id');
const byPublicId = table.select('where public_id = :publicId');
const listed = table.select(
  'where (user_id = :userId or vendor_id = :vendorId) and id < :before order by id desc limit :limit',
);
const insert = placed.insert('on conflict (user_id, slot) do nothing');
const leaveExpired = `update management_keys set slot = null
  where user_id = :userId and slot is not null and expires_at <= :now`;
const taken = 'select slot from management_keys where user_id = :userId and slot is not null';
const revoke =
  'update management_keys set revoked_at = :at, slot = null where id = :id and revoked_at is null';
const endOfTeam = `update management_keys set revoked_at = :at, slot = null
  where user_id = :userId and vendor_id = :vendorId and revoked_at is null`;
/** Held while a team's key is made, so that its maker cannot leave in between. */
const holdPlace = `update vendor_members set joined_at = joined_at
  where user_id = :userId and vendor_id = :vendorId`;
const place = 'select user_id from vendor_members where user_id = :userId and vendor_id = :vendorId';

/** Who leaves a team takes no key to it along: one that comes back makes new ones. */
export const endTeamKeys = (vendorId: number, userId: number, atMs: number): Statement => ({
  sql: endOfTeam,
  values: { vendorId, userId, at: atMs },
});

const used = 'update management_keys set last_used_at = :at where id = :id';

export const managementKeyStore = ({ engine, record }: Backing): ManagementKeyStore => ({
  find: (id) => readOne(engine, table, byId, { id }),
  findByPublicId: (publicId) => readOne(engine, table, byPublicId, { publicId }),
  listFor: (userId, vendorId, { limit, before = Number.MAX_SAFE_INTEGER }) =>
    // No id is 0: without a vendor nothing is found by it.
    readAll(engine, table, listed, { userId, vendorId: vendorId ?? 0, before, limit }),
  async create(key, limit, trace) {
    const { userId, vendorId } = key;
    const onTeam = vendorId === undefined ? undefined : { userId, vendorId };
    const leave = { sql: leaveExpired, values: { userId, now: trace.atMs } };
    await engine.commit({ claims: [], writes: [leave] });
    for (;;) {
      const rows = await engine.read({ sql: taken, values: { userId } });
      const held = new Set(rows.map((row) => Number(row['slot'])));
      const slot = Array.from({ length: limit }, (_, index) => index + 1).find((one) => !held.has(one));
      if (slot === undefined) return 'limit';
      const claims = [
        ...(onTeam === undefined ? [] : [{ sql: holdPlace, values: onTeam }]),
        insert({ ...key, slot }),
      ];
      if (await record({ claims, trace, subject: { kind: 'management-key', id: key.id } })) return 'created';
      if (onTeam !== undefined && (await engine.read({ sql: place, values: onTeam })).length === 0)
        return 'not-on-team';
    }
  },
  revoke: (id, trace) =>
    record({
      claims: [{ sql: revoke, values: { id, at: trace.atMs } }],
      trace,
      subject: { kind: 'management-key', id },
    }),
  async used(id, atMs) {
    await engine.commit({ claims: [], writes: [{ sql: used, values: { id, at: atMs } }] });
  },
});
