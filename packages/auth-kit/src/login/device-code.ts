// RFC 8628 from the device's side: ask for a code, then poll politely until the answer, the end or Ctrl-C. Two steps, so
// that the second can happen in another process.
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import { checkCredentialUrl } from '../http/base-url.ts';
import { askJson } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import type { DeviceDialect } from './device-dialect.ts';
import { readStart } from './device-ticket.ts';
import type { DeviceTicket } from './device-ticket.ts';
import { turnstile } from './turnstile.ts';
import type { Turnstile } from './turnstile.ts';

export type DeviceBeginOptions<T> = {
  readonly io: Io;
  readonly dialect: DeviceDialect<T>;
  /** Asked before a code is: proves that the result can be saved. */
  readonly proveStore: () => Promise<Result<void>>;
  readonly loginCommand: string;
  readonly signal?: AbortSignal | undefined;
};

/** A login that waits for its person. `deadlineMs` is on this process's monotonic clock. */
export type DeviceLogin = { readonly ticket: DeviceTicket; readonly deadlineMs: number };

export type DeviceFinishOptions<T> = {
  readonly io: Io;
  readonly dialect: DeviceDialect<T>;
  readonly ticket: DeviceTicket;
  /** From `beginDeviceLogin`, in the same process. Without it the wall clock says how long is left. */
  readonly deadlineMs?: number | undefined;
  readonly save: (credential: T) => Promise<Result<void>>;
  readonly loginCommand: string;
  /** The server wants slower polls: the ticket to write down from now on. */
  readonly onSlower?: ((ticket: DeviceTicket) => Promise<unknown>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Shared with another way of the same login, so that only one of them collects. */
  readonly turnstile?: Turnstile | undefined;
};

export type DeviceLoginOptions<T> = DeviceBeginOptions<T> &
  Pick<DeviceFinishOptions<T>, 'save'> & {
    /** Show the code. */
    readonly onCode: (ticket: DeviceTicket, deadlineMs: number) => void | Promise<void>;
  };

/** Section 3.5: what `slow_down` adds, for this and all later polls. */
const slowDownSeconds = 5;
const maxTransientMs = 60_000;

/** RFC 8628 section 3.1. Nothing is asked when the result could not be saved: that failure is `proveStore`'s. */
export async function beginDeviceLogin<T>(options: DeviceBeginOptions<T>): Promise<Result<DeviceLogin>> {
  const { io, dialect } = options;
  const safe = checkCredentialUrl(dialect.start.url, 'the server address');
  if (!safe.ok) return safe;
  const writable = await options.proveStore();
  if (!writable.ok) return writable;
  const asked = io.monotonicMs();
  const askedWall = io.now();
  const started = await askJson(io, dialect.start, options.signal);
  if (!started.ok) return started;
  const ticket = readStart(started.value, dialect.start.url, askedWall);
  if (ticket === undefined)
    return fail('server', 'the server answered without a usable code', { next: options.loginCommand });
  // Counted from before the request, so that we give up no later than the server does.
  return ok({ ticket, deadlineMs: asked + ticket.expiresInSeconds * 1000 });
}

/**
 * RFC 8628 sections 3.4 and 3.5. The credential is saved before this answers `ok`. Fails with `expired` and code
 * `expired_token`, `denied`, `rejected`, `storage` or `cancelled`; an outage is waited out until the code ends.
 */
export async function finishDeviceLogin<T>(options: DeviceFinishOptions<T>): Promise<Result<T>> {
  const { dialect, ticket, loginCommand } = options;
  const { origin } = new URL(dialect.start.url);
  if (ticket.server !== origin) {
    return fail('configuration', `this login was begun at ${ticket.server}, not at ${origin}`, {
      next: loginCommand,
    });
  }
  const collected = await poll(options);
  if (!collected.ok) return collected;
  const saved = await options.save(collected.value);
  return saved.ok ? collected : saved;
}

/** Both steps in one process; fails as they do. */
export async function loginWithDeviceCode<T>(options: DeviceLoginOptions<T>): Promise<Result<T>> {
  const begun = await beginDeviceLogin(options);
  if (!begun.ok) return begun;
  const { ticket, deadlineMs } = begun.value;
  await options.onCode(ticket, deadlineMs);
  const { io, dialect, save, loginCommand, signal } = options;
  return await finishDeviceLogin({ io, dialect, ticket, deadlineMs, save, loginCommand, signal });
}

type Pace = {
  intervalMs: number;
  waitMs: number;
};

async function poll<T>(options: DeviceFinishOptions<T>): Promise<Result<T>> {
  const { io, dialect, ticket } = options;
  const stop = options.signal === undefined ? io.signal : AbortSignal.any([io.signal, options.signal]);
  const request = dialect.poll(ticket.deviceCode);
  const only = options.turnstile ?? turnstile();
  const deadlineMs = options.deadlineMs ?? io.monotonicMs() + leftByWallClock(ticket, io.now());
  const intervalMs = ticket.intervalSeconds * 1000;
  // A resumed login may have been approved long ago, and its server decides about the end: it is asked at once.
  const pace: Pace = { intervalMs, waitMs: options.deadlineMs === undefined ? 0 : intervalMs };
  for (let resumed = options.deadlineMs === undefined; ; resumed = false) {
    const leftMs = deadlineMs - io.monotonicMs();
    if (leftMs <= 0 && !resumed) return expired(options);
    await sleepUntil(io, io.monotonicMs() + Math.min(pace.waitMs, Math.max(0, leftMs)), stop);
    if (stop.aborted) return cancelled;
    // Not cut short by the caller's signal: an answer on its way may be the credential, handed out once.
    const passed = await only.pass(() => collect(io, dialect, request));
    if (passed === 'over') return cancelled;
    if (passed.ok) return passed;
    const end = judge(options, passed.failure, pace);
    if (end !== undefined) return end;
    if (passed.failure.code === 'slow_down') {
      await options.onSlower?.({ ...ticket, intervalSeconds: pace.intervalMs / 1000 });
    }
  }
}

async function collect<T>(
  io: Io,
  dialect: DeviceDialect<T>,
  request: ReturnType<DeviceDialect<T>['poll']>,
): Promise<Result<T>> {
  const answer = await askJson(io, request);
  if (!answer.ok) return answer;
  const credential = dialect.collect(answer.value, io.now());
  if (credential !== undefined) return ok(credential);
  return fail('server', 'the server approved without a usable credential', { code: 'unusable' });
}

/** What a poll that brought nothing means: the end, or how long to wait. */
function judge<T>(options: DeviceFinishOptions<T>, failure: Failure, pace: Pace): Result<never> | undefined {
  const { dialect, loginCommand: next } = options;
  if (failure.code === 'slow_down') pace.intervalMs += slowDownSeconds * 1000;
  if (failure.code === 'slow_down' || failure.code === 'authorization_pending') {
    pace.waitMs = pace.intervalMs;
    return undefined;
  }
  if (failure.code === 'expired_token') return expired(options);
  if (failure.code === 'access_denied')
    return fail('denied', dialect.deniedReason, { code: failure.code, next });
  const transient = failure.kind === 'network' || failure.kind === 'server';
  if (!transient || failure.code === 'unusable') return { ok: false, failure: { next, ...failure } };
  // An outage or a proxy's page says nothing about the code: wait longer each time (section 3.5), up to its end.
  const backOffMs = Math.min(Math.max(pace.waitMs, 1000) * 2, maxTransientMs);
  pace.waitMs = Math.max(backOffMs, pace.intervalMs, (failure.retryAfterSeconds ?? 0) * 1000);
  return undefined;
}

/** A timer may fire a moment early, and a server counts the gap: the monotonic clock decides. */
async function sleepUntil(io: Io, untilMs: number, stop: AbortSignal): Promise<void> {
  for (;;) {
    const leftMs = untilMs - io.monotonicMs();
    if (leftMs <= 0 || stop.aborted) return;
    await io.sleep(Math.ceil(leftMs), stop);
  }
}

/** The clock may have been set since: never more than the code's whole life. */
function leftByWallClock(ticket: DeviceTicket, nowMs: number): number {
  return Math.min(ticket.expiresAtMs - nowMs, ticket.expiresInSeconds * 1000);
}

function expired<T>({ ticket, loginCommand }: DeviceFinishOptions<T>): {
  ok: false;
  failure: Failure;
} {
  const minutes = Math.round(ticket.expiresInSeconds / 60);
  return fail('expired', `the code expired after ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
    code: 'expired_token',
    next: loginCommand,
  });
}
