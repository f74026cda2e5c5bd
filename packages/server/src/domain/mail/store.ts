import type { Trace } from '../trace.ts';
import type { Mail, MailId } from './mail.ts';

/** Mails are put in by the traces of other writes (`trace.mails`), in the same unit. */
export interface MailStore {
  find(id: MailId): Promise<Mail | undefined>;
  /** Only mails: for what tells somebody something without changing anything, e.g. "you have an account already". */
  queue(
    trace: Trace,
    about: { readonly kind: 'user' | 'app' | 'vendor'; readonly id: number },
  ): Promise<void>;
  /** Those whose next attempt is due, oldest first. */
  due(nowMs: number, limit: number): Promise<readonly Mail[]>;
  /** One winner takes a due mail for a while: its next attempt moves to `untilMs`, attempts rise. */
  take(id: MailId, nowMs: number, untilMs: number): Promise<boolean>;
  /** `keepBody`: the demo's outbox page shows it; else it is wiped. */
  sent(id: MailId, atMs: number, keepBody: boolean): Promise<void>;
  /** Without `nextAttemptAtMs` it is given up. */
  failed(id: MailId, atMs: number, error: string, nextAttemptAtMs: number | undefined): Promise<void>;
  /** An operator tries a given-up mail again. False if it has no body any more or is not given up. */
  retry(id: MailId, trace: Trace): Promise<boolean>;
  /** Removes at most `limit` that were sent or given up, and written before. */
  discard(beforeMs: number, limit: number): Promise<number>;
  /** Newest first, before an id. */
  list(before: MailId | undefined, limit: number): Promise<readonly Mail[]>;
}
