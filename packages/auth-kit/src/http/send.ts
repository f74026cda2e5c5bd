// One request with a time limit, one text answer with a size limit. What goes wrong on the way is a value.
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import type { Io } from '../io.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

const maxAnswerBytes = 1024 * 1024;

/** Redirects are not followed: a credential goes to the address it was meant for or nowhere. */
export async function send(
  io: Io,
  url: string,
  init: RequestInit,
  limits: { readonly timeoutMs?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<Result<Answer>> {
  const { timeoutMs = 15_000 } = limits;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const stop = AbortSignal.any([
    io.signal,
    timeout.signal,
    ...(limits.signal === undefined ? [] : [limits.signal]),
  ]);
  try {
    const response = await io.fetch(url, { ...init, redirect: 'manual', signal: stop });
    const text = await readLimited(response);
    if (text === undefined) return fail('server', `${origin(url)} sent more than ${maxAnswerBytes} bytes`);
    return ok({ status: response.status, headers: response.headers, text });
  } catch (error) {
    if (timeout.signal.aborted) return unreachable(url, `no answer within ${Math.round(timeoutMs / 1000)} s`);
    return stop.aborted ? cancelled : unreachable(url, networkReason(error));
  } finally {
    clearTimeout(timer);
  }
}

export function unreachable(url: string, why: string): { readonly ok: false; readonly failure: Failure } {
  return fail('network', `cannot reach ${origin(url)} (${why})`, {
    next: 'check the address, the network and the proxy; the saved sign-in is kept',
  });
}

/** The first cause that names itself, in words where we have them. */
export function networkReason(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const inner = cause instanceof AggregateError ? (cause.errors as unknown[])[0] : cause;
    if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') {
      return words[inner.code] ?? (tlsCodes.test(inner.code) ? tlsWords(inner.code) : inner.code);
    }
  }
  return 'the connection failed';
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'there is no network',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped half-way',
};

const tlsCodes = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ISSUER/;

function tlsWords(code: string): string {
  return `its certificate is not trusted: ${code}; behind a company proxy, set NODE_EXTRA_CA_CERTS to its certificate file`;
}

function origin(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'the server';
}

async function readLimited(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
