// One request with a time limit, one text answer with a size limit. What goes wrong on the way is a value.
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import type { Io } from '../io.ts';
import { nameProxy } from './proxy-settings.ts';
import type { Proxy } from './proxy-settings.ts';

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

/** The first cause that names itself, in words where we have them, and the proxy where one was between. */
export function networkReason(error: unknown): string {
  const by =
    error instanceof Error && 'proxy' in error ? ` by way of ${nameProxy(error.proxy as Proxy)}` : '';
  return reasonOf(error) + by;
}

function reasonOf(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const refused = proxyRefusal.exec(cause.message)?.[1];
    if (refused !== undefined)
      return refused === '407' ? proxyWantsPassword : `HTTP ${refused} from the proxy`;
    const inner = cause instanceof AggregateError ? (cause.errors as unknown[])[0] : cause;
    if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') {
      const found = words[inner.code] ?? (tlsCodes.test(inner.code) ? tlsWords(inner.code) : undefined);
      if (found !== undefined) return found;
      if (cause.cause === undefined) return inner.code;
    }
    if (isFailure(cause.cause)) return cause.cause.reason;
  }
  return 'the connection failed';
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'reason' in value;
}

/** As undici, which is Node's own fetch, says that a CONNECT was not answered with 200. */
const proxyRefusal = /Proxy response \((\d{3})\) !== 200/;
const proxyWantsPassword =
  'the proxy wants a user name and a password: put them into its address, as in http://name:password@proxy:3128';

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
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this computer is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this computer is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

const tlsCodes = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ISSUER/;

function tlsWords(code: string): string {
  return `its certificate is not trusted: ${code}; if a proxy of your company reads the traffic, set NODE_EXTRA_CA_CERTS to the file of its certificate`;
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
