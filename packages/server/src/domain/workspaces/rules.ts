// Who may act on a workspace: its members see it, its owners and admins run it. To everybody else it does not exist.
import type { Domain } from '../domain.ts';
import type { Rule } from '../operation.ts';
import type { Membership, Role, Workspace } from './workspace.ts';

export const memberOfWorkspace: Rule<Workspace> = async ({ stores }, { user }, workspace) =>
  (await stores.workspaces.findMembership(user.id, workspace.id)) !== undefined;

export const runsWorkspace: Rule<Workspace> = async ({ stores }, { user }, workspace) => {
  const found = await stores.workspaces.findMembership(user.id, workspace.id);
  return found !== undefined && found.member.role !== 'member';
};

/** An admin manages everybody but owners; who an owner is, owners decide. */
export const mayManage = (actor: Role, target: Role): boolean =>
  actor === 'owner' || (actor === 'admin' && target !== 'owner');

/** The membership of the person who asks; rules have made sure that there is one. */
export const ownMembership = (
  { stores }: Pick<Domain, 'stores'>,
  userId: number,
  workspace: Workspace,
): Promise<Membership | undefined> => stores.workspaces.findMembership(userId, workspace.id);
