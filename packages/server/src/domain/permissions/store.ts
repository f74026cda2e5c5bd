import type { PermissionSet, PermissionSetId } from './permission.ts';

export interface PermissionSetStore {
  find(id: PermissionSetId): Promise<PermissionSet | undefined>;
  /** The id of the set with exactly these permissions (order and doubles do not matter), made if new; safe in parallel. */
  intern(permissions: readonly string[]): Promise<PermissionSetId>;
}
