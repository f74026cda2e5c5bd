// Proof: what somebody can show who reads the mails of an address, a six-digit code or a link with a secret, and the one
// thing that showing it does. Used once, by one winner.
import type { Session } from '../sessions/session.ts';
import type { UserId, User } from '../users/user.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Member, Role, Workspace } from '../workspaces/workspace.ts';

export type ProofId = number;

/** `code`: typed into the browser that asked for it. `link`: whoever has it. */
export const PROOF_FORMS = {
  'sign-up': 'code',
  'email-change': 'code',
  'password-reset': 'link',
  /** Of an app's tester; about the app. */
  tester: 'link',
  /** To a vendor's team; about the vendor. */
  team: 'link',
  /** To a workspace, with a role; about the workspace. */
  workspace: 'link',
  /** An app offered to another vendor; about the app. */
  transfer: 'link',
} as const;

export type ProofKind = keyof typeof PROOF_FORMS;
export type InvitationKind = 'tester' | 'team' | 'workspace' | 'transfer';

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
