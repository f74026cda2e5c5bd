// Workspace: owns data; users are its members with a role. On Loomta's wire it is an organization.
import type { UserId } from '../users/user.ts';

export type WorkspaceId = number;
export type MemberId = number;
export type Role = 'owner' | 'admin' | 'member';

export type Workspace = {
  readonly id: WorkspaceId;
  /** A UUID (seed 004: `x-organization-id`). */
  readonly publicId: string;
  readonly externalId: string;
  readonly name: string;
  readonly createdAtMs: number;
};

export type Member = {
  readonly id: MemberId;
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly role: Role;
  readonly createdAtMs: number;
  readonly endedAtMs?: number;
};

export type Membership = { readonly workspace: Workspace; readonly member: Member };
