// Connection: a user's consent for an app in a workspace. Grant: one redemption under it, i.e. one family of tokens.
import type { App, AppId, ConnectableApp } from '../apps/app.ts';
import type { KeyId, KeyLife } from '../keys/key.ts';
import type { PermissionSetId } from '../permissions/permission.ts';
import type { User, UserId } from '../users/user.ts';
import type { MemberId, WorkspaceId } from '../workspaces/workspace.ts';

export type ConnectionId = number;
export type GrantId = number;

export type Connection = {
  readonly id: ConnectionId;
  readonly publicId: string;
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
  readonly appId: AppId;
  /** Set on connections made by client_credentials: holding the key is the consent. */
  readonly keyId?: KeyId;
  readonly permissionSetId: PermissionSetId;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
  /** Terminal: an ended connection is never revived. */
  readonly endedAtMs?: number;
};

export type Grant = {
  readonly id: GrantId;
  /** 64 random bits, compared after the MAC of a refresh token (protocol.md 1). */
  readonly tag: Uint8Array;
  readonly connectionId: ConnectionId;
  readonly permissionSetId: PermissionSetId;
  readonly epoch: number;
  /** Of the refresh token; public apps rotate it. */
  readonly generation: number;
  readonly rotatedAtMs?: number;
  /** How often the present generation was handed out again after a lost answer. */
  readonly retries: number;
  readonly createdAtMs: number;
  /** 180 days from first issue (documents 002, 003). */
  readonly endsAtMs: number;
  readonly endedAtMs?: number;
};

/**
 * What a token's life depends on, read together and no more of each row than that. Membership and key as they are now:
 * an ended membership is absent, an ended key is there.
 */
export type Chain = {
  readonly grant: Grant;
  readonly connection: Pick<Connection, 'id' | 'userId' | 'workspaceId' | 'appId' | 'keyId' | 'endedAtMs'>;
  readonly app: ConnectableApp & Pick<App, 'clientId' | 'kind' | 'epoch' | 'permissionSetId'>;
  readonly user: Pick<User, 'id' | 'publicId' | 'disabledAtMs'>;
  readonly member: { readonly id: MemberId; readonly workspacePublicId: string } | undefined;
  readonly key: KeyLife | undefined;
};
