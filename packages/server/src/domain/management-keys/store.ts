import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { VendorId } from '../vendors/vendor.ts';
import type { ManagementKey, ManagementKeyId } from './management-key.ts';

export interface ManagementKeyStore {
  find(id: ManagementKeyId): Promise<ManagementKey | undefined>;
  findByPublicId(publicId: string): Promise<ManagementKey | undefined>;
  /** Those that the user made and those of the vendor, newest first: at most `limit`, older than `before`. */
  listFor(
    userId: UserId,
    vendorId: VendorId | undefined,
    page: { readonly limit: number; readonly before?: ManagementKeyId },
  ): Promise<readonly ManagementKey[]>;
  /**
   * At most `limit` that are neither revoked nor expired per maker: each claims a place of its own. A vendor's key is made
   * only for who is on its team, and is revoked in the same unit that ends that.
   */
  create(key: ManagementKey, limit: number, trace: Trace): Promise<'created' | 'limit' | 'not-on-team'>;
  /** False if it was revoked before. */
  revoke(id: ManagementKeyId, trace: Trace): Promise<boolean>;
  /** To the minute; the caller decides when. */
  used(id: ManagementKeyId, atMs: number): Promise<void>;
}
