// An invitation as the invited person sees it: what it is to, from whom, and whether it still stands. It stands only while
// whoever sent it could send it again.
import { connectRefusal } from '../apps/may-connect.ts';
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { findByLink } from '../proofs/link.ts';
import type { Proof } from '../proofs/proof.ts';
import type { User } from '../users/user.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Role, Workspace } from '../workspaces/workspace.ts';

export type Invitation = { readonly proof: Proof; readonly from: User } & (
  | { readonly to: 'tester'; readonly app: App; readonly vendor: Vendor }
  | { readonly to: 'team'; readonly vendor: Vendor }
  | { readonly to: 'workspace'; readonly workspace: Workspace; readonly role: Role }
  | { readonly to: 'transfer'; readonly app: App; readonly vendor: Vendor }
);

const appAndVendor = async (
  { stores }: Domain,
  proof: Proof,
  from: User,
): Promise<{ readonly app: App; readonly vendor: Vendor } | undefined> => {
  const app = await stores.apps.find(proof.subjectId ?? 0);
  if (app?.vendorId === undefined || app.deletedAtMs !== undefined) return undefined;
  const vendor = await stores.vendors.find(app.vendorId);
  const isTheirs = vendor !== undefined && (await stores.vendors.isOnTeam(from.id, vendor.id));
  return isTheirs ? { app, vendor } : undefined;
};

const describe = async (domain: Domain, proof: Proof, from: User): Promise<Invitation | undefined> => {
  const { stores } = domain;
  switch (proof.kind) {
    case 'tester':
    case 'transfer': {
      const found = await appAndVendor(domain, proof, from);
      return found === undefined ? undefined : { proof, from, to: proof.kind, ...found };
    }
    case 'team': {
      const vendor = await stores.vendors.find(proof.subjectId ?? 0);
      const stands = vendor !== undefined && (await stores.vendors.isOnTeam(from.id, vendor.id));
      return stands ? { proof, from, to: 'team', vendor } : undefined;
    }
    case 'workspace': {
      const found = await stores.workspaces.findMembership(from.id, proof.subjectId ?? 0);
      const mayInvite = found !== undefined && found.member.role !== 'member';
      if (!mayInvite || proof.role === undefined) return undefined;
      if (proof.role === 'owner' && found.member.role !== 'owner') return undefined;
      return { proof, from, to: 'workspace', workspace: found.workspace, role: proof.role };
    }
    case 'sign-up':
    case 'email-change':
    case 'password-reset':
      return undefined;
  }
};

/** Used, withdrawn, expired, made-up and fallen invitations answer alike. */
export const findInvitation = async (domain: Domain, link: string): Promise<Invitation | undefined> => {
  const proof = await findByLink(domain, ['tester', 'team', 'workspace', 'transfer'], link);
  const from = proof?.invitedBy === undefined ? undefined : await domain.stores.users.find(proof.invitedBy);
  if (proof === undefined || from === undefined || from.disabledAtMs !== undefined) return undefined;
  return describe(domain, proof, from);
};

export const isTesterAlready = async (domain: Domain, app: App, userId: number): Promise<boolean> =>
  (await connectRefusal(domain, { ...app, status: 'development' }, userId)) === undefined;
