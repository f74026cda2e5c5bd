// Who may act for a vendor, and whether the vendor may register apps yet.
import { refuse, type Refused } from '../operation.ts';
import type { Domain } from '../domain.ts';
import type { User } from '../users/user.ts';
import type { Vendor } from './vendor.ts';

/** Every operation of a team has the rule `onAVendorTeam`; that the team is gone since is a refusal of its own. */
export const vendorOf = async (
  { stores }: Domain,
  { user }: { readonly user: User },
): Promise<Vendor | Refused<'no-vendor'>> => (await stores.vendors.ofUser(user.id)) ?? refuse('no-vendor');

export const isVendor = (found: Vendor | Refused<'no-vendor'>): found is Vendor => !('ok' in found);

/** Always, unless the deployment looks at vendors first. */
export const isQualified = async (domain: Domain, vendor: Pick<Vendor, 'id'>): Promise<boolean> => {
  if (!domain.settings.vendorQualification) return true;
  return (await domain.stores.qualifications.find(vendor.id))?.status === 'qualified';
};
