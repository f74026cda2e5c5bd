// User: a person who signs in.

export type UserId = number;
export type PlatformRole = 'none' | 'reviewer' | 'operator';

export type User = {
  readonly id: UserId;
  readonly publicId: string;
  /** The API owner's own id for this person; goes upstream, may exceed 2^53, so a string of digits or letters. */
  readonly externalId: string;
  readonly email: string;
  readonly fullName: string;
  readonly passwordHash: string;
  readonly platformRole: PlatformRole;
  /** IANA name, e.g. `Europe/Lisbon`. */
  readonly timeZone: string;
  readonly createdAtMs: number;
  /** Set while the user has a second factor: TOTP or a passkey. */
  readonly secondFactorSinceMs?: number;
  readonly disabledAtMs?: number;
};

/** The key by which an e-mail address is unique: trimmed, NFKC, lower case. */
export const emailKey = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
