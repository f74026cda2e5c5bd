// RFC 8628 from the device's side: ask for a code, show it, poll politely until the answer, the end or Ctrl-C.
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import { checkCredentialUrl } from '../http/base-url.ts';
import { askJson, printable } from '../http/token-endpoint.ts';
import type { JsonObject } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import type { DeviceDialect } from './device-dialect.ts';

export type DeviceCode = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string | undefined;
  readonly intervalSeconds: number;
  readonly expiresInSeconds: number;
};

export type DeviceLoginOptions<T> = {
  readonly io: Io;
  readonly dialect: DeviceDialect<T>;
  /** Asked before a code is: proves that the result can be saved. */
  readonly proveStore: () => Promise<Result<void>>;
  readonly save: (credential: T) => Promise<Result<void>>;
  /** Show the code; `deadlineMs` is on the monotonic clock. */
  readonly onCode: (code: DeviceCode, deadlineMs: number) => void | Promise<void>;
  readonly loginCommand: string;
  readonly signal?: AbortSignal | undefined;
};

/** Section 3.5: what `slow_down` adds, for this and all later polls. */
const slowDownSeconds = 5;
const maxTransientMs = 60_000;

/** The credential is saved before this answers `ok`. A failed save is a `storage` failure that says the key is lost. */
export async function loginWithDeviceCode<T>(options: DeviceLoginOptions<T>): Promise<Result<T>> {
  const { io, dialect } = options;
  const safe = checkCredentialUrl(dialect.start.url, 'the server address');
  if (!safe.ok) return safe;
  const writable = await options.proveStore();
  if (!writable.ok) return writable;
  const asked = io.monotonicMs();
  const started = await askJson(io, dialect.start, options.signal);
  if (!started.ok) return started;
  const code = readCode(started.value);
  if (code === undefined)
    return fail('server', 'the server answered without a usable code', { next: options.loginCommand });
  // Counted from before the request, so that we give up no later than the server does.
  const deadlineMs = asked + code.expiresInSeconds * 1000;
  await options.onCode(code, deadlineMs);
  const collected = await poll(options, code, deadlineMs);
  if (!collected.ok) return collected;
  const saved = await options.save(collected.value);
  return saved.ok ? collected : saved;
}

async function poll<T>(
  options: DeviceLoginOptions<T>,
  code: DeviceCode,
  deadlineMs: number,
): Promise<Result<T>> {
  const { io, dialect } = options;
  const stop = options.signal === undefined ? io.signal : AbortSignal.any([io.signal, options.signal]);
  const request = dialect.poll(code.deviceCode);
  let intervalMs = code.intervalSeconds * 1000;
  let waitMs = intervalMs;
  for (;;) {
    const leftMs = deadlineMs - io.monotonicMs();
    if (leftMs <= 0) return expired(code, options);
    await io.sleep(Math.min(waitMs, leftMs), stop);
    if (stop.aborted) return cancelled;
    const answer = await askJson(io, request, options.signal);
    if (answer.ok) {
      const credential = dialect.collect(answer.value, io.now());
      if (credential !== undefined) return ok(credential);
      return fail('server', 'the server approved without a usable credential', {
        next: options.loginCommand,
      });
    }
    const { failure } = answer;
    if (failure.code === 'slow_down') intervalMs += slowDownSeconds * 1000;
    if (failure.code === 'slow_down' || failure.code === 'authorization_pending') {
      waitMs = intervalMs;
      continue;
    }
    if (failure.code === 'expired_token') return expired(code, options);
    if (failure.code === 'access_denied') {
      return fail('denied', dialect.deniedReason, { code: failure.code, next: options.loginCommand });
    }
    if (failure.kind !== 'network' && failure.kind !== 'server') {
      return { ok: false, failure: { next: options.loginCommand, ...failure } };
    }
    // An outage or a proxy's page says nothing about the code: wait longer each time (section 3.5), up to its end.
    waitMs = Math.min(Math.max(waitMs * 2, (failure.retryAfterSeconds ?? 0) * 1000), maxTransientMs);
  }
}

function expired<T>(
  code: DeviceCode,
  { loginCommand }: DeviceLoginOptions<T>,
): { ok: false; failure: Failure } {
  const minutes = Math.round(code.expiresInSeconds / 60);
  return fail('expired', `the code expired after ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
    code: 'expired_token',
    next: loginCommand,
  });
}

/** Section 3.2. `interval` may be absent: then 5. */
function readCode(answer: JsonObject): DeviceCode | undefined {
  const {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: uri,
    verification_uri_complete: complete,
    interval = 5,
    expires_in: expiresIn,
  } = answer;
  if (typeof deviceCode !== 'string' || deviceCode === '') return undefined;
  if (typeof userCode !== 'string' || userCode === '' || userCode !== printable(userCode)) return undefined;
  if (typeof uri !== 'string' || !isWebAddress(uri)) return undefined;
  if (typeof interval !== 'number' || !(interval >= 0 && interval <= 600)) return undefined;
  if (typeof expiresIn !== 'number' || !(expiresIn > 0 && expiresIn <= 86_400)) return undefined;
  return {
    deviceCode,
    userCode,
    verificationUri: uri,
    ...(typeof complete === 'string' && isWebAddress(complete) && { verificationUriComplete: complete }),
    intervalSeconds: interval,
    expiresInSeconds: expiresIn,
  };
}

/** Only such an address is shown or opened: never a file, a script, or plain http from afar. */
function isWebAddress(text: string): boolean {
  return text === printable(text) && !/\s/.test(text) && checkCredentialUrl(text, 'the address').ok;
}
