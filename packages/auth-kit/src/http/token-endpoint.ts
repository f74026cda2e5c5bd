// RFC 6749 section 5: one request to a token endpoint, and what its answer means. Only a JSON error from a 4xx can
// ever say that a credential is bad; 5xx, 429, HTML and broken JSON say nothing about it.
import { fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import type { Io } from '../io.ts';
import type { TokenSet } from '../token-set.ts';
import { clockSkewMs } from './clock-skew.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { send } from './send.ts';
import type { Answer } from './send.ts';

export type WireRequest = {
  readonly url: string;
  readonly body: { readonly form: Readonly<Record<string, string>> } | { readonly json: unknown };
};

export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object from a 200, or a failure. `code` holds the server's `error`. */
export async function askJson(
  io: Io,
  request: WireRequest,
  signal?: AbortSignal,
): Promise<Result<JsonObject>> {
  const answer = await send(io, request.url, postInit(request), { signal });
  return answer.ok ? readJson(answer.value, request.url, io.now()) : answer;
}

export async function askTokens(io: Io, request: WireRequest, issuer: string): Promise<Result<TokenSet>> {
  const sentAt = io.now();
  const sent = await send(io, request.url, postInit(request));
  if (!sent.ok) return sent;
  const receivedAt = io.now();
  const answer = readJson(sent.value, request.url, receivedAt);
  if (!answer.ok) return answer;
  const tokens = readTokens(answer.value, issuer, receivedAt);
  if (tokens === undefined) return strange(request.url, 'a token answer without a usable access_token');
  const skew = clockSkewMs(sent.value.headers, sentAt, receivedAt);
  return ok({ ...tokens, ...(skew !== undefined && { clockSkewMs: skew }) });
}

/** RFC 6749 section 5.1. Undefined when it cannot be used as a Bearer header. */
export function readTokens(answer: JsonObject, issuer: string, nowMs: number): TokenSet | undefined {
  const { access_token, token_type, expires_in, refresh_token, scope } = answer;
  if (!isHeaderToken(access_token)) return undefined;
  if (token_type !== undefined && !isBearer(token_type)) return undefined;
  const seconds = Number(expires_in);
  return {
    accessToken: access_token,
    obtainedAt: nowMs,
    issuer,
    ...(expires_in !== undefined &&
      expires_in !== null &&
      seconds >= 0 && { expiresAt: nowMs + seconds * 1000 }),
    ...(isHeaderToken(refresh_token) && { refreshToken: refresh_token }),
    ...(typeof scope === 'string' && { scope }),
  };
}

function isBearer(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'bearer';
}

/** Visible ASCII: nothing that could break out of a header line. */
export function isHeaderToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function postInit(request: WireRequest): RequestInit {
  const form = 'form' in request.body;
  return {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body:
      'form' in request.body
        ? new URLSearchParams(request.body.form).toString()
        : JSON.stringify(request.body.json),
  };
}

export function readJson(answer: Answer, url: string, nowMs: number): Result<JsonObject> {
  const { status } = answer;
  const wait = retryAfterSeconds(answer.headers, nowMs);
  if (status === 429 || status >= 500) return busy(url, status, wait);
  if (status >= 300 && status < 400) return strange(url, `a redirect (HTTP ${status})`, status);
  const body = parseObject(answer.text);
  if (body === undefined)
    return strange(url, `HTTP ${status} without usable JSON (a proxy or sign-in page between?)`, status);
  if (status === 200) return ok(body);
  const { error, error_description: description } = body;
  if (typeof error !== 'string') return strange(url, `HTTP ${status} without an error code`, status);
  const said = typeof description === 'string' && description !== '' ? `: ${printable(description)}` : '';
  return fail('rejected', `the server answered ${printable(error)}${said}`, { code: error, status });
}

function busy(url: string, status: number, retryAfterSeconds: number | undefined): Result<never> {
  const wait = retryAfterSeconds === undefined ? 'in a moment' : `in ${retryAfterSeconds} s`;
  const what = status === 429 ? 'asks to slow down' : 'has a problem of its own';
  return fail('server', `${new URL(url).origin} ${what} (HTTP ${status})`, {
    status,
    retryAfterSeconds,
    next: `try again ${wait}; the saved sign-in is kept`,
  });
}

function strange(
  url: string,
  what: string,
  status?: number,
): { readonly ok: false; readonly failure: Failure } {
  return fail('server', `${new URL(url).origin} answered with ${what}`, {
    status,
    next: 'check the address and the proxy; the saved sign-in is kept',
  });
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data)
      ? (data as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What a server says goes to a terminal: no control characters, not endless. */
export function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .slice(0, 200)
    .trim();
}
