// The one shape of an expected failure: what kind it is (exit codes and retries depend on it), why, and what to do next.

export type FailureKind =
  /** No answer: name not found, refused, TLS, time-out. Saved credentials are kept. */
  | 'network'
  /** An answer that is no answer: 5xx, 429, a proxy's HTML, broken JSON. Saved credentials are kept. */
  | 'server'
  /** The server said this credential is wrong: `invalid_client`, a 401 on a fresh token, an unknown key. */
  | 'rejected'
  /** A sign-in or code that was good once has ended; signing in again helps. */
  | 'expired'
  /** The person, or the server in their name, said no. */
  | 'denied'
  /** No link of the chain is configured. */
  | 'not-signed-in'
  /** A setting cannot be used as it is (an address that is no address, an unknown method name). */
  | 'configuration'
  /** Plain http to a host that is not this machine. */
  | 'insecure'
  /** The credential could not be read from or written to disk. */
  | 'storage'
  /** Ctrl-C, or the caller's signal. */
  | 'cancelled';

export type Failure = {
  readonly kind: FailureKind;
  /** One sentence part without a full stop, fit after "failed: ". Never holds a secret. */
  readonly reason: string;
  /** What the person can do now. */
  readonly next?: string | undefined;
  /** The server's own error code, where it gave one. */
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
};

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  kind: FailureKind,
  reason: string,
  more: Omit<Failure, 'kind' | 'reason'> = {},
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { kind, reason, ...more } };
}

export const cancelled: { readonly ok: false; readonly failure: Failure } = fail('cancelled', 'cancelled');
