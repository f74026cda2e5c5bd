// The chain: a token is good when every link is active and unexpired, and the grant's epoch is the app's (protocol.md 2).
import type { Chain } from './connection.ts';
import { keyStatus } from '../keys/key.ts';

export type ChainProblem =
  | 'app-suspended'
  | 'app-gone'
  | 'user-disabled'
  | 'membership-ended'
  | 'connection-ended'
  | 'grant-ended'
  | 'grant-expired'
  | 'key-ended'
  | 'epoch-old';

/** The first broken link, or undefined. A redemption calls this on rows read for it. */
export const chainProblem = (chain: Chain, nowMs: number): ChainProblem | undefined => {
  const { app, user, connection, grant, member, key } = chain;
  if (app.deletedAtMs !== undefined) return 'app-gone';
  if (app.suspendedAtMs !== undefined) return 'app-suspended';
  if (user.disabledAtMs !== undefined) return 'user-disabled';
  if (member === undefined) return 'membership-ended';
  if (connection.endedAtMs !== undefined) return 'connection-ended';
  if (grant.endedAtMs !== undefined) return 'grant-ended';
  if (nowMs >= grant.endsAtMs) return 'grant-expired';
  if (connection.keyId !== undefined && (key === undefined || keyStatus(key, nowMs) !== 'active'))
    return 'key-ended';
  if (grant.epoch !== app.epoch) return 'epoch-old';
  return undefined;
};
