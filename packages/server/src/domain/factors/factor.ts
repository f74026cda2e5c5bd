// Second factors: what a person shows besides the password. At most one TOTP app, some passkeys, one set of recovery codes.
import type { SessionId } from '../sessions/session.ts';
import type { UserId } from '../users/user.ts';

export type FactorId = number;

export type TotpFactor = {
  readonly id: FactorId;
  readonly userId: UserId;
  /** The base32 secret, locked for this user (secrets.totpBox). */
  readonly secret: Uint8Array;
  /** The newest 30-second step that a code was accepted for: no code works twice. */
  readonly lastStep: number;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
};

export type Passkey = {
  readonly id: FactorId;
  readonly publicId: string;
  readonly userId: UserId;
  /** base64url, as browsers name it. */
  readonly credentialId: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
  /** Of signatures; 0 for ever where the authenticator does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
};

export type RecoveryCode = {
  readonly id: FactorId;
  readonly userId: UserId;
  /** HMAC under a key outside the database. */
  readonly hash: Uint8Array;
  readonly usedAtMs?: number;
};

/** A challenge that was answered, kept until it would have expired anyway. */
export type SpentChallenge = { readonly hash: Uint8Array; readonly expiresAtMs: number };

/** A second factor that was shown rightly but is not spent yet; spending it has one winner. */
export type SecondProof =
  | { readonly kind: 'totp'; readonly id: FactorId; readonly step: number }
  | { readonly kind: 'recovery-code'; readonly id: FactorId }
  | {
      readonly kind: 'passkey';
      readonly id: FactorId;
      readonly counter: number;
      readonly challenge: SpentChallenge;
    };

/** Which session stays as fresh as it is when a factor is added; every other one has to step up again. */
export type KeptSession = SessionId | undefined;
