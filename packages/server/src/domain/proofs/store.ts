import type { App, AppId } from '../apps/app.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { VendorId } from '../vendors/vendor.ts';
import type { Member } from '../workspaces/workspace.ts';
import type { InvitationKind, Newcomer, Proof, ProofId } from './proof.ts';

/** Who accepts: somebody known, or somebody who comes to exist with it. */
export type Accepting = { readonly userId: UserId; readonly newcomer?: Newcomer };

/** 'gone': used, withdrawn or expired before; nothing was written. */
export type Consumed<Other extends string = never> = 'done' | 'gone' | Other;

/**
 * Every effect and the use of its proof are one unit: of any number in parallel one wins, and nothing of a loser's
 * remains. Expiry is part of the claim, by the trace's time.
 */
export interface ProofStore {
  find(id: ProofId): Promise<Proof | undefined>;
  /** Its mail is in the trace. */
  open(proof: Proof, trace: Trace): Promise<void>;
  /** A tester's invitation takes one of the app's seats, by a claim. Change none. */
  openForTester(proof: Proof, limit: number, trace: Trace): Promise<'opened' | 'too-many'>;
  /** Gives back the seats of the app's invitations that expired. */
  freeExpiredSeats(appId: AppId, nowMs: number): Promise<void>;
  /** Counts a try at a waiting code if fewer than `limit` were made: only then may it be compared. */
  countTry(id: ProofId, limit: number, nowMs: number): Promise<boolean>;
  /**
   * A new code in the same flow: tries begin anew. False when it is over, when the last mail went out after
   * `sentBeforeMs`, or when `limit` mails went out.
   */
  resend(
    id: ProofId,
    next: Pick<Proof, 'hash' | 'expiresAtMs'>,
    bounds: { readonly sentBeforeMs: number; readonly limit: number },
    trace: Trace,
  ): Promise<boolean>;
  /** Those that still wait, newest first. */
  listWaiting(
    kind: InvitationKind,
    subjectId: number,
    nowMs: number,
    limit: number,
  ): Promise<readonly Proof[]>;
  /** Gives a tester's seat back. False if it was used or withdrawn before. */
  withdraw(proof: Proof, trace: Trace): Promise<boolean>;
  /** Removes at most `limit` that ended or expired before. */
  discard(beforeMs: number, limit: number): Promise<number>;

  /** User, vendor with the user on its team, workspace with its owner, and session exist together or not at all. */
  signUp(id: ProofId, newcomer: Newcomer, trace: Trace): Promise<Consumed<'email-taken'>>;
  /** Every session of the user ends, and so does every other proof that waits to change how they sign in. */
  resetPassword(id: ProofId, userId: UserId, passwordHash: string, trace: Trace): Promise<Consumed>;
  /** Links that reset the password and were mailed to the old address end. */
  changeEmail(id: ProofId, userId: UserId, email: string, trace: Trace): Promise<Consumed<'email-taken'>>;
  acceptTester(
    id: ProofId,
    appId: AppId,
    by: Accepting,
    trace: Trace,
  ): Promise<Consumed<'exists' | 'email-taken'>>;
  /** `leaving`: the team the user is on, alone and without apps; they move. 'on-a-team': that is not so (any more). */
  joinTeam(
    id: ProofId,
    vendorId: VendorId,
    by: Accepting,
    leaving: VendorId | undefined,
    trace: Trace,
  ): Promise<Consumed<'on-a-team' | 'email-taken'>>;
  joinWorkspace(
    id: ProofId,
    member: Member,
    newcomer: Newcomer | undefined,
    trace: Trace,
  ): Promise<Consumed<'exists' | 'email-taken'>>;
  /**
   * The app, as it was read, changes its vendor. Connections that people of the old team had only because of it end.
   * 'changed': somebody else wrote the app since.
   */
  takeApp(id: ProofId, app: App, to: VendorId, trace: Trace): Promise<Consumed<'changed'>>;
}
