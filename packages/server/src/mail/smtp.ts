// Hands one mail to an SMTP server by nodemailer and says how it went: sent, not now, or never (a refusal of this mail).
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

export type OutgoingMail = {
  /** Stays the same over retries, so that a receiver can tell a mail that came twice. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly why: string }
  /** The server refuses this recipient or this text for good (5xx): asking again would not help. */
  | { readonly kind: 'refused'; readonly why: string };

export type Transport = {
  readonly deliver: (mail: OutgoingMail) => Promise<Delivery>;
  readonly close: () => void;
};

export type SmtpSettings = {
  readonly from: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** How long a mail may take in all. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);
const MAX_REASON = 300;

type SmtpFailure = {
  readonly message: string;
  readonly responseCode?: number;
  readonly command?: string;
};

/** What the server says about this mail, not about us: wrong credentials or a refused sender may be put right. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

const failureOf = (error: unknown): Delivery => {
  const { message, responseCode = 0, command = '' } = error as SmtpFailure;
  const why = message.replace(/\s+/g, ' ').slice(0, MAX_REASON);
  return responseCode >= 500 && ABOUT_THE_MAIL.has(command)
    ? { kind: 'refused', why }
    : { kind: 'later', why };
};

export const createSmtpTransport = (settings: SmtpSettings): Transport => {
  const { host, port, secure, user, password } = settings;
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  const transporter = createTransport({
    host,
    port,
    secure,
    // A password never goes over an open line, whatever somebody on the way makes of the server's offer.
    requireTLS: !secure && user !== undefined && !LOOPBACK.has(host),
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async deliver({ messageId, to, subject, text, html }) {
      try {
        await transporter.sendMail({
          messageId,
          from: settings.from,
          // An object: an address that holds a comma or a name must not become several.
          to: { name: '', address: to },
          subject,
          text,
          html,
          headers: { 'auto-submitted': 'auto-generated' },
        });
        return { kind: 'sent' };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transporter.close(),
  };
};

/** `password_file`'s content, without the line end that editors add. */
export const readPasswordFile = (file: string): string => readFileSync(file, 'utf8').replace(/\r?\n$/, '');
