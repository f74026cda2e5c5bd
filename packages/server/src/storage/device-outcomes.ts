// What a device request leads to in SQL: approval with a key or a connection, and the one hand-over (protocol.md 7).
import type { DeviceRequest } from '../domain/devices/device-request.ts';
import type { DeviceStore } from '../domain/devices/store.ts';
import { holdConnection, insertConnection, insertGrant } from './connection-tables.ts';
import { giveBackPlace } from './device-tables.ts';
import type { Statement } from './engine.ts';
import { claimNewKey, freeExpiredKeys } from './keys.ts';
import type { Backing } from './record.ts';
import { holdMembership } from './workspaces.ts';

type OutcomeMethods = Pick<
  DeviceStore,
  'approveWithKey' | 'approveWithConnection' | 'claimKey' | 'claimGrant'
>;

/** Pending, and free or this user's. */
const mayApprove = `id = :id and approved_at is null and denied_at is null and uncounted_at is null
  and expires_at > :at and (bound_user_id is null or bound_user_id = :userId)`;
const approveKey = `update device_requests set approved_at = :at, uncounted_at = :at,
  user_id = :userId, workspace_id = :workspaceId, key_id = :keyId where ${mayApprove}`;
const approveConnection = `update device_requests set approved_at = :at, uncounted_at = :at,
  user_id = :userId, workspace_id = :workspaceId, connection_id = :connectionId where ${mayApprove}`;

const mayClaim = `id = :id and approved_at is not null and denied_at is null and claimed_at is null
  and expires_at > :at`;
const collectKey = `update api_keys set hash = :hash, last_four = :lastFour, collected_at = :at
  where id = :keyId and revoked_at is null and collected_at is null`;
const claimKey = `update device_requests set claimed_at = :at where key_id = :keyId and ${mayClaim}`;
const claimGrant = `update device_requests set claimed_at = :at, grant_id = :grantId
  where connection_id = :connectionId and ${mayClaim}`;

const stillApprovable = (request: DeviceRequest | undefined, userId: number, atMs: number): boolean =>
  request !== undefined &&
  request.approvedAtMs === undefined &&
  request.deniedAtMs === undefined &&
  request.expiresAtMs > atMs &&
  (request.boundUserId === undefined || request.boundUserId === userId);

export const deviceOutcomeStore = (
  { engine, record }: Backing,
  find: DeviceStore['find'],
): OutcomeMethods => ({
  async approveWithKey(id, userId, key, keyLimit, trace) {
    const approve: Statement = {
      sql: approveKey,
      values: { id, userId, at: trace.atMs, workspaceId: key.workspaceId, keyId: key.id },
    };
    for (;;) {
      const claims = [...claimNewKey(key, keyLimit), approve];
      const approved = await record({
        claims,
        writes: [giveBackPlace],
        trace,
        subject: { kind: 'device-request', id },
      });
      if (approved) return 'approved';
      if (!stillApprovable(await find(id), userId, trace.atMs)) return 'gone';
      if (!(await freeExpiredKeys(engine, key.memberId, trace.atMs))) return 'limit';
    }
  },
  async approveWithConnection(id, userId, connection, trace) {
    const approve: Statement = {
      sql: approveConnection,
      values: {
        id,
        userId,
        at: trace.atMs,
        workspaceId: connection.workspaceId,
        connectionId: connection.id,
      },
    };
    const approved = await record({
      claims: [holdMembership(connection.userId, connection.workspaceId), approve],
      writes: [insertConnection(connection), giveBackPlace],
      trace,
      subject: { kind: 'device-request', id },
    });
    return approved ? 'approved' : 'gone';
  },
  async claimKey(id, { hash, lastFour }, trace) {
    // Fixed by the approval, so it may be read before.
    const keyId = (await find(id))?.keyId;
    if (keyId === undefined) return false;
    const at = trace.atMs;
    return record({
      claims: [
        { sql: collectKey, values: { keyId, hash, lastFour, at } },
        { sql: claimKey, values: { id, keyId, at } },
      ],
      trace,
      subject: { kind: 'device-request', id },
    });
  },
  claimGrant: (id, grant, trace) =>
    record({
      claims: [
        holdConnection(grant.connectionId),
        {
          sql: claimGrant,
          values: { id, at: trace.atMs, connectionId: grant.connectionId, grantId: grant.id },
        },
      ],
      writes: [insertGrant(grant)],
      trace,
      subject: { kind: 'device-request', id },
    }),
});
