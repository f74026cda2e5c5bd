import type { Connection, Grant } from '../connections/connection.ts';
import type { ApiKey } from '../keys/key.ts';
import type { SessionId } from '../sessions/session.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { DeviceRequest, DeviceRequestId, PolledDevice } from './device-request.ts';

export interface DeviceStore {
  /**
   * 'code-taken' when another row has the user code hash (try a new one); 'too-many' when `limit` are pending already:
   * decided by a claim on a counter row; expired ones free their place first.
   */
  open(request: DeviceRequest, limit: number): Promise<'opened' | 'code-taken' | 'too-many'>;
  find(id: DeviceRequestId): Promise<DeviceRequest | undefined>;
  /** The same row, no more of it than a poll is judged by. */
  findPolled(id: DeviceRequestId): Promise<PolledDevice | undefined>;
  findByUserCodeHash(hash: Uint8Array): Promise<DeviceRequest | undefined>;
  /** Binds an unbound pending request to user and session, or answers whether it already is theirs. */
  bind(id: DeviceRequestId, userId: UserId, sessionId: SessionId, atMs: number): Promise<boolean>;
  /**
   * Approve with a key: the key's row (no hash, not collected) and the approval exist together. One winner;
   * 'limit' when the member has `keyLimit` keys already, 'gone' when no longer pending or another user's.
   */
  approveWithKey(
    id: DeviceRequestId,
    userId: UserId,
    key: ApiKey,
    keyLimit: number,
    trace: Trace,
  ): Promise<'approved' | 'limit' | 'gone'>;
  /** Approve with a connection (RFC 8628): both exist together. */
  approveWithConnection(
    id: DeviceRequestId,
    userId: UserId,
    connection: Connection,
    trace: Trace,
  ): Promise<'approved' | 'gone'>;
  /** False when it was not pending, or bound to another user. */
  deny(id: DeviceRequestId, userId: UserId, trace: Trace): Promise<boolean>;
  /** The terminal takes its own request back. False when it was not pending any more. */
  withdraw(id: DeviceRequestId, trace: Trace): Promise<boolean>;
  /** One winner: marks claimed and gives the key its hash and last four; false for every other poll. */
  claimKey(
    id: DeviceRequestId,
    secret: { readonly hash: Uint8Array; readonly lastFour: string },
    trace: Trace,
  ): Promise<boolean>;
  /** One winner: marks claimed and makes the grant under the approved connection. */
  claimGrant(id: DeviceRequestId, grant: Grant, trace: Trace): Promise<boolean>;
  /** Requests that ended before this time are removed, at most `limit`; answers how many. */
  discard(endedBeforeMs: number, limit: number): Promise<number>;
}
