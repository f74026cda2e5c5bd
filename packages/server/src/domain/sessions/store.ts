import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { Session, SessionId } from './session.ts';

export interface SessionStore {
  find(id: SessionId): Promise<Session | undefined>;
  /**
   * What a right password opens: a half session, or a whole one if the user has no second factor. False when the password
   * changed since it was checked, or when a whole session would pass a second factor by; nothing is written.
   */
  openByPassword(session: Session, passwordHash: string, trace: Trace): Promise<boolean>;
  /** Last seen; written at most once a minute by the caller, without a trace. */
  seen(id: SessionId, atMs: number): Promise<void>;
  /** The person proved again who they are (step-up). */
  authenticated(id: SessionId, trace: Trace): Promise<void>;
  /** False if it had ended before. */
  end(id: SessionId, trace: Trace): Promise<boolean>;
  /** Ends every open session of the user but this one. */
  endOthers(userId: UserId, kept: SessionId | undefined, trace: Trace): Promise<void>;
  /** Active sessions of a user, newest first. */
  listOf(userId: UserId, nowMs: number): Promise<readonly Session[]>;
}
