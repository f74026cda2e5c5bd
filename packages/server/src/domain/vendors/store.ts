import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { TeamMember, Vendor, VendorId } from './vendor.ts';

export interface VendorStore {
  find(id: VendorId): Promise<Vendor | undefined>;
  findByPublicId(publicId: string): Promise<Vendor | undefined>;
  /** The vendor whose team the user is on. One team per user. */
  ofUser(userId: UserId): Promise<Vendor | undefined>;
  isOnTeam(userId: UserId, vendorId: VendorId): Promise<boolean>;
  create(vendor: Vendor, firstMember: UserId, trace: Trace): Promise<void>;
  /** False if already on a team. */
  addToTeam(vendorId: VendorId, userId: UserId, trace: Trace): Promise<boolean>;
  /** Name and contact; the last write stays. */
  change(vendor: Vendor, trace: Trace): Promise<void>;
  /** Longest on the team first. */
  teamOf(vendorId: VendorId, limit: number): Promise<readonly TeamMember[]>;
  /**
   * A team never becomes empty, by a claim. In the same unit the person's connections to the vendor's apps in
   * development end, unless they are a tester, and the team's management keys that they made are revoked. Changes: each
   * connection.
   */
  removeFromTeam(
    vendorId: VendorId,
    userId: UserId,
    trace: Trace,
  ): Promise<'removed' | 'last-member' | 'not-on-team'>;
}
