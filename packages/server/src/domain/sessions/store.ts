import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { Session, SessionId } from './session.ts';

export interface SessionStore {
  find(id: SessionId): Promise<Session | undefined>;
  create(session: Session, trace: Trace): Promise<void>;
  /** Last seen; written at most once a minute by the caller, without a trace. */
  seen(id: SessionId, atMs: number): Promise<void>;
  /** The person proved again who they are (step-up). */
  authenticated(id: SessionId, trace: Trace): Promise<void>;
  /** False if it had ended before. */
  end(id: SessionId, trace: Trace): Promise<boolean>;
  /** Active sessions of a user, newest first. */
  listOf(userId: UserId, nowMs: number): Promise<readonly Session[]>;
}
