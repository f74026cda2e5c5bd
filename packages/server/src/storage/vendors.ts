// Vendors and their teams in SQL. The vendor's row counts its team, so that the last member stays, whoever is removed at once.
import type { TeamMember, Vendor } from '../domain/vendors/vendor.ts';
import type { VendorStore } from '../domain/vendors/store.ts';
import { endConnections, ofFormerTeamMember } from './end-connections.ts';
import type { Row, Statement } from './engine.ts';
import { endTeamKeys } from './management-keys.ts';
import type { Backing } from './record.ts';
import { defineTable, readOne } from './table.ts';
import { usersTable } from './users.ts';

export const vendorsTable = defineTable<Vendor>('vendors', {
  id: 'id',
  publicId: 'public_id',
  name: 'name',
  contactName: 'contact_name',
  contactEmail: 'contact_email',
  contactPhone: 'contact_phone',
  createdAtMs: 'created_at',
});

const byId = vendorsTable.select('where id = :id');
const byPublicId = vendorsTable.select('where public_id = :publicId');
const ofUser = vendorsTable.select(
  'where id = (select t.vendor_id from vendor_members t where t.user_id = :userId)',
);
const insertVendor = vendorsTable.insert();
const change = vendorsTable.update(['id', 'publicId', 'createdAtMs'], 'where id = :id');
const onTeam = 'select user_id from vendor_members where user_id = :userId and vendor_id = :vendorId';

const user = usersTable.as('u');
const members = `select ${user.columns}, t.joined_at as joined_at
  from vendor_members t join users u on u.id = t.user_id
  where t.vendor_id = :vendorId order by t.joined_at, t.user_id limit :limit`;
const memberOf = (row: Row): TeamMember => ({ user: user.entity(row), joinedAtMs: Number(row['joined_at']) });

/** A claim, one team per user: the user is the key. */
export const joinTeam = (vendorId: number, userId: number, atMs: number): Statement => ({
  sql: `insert into vendor_members (user_id, vendor_id, joined_at) values (:userId, :vendorId, :at)
    on conflict (user_id) do nothing`,
  values: { userId, vendorId, at: atMs },
});
export const countOneMore = (vendorId: number): Statement => ({
  sql: 'update vendors set counted_members = counted_members + 1 where id = :vendorId',
  values: { vendorId },
});
/** A new vendor with the first of its team. */
export const foundVendor = (vendor: Vendor, firstMember: number, atMs: number): readonly Statement[] => [
  insertVendor(vendor),
  joinTeam(vendor.id, firstMember, atMs),
  countOneMore(vendor.id),
];
const countOneLess = `update vendors set counted_members = counted_members - 1
  where id = :vendorId and counted_members > 1`;
const leaveTeam = 'delete from vendor_members where user_id = :userId and vendor_id = :vendorId';

/** Claims of a person who gives up a team of their own, with no app, for another. */
export const moveTeam = (from: number, to: number, userId: number, atMs: number): readonly Statement[] => [
  {
    sql: `update vendors set counted_members = 0 where id = :leaving and counted_members = 1
      and not exists (select 1 from apps a where a.vendor_id = :leaving and a.deleted_at is null)`,
    values: { leaving: from },
  },
  {
    sql: `update vendor_members set vendor_id = :vendorId, joined_at = :at
      where user_id = :userId and vendor_id = :leaving`,
    values: { vendorId: to, at: atMs, userId, leaving: from },
  },
];

export const vendorStore = ({ engine, record }: Backing): VendorStore => ({
  find: (id) => readOne(engine, vendorsTable, byId, { id }),
  findByPublicId: (publicId) => readOne(engine, vendorsTable, byPublicId, { publicId }),
  ofUser: (userId) => readOne(engine, vendorsTable, ofUser, { userId }),
  async isOnTeam(userId, vendorId) {
    return (await engine.read({ sql: onTeam, values: { userId, vendorId } })).length > 0;
  },
  async create(vendor, firstMember, trace) {
    const created = await record({
      claims: foundVendor(vendor, firstMember, trace.atMs),
      trace,
      subject: { kind: 'vendor', id: vendor.id },
    });
    if (!created) throw new Error(`User ${firstMember} is on a vendor team already; nothing was written.`);
  },
  addToTeam: (vendorId, userId, trace) =>
    record({
      claims: [joinTeam(vendorId, userId, trace.atMs), countOneMore(vendorId)],
      trace,
      subject: { kind: 'vendor', id: vendorId },
    }),
  async change(vendor, trace) {
    const { sql, values } = change(vendor);
    await record({
      writes: [{ sql, values: { ...values, id: vendor.id } }],
      trace,
      subject: { kind: 'vendor', id: vendor.id },
    });
  },
  async teamOf(vendorId, limit) {
    return (await engine.read({ sql: members, values: { vendorId, limit } })).map(memberOf);
  },
  async removeFromTeam(vendorId, userId, trace) {
    const ended = endConnections(ofFormerTeamMember(vendorId, userId), trace.atMs);
    const removed = await record({
      claims: [
        { sql: leaveTeam, values: { userId, vendorId } },
        { sql: countOneLess, values: { vendorId } },
      ],
      ...ended,
      writes: [endTeamKeys(vendorId, userId, trace.atMs), ...ended.writes],
      trace,
      subject: { kind: 'vendor', id: vendorId },
    });
    if (removed) return 'removed';
    const still = await engine.read({ sql: onTeam, values: { userId, vendorId } });
    return still.length > 0 ? 'last-member' : 'not-on-team';
  },
});
