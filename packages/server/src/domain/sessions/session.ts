// Session: proof of a sign-in. `cookie` for browsers; `bearer` is the short one that Loomta's approve wants (protocol.md 10).
import type { UserId } from '../users/user.ts';

export type SessionId = number;
/** `half`: the password was right and the second step is owed; good for that step alone. */
export type SessionKind = 'cookie' | 'bearer' | 'half';

export type Session = {
  readonly id: SessionId;
  readonly kind: SessionKind;
  readonly userId: UserId;
  /** SHA-256 of the whole secret. */
  readonly hash: Uint8Array;
  readonly createdAtMs: number;
  /** When the person last proved who they are: step-up reads it. */
  readonly authenticatedAtMs: number;
  readonly lastSeenAtMs: number;
  /** The absolute end. */
  readonly endsAtMs: number;
  readonly address: string;
  readonly device: string;
  readonly endedAtMs?: number;
};
