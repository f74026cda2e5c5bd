import type { Session, SessionId } from '../sessions/session.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type {
  FactorId,
  KeptSession,
  Passkey,
  RecoveryCode,
  SecondProof,
  SpentChallenge,
  TotpFactor,
} from './factor.ts';

/** What a spent proof does, in the same unit. */
export type SpentFor = {
  /** The session that opens by it. */
  readonly opens?: Session;
  /** The session that waited for it and ends; it must be open still. */
  readonly ends?: SessionId;
  /** The session that it makes fresh again (step-up); it must be open still. */
  readonly refreshes?: SessionId;
  /** The user's password must still be this one. */
  readonly passwordHash?: string;
};

/**
 * `user.secondFactorSinceMs` is written with the factors: set by the first, cleared by the removal of the last, which
 * takes the recovery codes with it. `codes` belong to a first factor, and only to that: then, and only then, they are given.
 */
export interface FactorStore {
  totpOf(userId: UserId): Promise<TotpFactor | undefined>;
  /** Oldest first. */
  passkeysOf(userId: UserId): Promise<readonly Passkey[]>;
  findPasskey(credentialId: string): Promise<Passkey | undefined>;
  /** Those that can still be used. */
  recoveryCodesOf(userId: UserId): Promise<readonly RecoveryCode[]>;

  /** False when the user has one already, or when `codes` do not fit (first or not): nothing is written. */
  addTotp(
    factor: TotpFactor,
    codes: readonly RecoveryCode[] | undefined,
    kept: KeptSession,
    trace: Trace,
  ): Promise<boolean>;
  /** False when there was none (any more). */
  removeTotp(userId: UserId, trace: Trace): Promise<boolean>;
  /** False when its credential is known, the challenge spent, the user at `limit`, or `codes` do not fit. */
  addPasskey(
    passkey: Passkey,
    challenge: SpentChallenge,
    limit: number,
    codes: readonly RecoveryCode[] | undefined,
    kept: KeptSession,
    trace: Trace,
  ): Promise<boolean>;
  removePasskey(id: FactorId, userId: UserId, trace: Trace): Promise<boolean>;
  /** In place of all older ones; false without a second factor. */
  renewRecoveryCodes(userId: UserId, codes: readonly RecoveryCode[], trace: Trace): Promise<boolean>;

  /** The proof and everything it does are one unit: of any number in parallel one wins, and nothing of a loser's remains. */
  spend(userId: UserId, proof: SecondProof, on: SpentFor, trace: Trace): Promise<boolean>;
  /** Removes at most `limit` spent challenges that have expired before. */
  discardChallenges(beforeMs: number, limit: number): Promise<number>;
}
