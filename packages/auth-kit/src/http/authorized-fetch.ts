// Calls to the API with the chain's credential: one renewal after a 401, Retry-After within a budget, nothing repeated
// that is not safe to repeat.
import type { ChainAnswer, ChainAsk } from '../chain.ts';
import type { Credential, CredentialSource } from '../credential.ts';
import { cancelled } from '../failure.ts';
import type { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import { checkBaseUrl } from './base-url.ts';
import { clockSkewMs } from './clock-skew.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { networkReason, unreachable } from './send.ts';

export type ApiAnswer =
  | {
      readonly ok: true;
      readonly response: Response;
      readonly source: Pick<CredentialSource, 'name' | 'label'>;
      readonly credential: Credential;
      /** This machine's clock minus the server's, when the answer had a Date. */
      readonly clockSkewMs: number | undefined;
      readonly elapsedMs: number;
    }
  | { readonly ok: false; readonly failure: Failure; readonly clockSkewMs?: number | undefined };
/** `path` is appended to the base URL; any HTTP status is an `ok` answer, but for a 401 that renewal cannot help. */
export type AuthorizedFetch = (path: string, init?: RequestInit) => Promise<ApiAnswer>;
export type AuthorizedFetchOptions = {
  readonly io: Io;
  readonly chain: { readonly resolve: (ask?: ChainAsk) => Promise<ChainAnswer> };
  readonly baseUrl: string;
  /** For one request, not for the waits between. Default 30 s. */
  readonly timeoutMs?: number;
  /** Longest time spent waiting for Retry-After in one call. Default 20 s. */
  readonly retryBudgetMs?: number;
  /** Called before such a wait, so that a person can be told. */
  readonly onWait?: ((waitMs: number, status: number) => void) | undefined;
};

type Winner = Extract<ChainAnswer, { ok: true }>;
type Sent = Extract<ApiAnswer, { ok: true }>;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A `fetch` with the chain's credential. A 401 (RFC 6750 section 3.1) is answered by one renewal and one repeat; 429 and 503
 * by waiting for Retry-After (RFC 9110 section 10.2.3), for safe methods only. Redirects are not followed. Fails with
 * `insecure` or `configuration` for a base URL that may see no credential, with `network` when nothing answered.
 */
export function authorizedFetch(options: AuthorizedFetchOptions): AuthorizedFetch {
  return async (path, init = {}) => {
    const base = checkBaseUrl(options.baseUrl, 'the server address');
    if (!base.ok) return base;
    const url = base.value + (path.startsWith('/') ? path : `/${path}`);
    const winner = await options.chain.resolve();
    if (!winner.ok) return winner;
    const first = await sendPatiently(options, url, init, winner);
    if (!first.ok || first.response.status !== 401 || init.body instanceof ReadableStream) return first;
    return await retryRenewed(options, url, init, winner, first);
  };
}

/** The same source renewed, or the next one down, which the chain then says. */
async function retryRenewed(
  options: AuthorizedFetchOptions,
  url: string,
  init: RequestInit,
  winner: Winner,
  first: Sent,
): Promise<ApiAnswer> {
  const renewed = await options.chain.resolve({ refused: winner.credential.token });
  if (!renewed.ok) {
    if (renewed.failure.kind === 'cancelled' || renewed.failure.kind === 'network') return renewed;
    return { ok: false, failure: { status: 401, ...renewed.failure }, clockSkewMs: first.clockSkewMs };
  }
  if (renewed.credential.token === winner.credential.token) return first;
  await first.response.body?.cancel();
  return await sendPatiently(options, url, init, renewed);
}

async function sendPatiently(
  options: AuthorizedFetchOptions,
  url: string,
  init: RequestInit,
  winner: Winner,
): Promise<ApiAnswer> {
  const { io, retryBudgetMs = 20_000 } = options;
  let leftMs = retryBudgetMs;
  for (;;) {
    const answer = await sendOnce(options, url, init, winner);
    if (!answer.ok || !safeMethods.has((init.method ?? 'GET').toUpperCase())) return answer;
    const { status, headers } = answer.response;
    const seconds = status === 429 || status === 503 ? retryAfterSeconds(headers, io.now()) : undefined;
    if (seconds === undefined || seconds * 1000 > leftMs) return answer;
    // A wait of zero still costs something, or a server could keep us busy for ever.
    const waitMs = Math.max(seconds * 1000, 250);
    leftMs -= waitMs;
    options.onWait?.(waitMs, status);
    await answer.response.body?.cancel();
    await io.sleep(waitMs, io.signal);
    if (io.signal.aborted) return cancelled;
  }
}

async function sendOnce(
  options: AuthorizedFetchOptions,
  url: string,
  init: RequestInit,
  { source, credential }: Winner,
): Promise<ApiAnswer> {
  const { io, timeoutMs = 30_000 } = options;
  const headers = new Headers(init.headers);
  headers.set('authorization', `${credential.scheme} ${credential.token}`);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([io.signal, timeout, ...(init.signal ? [init.signal] : [])]);
  const sentAt = io.now();
  const began = io.monotonicMs();
  try {
    const response = await io.fetch(url, { ...init, headers, redirect: 'manual', signal });
    const elapsedMs = Math.round(io.monotonicMs() - began);
    const skew = clockSkewMs(response.headers, sentAt, io.now());
    return { ok: true, response, source, credential, clockSkewMs: skew, elapsedMs };
  } catch (error) {
    if (timeout.aborted) return unreachable(url, `no answer within ${Math.round(timeoutMs / 1000)} s`);
    return signal.aborted ? cancelled : unreachable(url, networkReason(error));
  }
}
