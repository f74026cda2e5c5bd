// The tokens of one sign-in as we hold and cache them.
import type { Identity } from './identity.ts';

/** Says where tokens are renewed, unless that is where a Latchkey server does it. */
export function renewedAt(
  baseUrl: string,
  tokenEndpoint: string | undefined,
): Pick<TokenSet, 'tokenEndpoint'> {
  return tokenEndpoint === undefined || tokenEndpoint === `${baseUrl}/oauth/token` ? {} : { tokenEndpoint };
}

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
  /** Where they are renewed; without it, at the address of a Latchkey server. */
  readonly tokenEndpoint?: string | undefined;
  readonly identity?: Identity | undefined;
  /** Hashes of the settings that produced them, by name: a changed setting makes the cache a miss. */
  readonly bindings?: Readonly<Record<string, string>> | undefined;
  /** What a renewal needs and the environment may not hold (a session id that came by flag). Secret as the tokens are. */
  readonly renewal?: Readonly<Record<string, string>> | undefined;
};
