// Device request: one pending terminal login (RFC 8628; protocol.md 7).
import type { AppId } from '../apps/app.ts';
import type { ConnectionId, GrantId } from '../connections/connection.ts';
import type { KeyId } from '../keys/key.ts';
import type { PermissionSetId } from '../permissions/permission.ts';
import type { SessionId } from '../sessions/session.ts';
import type { UserId } from '../users/user.ts';
import type { WorkspaceId } from '../workspaces/workspace.ts';

export type DeviceRequestId = number;
/** What the terminal gets: tokens of a grant (RFC 8628), or an API key (document 004). */
export type DeviceOutcome = 'grant' | 'key';

export type DeviceRequest = {
  readonly id: DeviceRequestId;
  /** SHA-256 of the whole device code. */
  readonly hash: Uint8Array;
  /** HMAC of the normalised user code under a key outside the database; unique while the row exists. */
  readonly userCodeHash: Uint8Array;
  readonly appId: AppId;
  readonly outcome: DeviceOutcome;
  readonly permissionSetId: PermissionSetId;
  readonly epoch: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Where the terminal's request came from, and what it said it is. */
  readonly address: string;
  readonly device: string;
  readonly boundUserId?: UserId;
  readonly boundSessionId?: SessionId;
  readonly approvedAtMs?: number;
  readonly deniedAtMs?: number;
  readonly claimedAtMs?: number;
  readonly userId?: UserId;
  readonly workspaceId?: WorkspaceId;
  readonly keyId?: KeyId;
  readonly connectionId?: ConnectionId;
  readonly grantId?: GrantId;
};

/** What a poll is judged by, while nobody has decided. */
export type PolledDevice = Pick<
  DeviceRequest,
  'id' | 'hash' | 'appId' | 'outcome' | 'expiresAtMs' | 'approvedAtMs' | 'deniedAtMs' | 'claimedAtMs'
>;

export type DeviceState = 'pending' | 'expired' | 'approved' | 'denied' | 'claimed';

export const deviceState = (request: PolledDevice, nowMs: number): DeviceState => {
  if (request.deniedAtMs !== undefined) return 'denied';
  if (request.claimedAtMs !== undefined) return 'claimed';
  if (nowMs >= request.expiresAtMs) return 'expired';
  return request.approvedAtMs === undefined ? 'pending' : 'approved';
};
