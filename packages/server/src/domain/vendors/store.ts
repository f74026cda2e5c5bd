import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { Vendor, VendorId } from './vendor.ts';

export interface VendorStore {
  find(id: VendorId): Promise<Vendor | undefined>;
  /** The vendor whose team the user is on. One team per user. */
  ofUser(userId: UserId): Promise<Vendor | undefined>;
  isOnTeam(userId: UserId, vendorId: VendorId): Promise<boolean>;
  create(vendor: Vendor, firstMember: UserId, trace: Trace): Promise<void>;
  /** False if already on a team. */
  addToTeam(vendorId: VendorId, userId: UserId, trace: Trace): Promise<boolean>;
}
