// API key (= customer key): a credential that a user made for a workspace. Two shapes over one record (DESIGN.md 4.10).
import type { UserId } from '../users/user.ts';
import type { MemberId, WorkspaceId } from '../workspaces/workspace.ts';

export type KeyId = number;
/**
 * `opaque`: `loomta_sk_…`, hashed, shown once. `signed`: a JWS derived from this record, can be revealed. `legacy`: given
 * out by the API owner before, imported, hashed.
 */
export type KeyForm = 'opaque' | 'signed' | 'legacy';
export type KeyStatus = 'active' | 'expired' | 'revoked' | 'awaiting-collection';

export type ApiKey = {
  readonly id: KeyId;
  readonly publicId: string;
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
  readonly memberId: MemberId;
  readonly form: KeyForm;
  readonly name: string;
  readonly description: string;
  /** SHA-256 of an opaque or legacy key; absent for signed keys and until a terminal collected it. */
  readonly hash?: Uint8Array;
  /** 128 random bits of a signed key's `jti`. */
  readonly nonce: Uint8Array;
  /** Shown in lists; empty until collected. */
  readonly lastFour: string;
  readonly madeBy: 'page' | 'terminal' | 'import';
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly revokedAtMs?: number;
  /** Absent while a terminal has not collected it; pages' keys are collected when made. */
  readonly collectedAtMs?: number;
  readonly lastUsedAtMs?: number;
  readonly acknowledged: { readonly atMs: number; readonly address: string; readonly device: string };
};

/** What decides a key's status. */
export type KeyLife = Pick<ApiKey, 'expiresAtMs' | 'revokedAtMs' | 'collectedAtMs'>;

export const keyStatus = (key: KeyLife, nowMs: number): KeyStatus => {
  if (key.revokedAtMs !== undefined) return 'revoked';
  if (key.expiresAtMs !== undefined && nowMs >= key.expiresAtMs) return 'expired';
  return key.collectedAtMs === undefined ? 'awaiting-collection' : 'active';
};
