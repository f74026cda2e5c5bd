import type { Trace } from '../trace.ts';
import type { User, UserId } from '../users/user.ts';
import type { Member, MemberId, Membership, Role, Workspace, WorkspaceId } from './workspace.ts';

export interface WorkspaceStore {
  find(id: WorkspaceId): Promise<Workspace | undefined>;
  findByPublicId(publicId: string): Promise<Workspace | undefined>;
  create(workspace: Workspace, owner: Member, trace: Trace): Promise<void>;
  /** Active memberships, ordered by workspace name. */
  membershipsOf(userId: UserId): Promise<readonly Membership[]>;
  /** Active memberships in workspaces after this one, in the order in which the workspaces were made. */
  membershipsAfter(userId: UserId, after: WorkspaceId, limit: number): Promise<readonly Membership[]>;
  /** The active membership, if there is one. */
  findMembership(userId: UserId, workspaceId: WorkspaceId): Promise<Membership | undefined>;
  /** The active membership of a user who is not disabled: what a redemption asks for, and no more of the rows. */
  actingMember(userId: UserId, workspaceId: WorkspaceId): Promise<Pick<Member, 'id' | 'role'> | undefined>;
  /** 'exists' when the user is an active member already. */
  addMember(member: Member, trace: Trace): Promise<'added' | 'exists'>;
  /**
   * Ends the membership, and in the same unit the keys that this user made in the workspace, the user's connections
   * there and their grants. Changes: member, each key, each connection. False if it had ended before.
   */
  endMember(id: MemberId, trace: Trace): Promise<boolean>;
  /** The same, but an owner with no other owner beside them stays: decided by a claim on the workspace's row. */
  endMemberUnlessLastOwner(id: MemberId, trace: Trace): Promise<'done' | 'last-owner' | 'gone'>;
  /** By the same claim. Change 'member'. 'gone' also when it is the member's role already. */
  setRole(id: MemberId, role: Role, trace: Trace): Promise<'done' | 'last-owner' | 'gone'>;
  rename(id: WorkspaceId, name: string, trace: Trace): Promise<void>;
  /** Active ones after this one, in the order in which they joined. */
  membersOf(
    id: WorkspaceId,
    after: MemberId,
    limit: number,
  ): Promise<readonly { readonly member: Member; readonly user: User }[]>;
}
