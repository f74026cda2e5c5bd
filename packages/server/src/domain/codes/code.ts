// Authorization code: 60 s, one redemption (protocol.md 4). Everything is fixed when the person presses Authorize.
import type { AppId } from '../apps/app.ts';
import type { GrantId } from '../connections/connection.ts';
import type { PermissionSetId } from '../permissions/permission.ts';
import type { UserId } from '../users/user.ts';
import type { WorkspaceId } from '../workspaces/workspace.ts';

export type CodeId = number;

export type Code = {
  readonly id: CodeId;
  /** SHA-256 of the whole code. */
  readonly hash: Uint8Array;
  readonly appId: AppId;
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
  readonly redirectUri: string;
  /** Whether the authorize request stated it: then the token request must repeat it (RFC 6749 4.1.3). */
  readonly redirectUriStated: boolean;
  /** S256 challenge; absent for a confidential app that started without PKCE. */
  readonly challenge?: string;
  readonly permissionSetId: PermissionSetId;
  readonly epoch: number;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly redeemedAtMs?: number;
  readonly burntAtMs?: number;
  readonly grantId?: GrantId;
};
