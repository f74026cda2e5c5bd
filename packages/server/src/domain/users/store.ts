import type { SessionId } from '../sessions/session.ts';
import type { Trace } from '../trace.ts';
import type { PlatformRole, User, UserId } from './user.ts';

export interface UserStore {
  find(id: UserId): Promise<User | undefined>;
  findByPublicId(publicId: string): Promise<User | undefined>;
  /** `key` is an `emailKey`. */
  findByEmailKey(key: string): Promise<User | undefined>;
  /** Answers 'email-taken' when another user has the same e-mail key, then nothing is written. */
  create(user: User, trace: Trace): Promise<'created' | 'email-taken'>;
  /** Every session of the user but `kept` ends in the same unit. */
  changePassword(id: UserId, passwordHash: string, kept: SessionId | undefined, trace: Trace): Promise<void>;
  updateProfile(id: UserId, to: Pick<User, 'fullName' | 'timeZone'>, trace: Trace): Promise<void>;
  /** A change 'user' is written: disabled users' tokens end until the flag is lifted. False if already so. */
  setDisabled(id: UserId, disabled: boolean, trace: Trace): Promise<boolean>;
  /** False where the role is no longer `from`: then nothing is written. */
  setPlatformRole(id: UserId, from: PlatformRole, to: PlatformRole, trace: Trace): Promise<boolean>;
}
