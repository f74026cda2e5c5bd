// Management key: a credential for the management API alone, good for the operations that its maker chose and for
// nothing else (protocol.md 10). It never may more than the person who made it.
import type { UserId } from '../users/user.ts';
import type { VendorId } from '../vendors/vendor.ts';

export type ManagementKeyId = number;
export type ManagementKeyStatus = 'active' | 'expired' | 'revoked';

export type ManagementKey = {
  readonly id: ManagementKeyId;
  readonly publicId: string;
  /** Who made it, and for whom it acts. */
  readonly userId: UserId;
  /** Of a vendor's key: the whole team sees and revokes it, and it is revoked when its maker leaves the team. */
  readonly vendorId?: VendorId;
  readonly name: string;
  /** SHA-256 of the whole secret, which is shown once. */
  readonly hash: Uint8Array;
  readonly lastFour: string;
  /** Ids of the operations that it is good for. */
  readonly operations: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly revokedAtMs?: number;
  readonly lastUsedAtMs?: number;
};

export const managementKeyStatus = (key: ManagementKey, nowMs: number): ManagementKeyStatus => {
  if (key.revokedAtMs !== undefined) return 'revoked';
  return key.expiresAtMs !== undefined && nowMs >= key.expiresAtMs ? 'expired' : 'active';
};
