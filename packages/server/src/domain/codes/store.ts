import type { Connection, Grant, GrantId } from '../connections/connection.ts';
import type { Trace } from '../trace.ts';
import type { Code, CodeId } from './code.ts';

export type Redemption = {
  readonly codeId: CodeId;
  readonly atMs: number;
  readonly connection: Connection;
  readonly grant: Grant;
};

export interface CodeStore {
  issue(code: Code, trace: Trace): Promise<void>;
  find(id: CodeId): Promise<Code | undefined>;
  /**
   * One winner: connection, grant and trace exist if and only if it answers 'redeemed'. A code that another redemption
   * won answers with that grant and time; an expired, burnt or unknown one 'gone'.
   */
  redeem(
    step: Redemption,
    trace: Trace,
  ): Promise<'redeemed' | { readonly replayOf: GrantId; readonly redeemedAtMs: number } | 'gone'>;
  /** A wrong verifier burns the code. */
  burn(id: CodeId, trace: Trace): Promise<void>;
  /** Spent and expired codes issued before this time are removed, at most `limit` in one step; answers how many. */
  discard(issuedBeforeMs: number, limit: number): Promise<number>;
}
