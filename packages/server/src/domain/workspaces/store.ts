import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { Member, MemberId, Membership, Workspace, WorkspaceId } from './workspace.ts';

export interface WorkspaceStore {
  find(id: WorkspaceId): Promise<Workspace | undefined>;
  findByPublicId(publicId: string): Promise<Workspace | undefined>;
  create(workspace: Workspace, owner: Member, trace: Trace): Promise<void>;
  /** Active memberships, ordered by workspace name. */
  membershipsOf(userId: UserId): Promise<readonly Membership[]>;
  /** The active membership, if there is one. */
  findMembership(userId: UserId, workspaceId: WorkspaceId): Promise<Membership | undefined>;
  /** 'exists' when the user is an active member already. */
  addMember(member: Member, trace: Trace): Promise<'added' | 'exists'>;
  /**
   * Ends the membership, and in the same unit the keys that this user made in the workspace, the user's connections
   * there and their grants. Changes: member, each key, each connection. False if it had ended before.
   */
  endMember(id: MemberId, trace: Trace): Promise<boolean>;
}
