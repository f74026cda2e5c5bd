// What every write leaves behind: who did what to which thing, when, in which request. Stores write it in the same unit.
import type { NewMail } from './mail/mail.ts';

/** Epoch milliseconds, never backwards within a process (protocol.md 14). */
export type Now = () => number;

export type Actor =
  | { readonly kind: 'user'; readonly id: number }
  | { readonly kind: 'app'; readonly id: number }
  | { readonly kind: 'system' }
  | { readonly kind: 'anonymous' };

export type SubjectKind =
  | 'user'
  | 'session'
  | 'workspace'
  | 'member'
  | 'vendor'
  | 'proof'
  | 'app'
  | 'connection'
  | 'grant'
  | 'code'
  | 'device-request'
  | 'key'
  | 'management-key'
  | 'token'
  | 'mail';

export type Trace = {
  /** The operation's id, e.g. `keys.revoke`. */
  readonly verb: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly atMs: number;
  /** Facts worth reading later; never a secret. */
  readonly detail?: Readonly<Record<string, string | number>>;
  /** Mails that tell of it, put into the outbox by the same write. */
  readonly mails?: readonly NewMail[];
};
