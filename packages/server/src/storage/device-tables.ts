// The row of a device request, and the place it gives back when it is no longer pending.
import type { DeviceRequest } from '../domain/devices/device-request.ts';
import type { Statement } from './engine.ts';
import { defineTable } from './table.ts';

export const devicesTable = defineTable<DeviceRequest>('device_requests', {
  id: 'id',
  hash: 'hash',
  userCodeHash: 'user_code_hash',
  appId: 'app_id',
  outcome: 'outcome',
  permissionSetId: 'permission_set_id',
  epoch: 'epoch',
  createdAtMs: 'created_at',
  expiresAtMs: 'expires_at',
  address: 'address',
  device: 'device',
  boundUserId: 'bound_user_id',
  boundSessionId: 'bound_session_id',
  approvedAtMs: 'approved_at',
  deniedAtMs: 'denied_at',
  claimedAtMs: 'claimed_at',
  userId: 'user_id',
  workspaceId: 'workspace_id',
  keyId: 'key_id',
  connectionId: 'connection_id',
  grantId: 'grant_id',
});

/** Goes with the claim that sets `uncounted_at`, so each request gives its place back once. */
export const giveBackPlace: Statement = {
  sql: `update counters set n = n - 1 where name = 'devices-pending' and n > 0`,
  values: {},
};
