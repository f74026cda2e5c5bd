// Qualifications of vendors in SQL.
import type { Qualification } from '../domain/vendors/qualification.ts';
import type { QualificationStore } from '../domain/vendors/qualification-store.ts';
import type { Backing } from './record.ts';
import { defineTable, readOne } from './table.ts';
import { vendorsTable } from './vendors.ts';

const qualificationsTable = defineTable<Qualification>('vendor_qualifications', {
  vendorId: 'vendor_id',
  status: 'status',
  companyName: 'company_name',
  companyWebsite: 'company_website',
  privacyUrl: 'privacy_url',
  assessorName: 'assessor_name',
  assessorTitle: 'assessor_title',
  email: 'email',
  phone: 'phone',
  version: 'version',
  submittedBy: 'submitted_by',
  submittedAtMs: 'submitted_at',
  decidedBy: 'decided_by',
  decidedAtMs: 'decided_at',
  reason: 'reason',
});

const byVendor = qualificationsTable.select('where vendor_id = :vendorId');
const insertFirst = qualificationsTable.insert('on conflict (vendor_id) do nothing');
const submitAgain = qualificationsTable.update(
  ['vendorId'],
  `where vendor_id = :vendorId and version = :expectedVersion and status = 'declined'`,
);
const decide = `update vendor_qualifications
  set status = :status, version = version + 1, decided_by = :decidedBy, decided_at = :decidedAt, reason = :reason
  where vendor_id = :vendorId and version = :expectedVersion and status = 'under-review'`;

const qualification = qualificationsTable.as('q');
const vendor = vendorsTable.as('v');
const waiting = `select ${qualification.columns}, ${vendor.columns}
  from vendor_qualifications q join vendors v on v.id = q.vendor_id
  where q.status = 'under-review' order by q.submitted_at, q.vendor_id limit :limit`;

export const qualificationStore = ({ engine, record }: Backing): QualificationStore => ({
  find: (vendorId) => readOne(engine, qualificationsTable, byVendor, { vendorId }),
  submit(next, trace) {
    const { vendorId, version } = next;
    const again = submitAgain(next);
    const values = { ...again.values, vendorId, expectedVersion: version - 1 };
    const claim = version === 1 ? insertFirst(next) : { sql: again.sql, values };
    return record({ claims: [claim], trace, subject: { kind: 'vendor', id: vendorId } });
  },
  decide: (next, expectedVersion, trace) =>
    record({
      claims: [
        {
          sql: decide,
          values: {
            vendorId: next.vendorId,
            expectedVersion,
            status: next.status,
            decidedBy: next.decidedBy ?? null,
            decidedAt: next.decidedAtMs ?? null,
            reason: next.reason ?? null,
          },
        },
      ],
      trace,
      subject: { kind: 'vendor', id: next.vendorId },
    }),
  async listWaiting(limit) {
    const rows = await engine.read({ sql: waiting, values: { limit } });
    return rows.map((row) => ({ qualification: qualification.entity(row), vendor: vendor.entity(row) }));
  },
});
