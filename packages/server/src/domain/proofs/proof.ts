// Proof: what somebody can show who reads the mails of an address, a six-digit code or a link with a secret, and the one
// thing that showing it does. Used once, by one winner.
import type { Session } from '../sessions/session.ts';
import type { UserId, User } from '../users/user.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Member, Role, Workspace } from '../workspaces/workspace.ts';

export type ProofId = number;

/** Typed into the browser that asked for it. */
export type CodeKind = 'sign-up' | 'email-change';
/** To be a tester of an app, to join a vendor's team or a workspace, to take an app over for one's own vendor. */
export type InvitationKind = 'tester' | 'team' | 'workspace' | 'transfer';
/** For whoever has it. */
export type LinkKind = 'password-reset' | InvitationKind;
export type ProofKind = CodeKind | LinkKind;

export type Proof = {
  readonly id: ProofId;
  readonly kind: ProofKind;
  /** Code: HMAC under a key outside the database, over id and code. Link: SHA-256 of the whole secret. */
  readonly hash: Uint8Array;
  /** Code only: SHA-256 of what the asking browser must show again. */
  readonly boundHash?: Uint8Array;
  readonly email: string;
  /** Whose password or e-mail address it changes. */
  readonly userId?: UserId;
  /** The app, vendor or workspace that an invitation is to. */
  readonly subjectId?: number;
  /** In the workspace. */
  readonly role?: Role;
  readonly invitedBy?: UserId;
  /** What a sign-up was filled in with, as JSON; the password as its hash. */
  readonly details?: string;
  readonly tries: number;
  readonly sends: number;
  readonly sentAtMs: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
  /** Withdrawn, or overtaken by another. */
  readonly endedAtMs?: number;
};

/** A person who comes to exist with what the proof does; each part exists if and only if the proof was theirs. */
export type Newcomer = {
  readonly user: User;
  readonly session: Session;
  readonly vendor?: Vendor;
  readonly workspace?: { readonly workspace: Workspace; readonly owner: Member };
};

export const isWaiting = (proof: Proof, nowMs: number): boolean =>
  proof.usedAtMs === undefined && proof.endedAtMs === undefined && nowMs < proof.expiresAtMs;
