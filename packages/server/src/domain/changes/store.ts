import type { Trace } from '../trace.ts';
import type { NumberedChange } from './change.ts';

export interface ChangeStore {
  /** In commit order, after number `n`, at most `limit`. */
  after(n: number, limit: number): Promise<readonly NumberedChange[]>;
  /** The number of the newest change older than this time, 0 if none: where a reload starts. */
  lastBefore(atMs: number): Promise<number>;
  /** Revokes one access token by itself; the row lives until the token would have expired. Change 'token'. */
  revokeToken(tokenId: number, expiresAtMs: number, trace: Trace): Promise<void>;
  /** Removes changes and revoked tokens that no live token can meet any more. */
  discard(beforeMs: number, limit: number): Promise<number>;
}
