// How a command ends: one JSON document on stdout, or words for people and one JSON line on stderr.
import { symbols } from '@latchkey/auth-kit';
import type { Failure, Io } from '@latchkey/auth-kit';

export type Outcome =
  | { readonly ok: true; readonly document: string }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly next?: string | undefined;
    };

export function done(document: unknown): Outcome {
  return { ok: true, document: JSON.stringify(document) };
}

/** A JSON text of the API as it came, so that digits stay as they are; only unprintable symbols are escaped. */
export function doneWith(text: string): Outcome {
  const escaped = text.replaceAll(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (symbol) => {
    return `\\u${symbol.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return { ok: true, document: escaped.trim() };
}

export function refused(code: string, message: string, next?: string): Outcome {
  return { ok: false, code, message, next };
}

const codes: Readonly<Record<Failure['kind'], string>> = {
  network: 'network_error',
  server: 'server_error',
  rejected: 'invalid_api_key',
  expired: 'expired_token',
  denied: 'access_denied',
  'not-signed-in': 'not_authenticated',
  configuration: 'invalid_configuration',
  insecure: 'insecure_url',
  storage: 'storage_error',
  cancelled: 'cancelled',
};

export function failed(failure: Failure): Outcome {
  return refused(codes[failure.kind], sentence(failure.reason), failure.next);
}

/** Exit code: 0, 1 for every failure as documented, 130 after Ctrl-C. */
export function report(outcome: Outcome, io: Io): number {
  if (outcome.ok) {
    io.stdout.write(`${outcome.document}\n`);
    return 0;
  }
  const { code, message, next } = outcome;
  if (io.stderr.isTTY) {
    const cancelled = code === 'cancelled';
    io.stderr.write(cancelled ? `\n${message}\n` : `${symbols(io).failed} ${message}\n`);
    if (next !== undefined) io.stderr.write(`  Next: ${next}\n`);
  }
  const whole = next === undefined || message.includes(next) ? message : `${message} Next: ${next}`;
  io.stderr.write(`${JSON.stringify({ error: { code, message: whole } })}\n`);
  return code === 'cancelled' ? 130 : 1;
}

export function sentence(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
