// The tokens of one sign-in as we hold and cache them.
import type { Identity } from './credential.ts';

export type TokenSet = {
  readonly accessToken: string;
  /** Epoch milliseconds by this machine's clock at receipt. */
  readonly expiresAt?: number | undefined;
  readonly refreshToken?: string | undefined;
  readonly scope?: string | undefined;
  readonly obtainedAt: number;
  /** This machine's clock minus the server's at receipt. */
  readonly clockSkewMs?: number | undefined;
  /** Base URL that these tokens belong to. They are never sent to another one. */
  readonly issuer: string;
  readonly identity?: Identity | undefined;
  /** Hashes of the settings that produced them, by name: a changed setting makes the cache a miss. */
  readonly bindings?: Readonly<Record<string, string>> | undefined;
  /** What a renewal needs and the environment may not hold (a session id that came by flag). Secret as the tokens are. */
  readonly renewal?: Readonly<Record<string, string>> | undefined;
};
