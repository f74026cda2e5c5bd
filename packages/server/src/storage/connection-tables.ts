// The rows that redemptions make: connections and grants, and the claim by which a connection stays while one is made.
import type { Connection, Grant } from '../domain/connections/connection.ts';
import type { Statement } from './engine.ts';
import { defineTable } from './table.ts';

export const connectionsTable = defineTable<Connection>('connections', {
  id: 'id',
  publicId: 'public_id',
  userId: 'user_id',
  workspaceId: 'workspace_id',
  appId: 'app_id',
  keyId: 'key_id',
  permissionSetId: 'permission_set_id',
  createdAtMs: 'created_at',
  lastUsedAtMs: 'last_used_at',
  endedAtMs: 'ended_at',
});

export const grantsTable = defineTable<Grant>('grants', {
  id: 'id',
  tag: 'tag',
  connectionId: 'connection_id',
  permissionSetId: 'permission_set_id',
  epoch: 'epoch',
  generation: 'generation',
  rotatedAtMs: 'rotated_at',
  retries: 'retries',
  createdAtMs: 'created_at',
  endsAtMs: 'ends_at',
  endedAtMs: 'ended_at',
});

export const insertConnection = connectionsTable.insert();
export const insertGrant = grantsTable.insert();

/**
 * A claim that changes nothing but locks the connection until the commit: a grant made under it is there to be ended by
 * a Disconnect that waits, and a Disconnect that was first makes this claim lose.
 */
export const holdConnection = (id: number): Statement => ({
  sql: 'update connections set ended_at = null where id = :id and ended_at is null',
  values: { id },
});
