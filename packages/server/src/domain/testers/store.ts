import type { AppId } from '../apps/app.ts';
import type { Trace } from '../trace.ts';
import type { User, UserId } from '../users/user.ts';

export type Tester = { readonly user: User; readonly addedAtMs: number };

/** People outside the team who accepted an invitation to a development app; they come in by proofs (domain/proofs). */
export interface TesterStore {
  /** First added first. */
  listOf(appId: AppId, limit: number): Promise<readonly Tester[]>;
  /** Seats taken, waiting invitations included. */
  countSeats(appId: AppId): Promise<number>;
  /**
   * Gives the seat back and ends, in the same unit, the person's connections to the app, unless it is in production or
   * they are on its team. Changes: each connection. False if they were no tester.
   */
  remove(appId: AppId, userId: UserId, trace: Trace): Promise<boolean>;
}
