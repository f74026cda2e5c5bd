// Mail waits in an outbox that is written with what it tells about, so that none is lost or sent for what did not happen.
import type { Secrets } from '../../secrets/secrets.ts';

export type MailId = number;

/** What a mail says, before it waits. */
export type MailText = { readonly subject: string; readonly text: string; readonly html: string };

/** A mail as a trace carries it into a write. The body is locked: it may hold a code or a link [security 32]. */
export type NewMail = {
  readonly to: string;
  readonly subject: string;
  /** Which mail it is, e.g. `sign-up-code`; for lists and metrics. */
  readonly purpose: string;
  readonly body: Uint8Array;
};

export type Mail = {
  readonly id: MailId;
  readonly to: string;
  readonly subject: string;
  readonly purpose: string;
  /** Absent once it was sent and need not be read again. */
  readonly body?: Uint8Array;
  readonly createdAtMs: number;
  readonly attempts: number;
  /** When it is tried next; absent once sent or given up. */
  readonly nextAttemptAtMs?: number;
  readonly sentAtMs?: number;
  readonly failedAtMs?: number;
  /** The mail server's last words; never a body. */
  readonly lastError?: string;
};

const CONTEXT = 'mail';

/** The domain, as far as a mail needs it. */
type Locks = { readonly secrets: Pick<Secrets, 'outboxBox'> };

export const mailTo = (
  domain: Locks,
  to: string,
  purpose: string,
  { subject, text, html }: MailText,
): NewMail => ({
  to,
  subject,
  purpose,
  body: domain.secrets.outboxBox.lock(JSON.stringify({ text, html }), CONTEXT),
});

export const bodyOf = (
  domain: Locks,
  mail: Pick<Mail, 'body'>,
): Pick<MailText, 'text' | 'html'> | undefined => {
  const opened = mail.body && domain.secrets.outboxBox.open(mail.body, CONTEXT);
  return opened === undefined ? undefined : (JSON.parse(opened) as Pick<MailText, 'text' | 'html'>);
};
