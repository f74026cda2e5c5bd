/** Owns what both ways of signing in are given. */
import type { Identity, Result, TokenSet } from '@latchkey/auth-kit';
import type { Context, Session } from '../context.ts';

export type LoginParts = {
  readonly context: Context;
  readonly session: Session;
  readonly save: (tokens: TokenSet) => Promise<Result<void>>;
  readonly identify: (tokens: TokenSet) => Promise<Identity | undefined>;
};
