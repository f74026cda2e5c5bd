// What `--verbose` may show of a request and its answer: one trace for everything that the kit sends, without secrets.
import { isSecretVariable } from '../child-environment.ts';
import type { Io } from '../io.ts';
import { createRedactor } from './redactor.ts';
import type { Redactor } from './redactor.ts';
import { networkReason } from './send.ts';

export type Exchange = {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string | undefined;
  /** Undefined when no answer came; then `failure` says why. */
  readonly status?: number | undefined;
  readonly failure?: string | undefined;
  /** Until the answer began. */
  readonly elapsedMs: number;
  /** What the server calls this request, to be told to its people. */
  readonly requestId?: string | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody?: string | undefined;
};

type Fetch = typeof globalThis.fetch;
type Asked = Pick<Exchange, 'method' | 'url' | 'requestHeaders' | 'requestBody'>;

const longestBody = 64 * 1024;
const readable = /^application\/(?:[\w.-]+\+)?json\b/i;

/** The same outside world, with each exchange told. What is told holds no secret that was sent, received or set. */
export function traceExchanges(io: Io, onExchange: (exchange: Exchange) => void): Io {
  const redactor = createRedactor();
  for (const [name, value] of Object.entries(io.env)) {
    if (isSecretVariable(name) && value !== undefined) redactor.learn(value.trim());
  }
  return {
    ...io,
    fetch: async (input, init) => {
      const asked = readRequest(redactor, input, init);
      const began = io.monotonicMs();
      const elapsed = (): number => Math.round(io.monotonicMs() - began);
      try {
        const response = await io.fetch(input, init);
        const elapsedMs = elapsed();
        onExchange({ ...asked, elapsedMs, ...(await readResponse(redactor, response)) });
        return response;
      } catch (error) {
        const failure = redactor.text(failureOf(error));
        onExchange({ ...asked, elapsedMs: elapsed(), failure, responseHeaders: {} });
        throw error;
      }
    },
  };
}

/** As lines for a person: `>` what was sent, `<` what came. */
export function exchangeLines(exchange: Exchange): readonly string[] {
  const { status, failure, elapsedMs, requestId } = exchange;
  const id = requestId === undefined ? '' : `, request ${requestId}`;
  return [
    `> ${exchange.method} ${exchange.url}`,
    ...partLines('>', exchange.requestHeaders, exchange.requestBody),
    `< ${status ?? failure ?? 'no answer'} in ${elapsedMs} ms${id}`,
    ...partLines('<', exchange.responseHeaders, exchange.responseBody),
  ];
}

function failureOf(error: unknown): string {
  const stopped = error instanceof Error && /^(?:Abort|Timeout)Error$/.test(error.name);
  return stopped ? 'no answer, stopped' : `no answer, ${networkReason(error)},`;
}

function partLines(
  sign: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): string[] {
  const lines = Object.entries(headers).map(([name, value]) => `${sign}   ${name}: ${value}`);
  return body === undefined ? lines : [...lines, `${sign}   ${body}`];
}

function readRequest(redactor: Redactor, ...[input, init]: Parameters<Fetch>): Asked {
  const request = typeof input === 'string' || input instanceof URL ? undefined : input;
  const headers = new Headers(init?.headers ?? request?.headers);
  const body = init?.body;
  const text = typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined;
  const form = body instanceof URLSearchParams || isForm(headers);
  redactor.learnHeaders(headers);
  if (text !== undefined) redactor.learnBody(text, form);
  const href = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
  redactor.learnUrl(href);
  return {
    method: init?.method ?? request?.method ?? 'GET',
    url: redactor.url(href),
    requestHeaders: redactor.headers(headers),
    requestBody: text === undefined ? unshown(body === undefined ? null : body) : redactor.body(text, form),
  };
}

function isForm(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
}

function unshown(body: unknown): string | undefined {
  return body === null ? undefined : '[not shown]';
}

async function readResponse(
  redactor: Redactor,
  response: Response,
): Promise<Pick<Exchange, 'status' | 'requestId' | 'responseHeaders' | 'responseBody'>> {
  const { status, headers } = response;
  const type = headers.get('content-type') ?? '';
  // A page or a file is no use on a terminal, and may hold anything.
  const text = readable.test(type) ? await peek(response) : undefined;
  redactor.learnHeaders(headers);
  if (text !== undefined) redactor.learnBody(text, false);
  const id = headers.get('x-request-id') ?? headers.get('request-id');
  return {
    status,
    requestId: id === null ? undefined : redactor.text(id),
    responseHeaders: redactor.headers(headers),
    responseBody:
      text === undefined ? unshown(type === '' ? null : response.body) : redactor.body(text, false),
  };
}

/** The body without taking it away from whoever asked; undefined when it is too long or cut. */
async function peek(response: Response): Promise<string | undefined> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > longestBody || response.body === null) return undefined;
  try {
    const text = await response.clone().text();
    return text.length > longestBody ? undefined : text;
  } catch {
    return undefined;
  }
}
