import type { Session } from '../sessions/session.ts';
import type { Trace } from '../trace.ts';
import type { User } from '../users/user.ts';

/** There is one link at a time; a new one overtakes it. */
export type OperatorClaim = {
  readonly id: number;
  readonly hash: Uint8Array;
  readonly expiresAtMs: number;
};

export interface OperatorClaimStore {
  /** Whether there is one who is not disabled. */
  hasOperator(): Promise<boolean>;
  /** Overtakes the one before. */
  offer(claim: OperatorClaim): Promise<void>;
  /** The one that waits to be used. */
  find(nowMs: number): Promise<OperatorClaim | undefined>;
  /**
   * The operator and their session exist together with the use of the link, or nothing of it does: of any number in
   * parallel one wins. 'gone': used, overtaken or expired, or there is an operator by now.
   */
  claim(id: number, user: User, session: Session, trace: Trace): Promise<'done' | 'gone' | 'email-taken'>;
}
