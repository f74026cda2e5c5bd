// Opens invitations: one waits at a time for an address and what it is to. Also used by the workspaces' own operations:
// make it, then write it with its mail in one unit (`stores.proofs.open(proof, trace(detail, [mail]))`).
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { letterTo } from '../mail/letter.ts';
import type { NewMail } from '../mail/mail.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { invitationUrl, newLinkProof } from '../proofs/link.ts';
import type { InvitationKind, Proof } from '../proofs/proof.ts';
import { emailKey, type User } from '../users/user.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Role, Workspace } from '../workspaces/workspace.ts';

/** Waiting at once for one vendor, workspace or app: lists stay short, and no team mails the whole world. */
export const MAX_WAITING = 50;

export type NewInvitation = { readonly proof: Proof; readonly mail: NewMail };

export const waitingFor = (
  domain: Domain,
  kind: InvitationKind,
  subjectId: number,
): Promise<readonly Proof[]> => domain.stores.proofs.listWaiting(kind, subjectId, domain.now(), MAX_WAITING);

export const waitingOf = (all: readonly Proof[], email: string): readonly Proof[] =>
  all.filter((proof) => emailKey(proof.email) === emailKey(email));

export const inviteTester = async (
  domain: Domain,
  app: App,
  vendorName: string,
  email: string,
  by: User,
): Promise<NewInvitation> => {
  const { proof, secret } = await newLinkProof(domain, {
    kind: 'tester',
    email,
    subjectId: app.id,
    invitedBy: by.id,
  });
  const letter = proofLetters.invitedTester(app.name, vendorName, invitationUrl(domain, secret));
  return { proof, mail: letterTo(domain, email, 'invitation-tester', letter) };
};

export const inviteToTeam = async (
  domain: Domain,
  vendor: Vendor,
  email: string,
  by: User,
): Promise<NewInvitation> => {
  const { proof, secret } = await newLinkProof(domain, {
    kind: 'team',
    email,
    subjectId: vendor.id,
    invitedBy: by.id,
  });
  const letter = proofLetters.invitedTeam(vendor.name, by.fullName, invitationUrl(domain, secret));
  return { proof, mail: letterTo(domain, email, 'invitation-team', letter) };
};

export const inviteToWorkspace = async (
  domain: Domain,
  workspace: Workspace,
  role: Role,
  email: string,
  by: User,
): Promise<NewInvitation> => {
  const { proof, secret } = await newLinkProof(domain, {
    kind: 'workspace',
    email,
    subjectId: workspace.id,
    role,
    invitedBy: by.id,
  });
  const letter = proofLetters.invitedWorkspace(workspace.name, by.fullName, invitationUrl(domain, secret));
  return { proof, mail: letterTo(domain, email, 'invitation-workspace', letter) };
};

export const offerApp = async (
  domain: Domain,
  app: App,
  vendorName: string,
  email: string,
  by: User,
): Promise<NewInvitation> => {
  const { proof, secret } = await newLinkProof(domain, {
    kind: 'transfer',
    email,
    subjectId: app.id,
    invitedBy: by.id,
  });
  const letter = proofLetters.offeredApp(app.name, vendorName, invitationUrl(domain, secret));
  return { proof, mail: letterTo(domain, email, 'app-offer', letter) };
};
