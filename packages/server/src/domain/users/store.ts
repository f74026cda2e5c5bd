import type { Trace } from '../trace.ts';
import type { User, UserId } from './user.ts';

export interface UserStore {
  find(id: UserId): Promise<User | undefined>;
  findByPublicId(publicId: string): Promise<User | undefined>;
  /** `key` is an `emailKey`. */
  findByEmailKey(key: string): Promise<User | undefined>;
  /** Answers 'email-taken' when another user has the same e-mail key, then nothing is written. */
  create(user: User, trace: Trace): Promise<'created' | 'email-taken'>;
  /** A change 'user' is written: disabled users' tokens end until the flag is lifted. False if already so. */
  setDisabled(id: UserId, disabled: boolean, trace: Trace): Promise<boolean>;
}
