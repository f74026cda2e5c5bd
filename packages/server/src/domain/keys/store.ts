import type { PageBefore } from '../page.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { ApiKey, KeyId } from './key.ts';

export interface KeyStore {
  find(id: KeyId): Promise<ApiKey | undefined>;
  findByPublicId(publicId: string): Promise<ApiKey | undefined>;
  /** Newest first, the ended ones too. Without a page all of them. */
  listOf(userId: UserId, page?: PageBefore): Promise<readonly ApiKey[]>;
  /** At most `limit` that are neither revoked nor expired per member, by a claim on the member's row; expired ones free their place. */
  create(key: ApiKey, limit: number, trace: Trace): Promise<'created' | 'limit'>;
  /** Takes a place like any key, beyond the limit too. False when a key with this lookup is known. */
  importLegacy(key: ApiKey, lookup: Uint8Array, trace: Trace): Promise<boolean>;
  findLegacy(lookup: Uint8Array): Promise<KeyId | undefined>;
  /** Change 'key'. False if it was revoked before. */
  revoke(id: KeyId, trace: Trace): Promise<boolean>;
  /** To the minute; the caller decides when. */
  used(id: KeyId, atMs: number): Promise<void>;
}
