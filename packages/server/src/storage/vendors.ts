// Vendors and their teams in SQL.
import type { VendorStore } from '../domain/vendors/store.ts';
import type { Vendor } from '../domain/vendors/vendor.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { defineTable, readOne } from './table.ts';

const vendorsTable = defineTable<Vendor>('vendors', {
  id: 'id',
  publicId: 'public_id',
  name: 'name',
  contactName: 'contact_name',
  contactEmail: 'contact_email',
  contactPhone: 'contact_phone',
  createdAtMs: 'created_at',
});

const byId = vendorsTable.select('where id = :id');
const ofUser = vendorsTable.select(
  'where id = (select t.vendor_id from vendor_members t where t.user_id = :userId)',
);
const insert = vendorsTable.insert();
const onTeam = 'select user_id from vendor_members where user_id = :userId and vendor_id = :vendorId';

/** One team per user: the user is the key. */
const join = (vendorId: number, userId: number, atMs: number): Statement => ({
  sql: `insert into vendor_members (user_id, vendor_id, joined_at) values (:userId, :vendorId, :at)
    on conflict (user_id) do nothing`,
  values: { userId, vendorId, at: atMs },
});

export const vendorStore = ({ engine, record }: Backing): VendorStore => ({
  find: (id) => readOne(engine, vendorsTable, byId, { id }),
  ofUser: (userId) => readOne(engine, vendorsTable, ofUser, { userId }),
  async isOnTeam(userId, vendorId) {
    return (await engine.read({ sql: onTeam, values: { userId, vendorId } })).length > 0;
  },
  async create(vendor, firstMember, trace) {
    const created = await record({
      claims: [insert(vendor), join(vendor.id, firstMember, trace.atMs)],
      trace,
      subject: { kind: 'vendor', id: vendor.id },
    });
    if (!created) throw new Error(`User ${firstMember} is on a vendor team already; nothing was written.`);
  },
  addToTeam: (vendorId, userId, trace) =>
    record({
      claims: [join(vendorId, userId, trace.atMs)],
      trace,
      subject: { kind: 'vendor', id: vendorId },
    }),
});
