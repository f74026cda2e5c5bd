// Step 4 of the gateway: forwards a request to the one upstream and streams its answer back.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Pool, type Dispatcher } from 'undici';
import { answerHeaders } from './answer-headers.ts';
import { BodyTooLarge, hasBody, limitedBody } from './body.ts';
import type { RefusalReason } from './refusals.ts';
import type { GatewaySettings } from './settings.ts';

type Forwarding = {
  readonly method: string;
  readonly target: string;
  readonly headers: string[];
  readonly rate: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
};

/** How it went: the answer's head went out with this status, nothing was sent yet, or nobody is there to send it to. */
export type Forwarded =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'caller-gone' };

export type Proxy = {
  /** Resolves when the head of the answer went out; the body streams on. */
  readonly forward: (forwarding: Forwarding) => Promise<Forwarded>;
  readonly underWay: () => number;
  /** Lets what is under way finish. */
  readonly close: () => Promise<void>;
};

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

const SLOW = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);
const DOWN = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);

const reasonOf = (error: Error): RefusalReason => {
  if (error instanceof BodyTooLarge) return 'body-too-large';
  const code = codeOf(error);
  if (SLOW.has(code)) return 'upstream-slow';
  if (DOWN.has(code)) return 'upstream-down';
  // undici refuses what it cannot write as valid HTTP; nothing reached the upstream then.
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED'
    ? 'bad-request'
    : 'upstream-broken';
};

/** The upstream closed an idle connection just as it was taken: safe to ask once more if nothing can have happened. */
const mayAskAgain = (forwarding: Forwarding, error: Error): boolean =>
  (forwarding.method === 'GET' || forwarding.method === 'HEAD') &&
  (codeOf(error) === 'UND_ERR_SOCKET' || codeOf(error) === 'ECONNRESET' || codeOf(error) === 'EPIPE') &&
  !hasBody(forwarding.incoming);

const CALLER_GONE = new Error('the caller hung up');

type Exchange = {
  readonly forwarding: Forwarding;
  readonly settings: GatewaySettings;
  readonly headSent: (status: number) => void;
  /** Before the head went out. */
  readonly failed: (error: Error) => void;
  readonly ended: () => void;
};

const createHandler = ({
  forwarding,
  settings,
  headSent,
  failed,
  ended,
}: Exchange): Dispatcher.DispatchHandler => {
  const { outgoing } = forwarding;
  let controller: Dispatcher.DispatchController | undefined;
  const onDrain = (): void => controller?.resume();
  const onClose = (): void => {
    if (!outgoing.writableFinished) controller?.abort(CALLER_GONE);
  };
  let finished = false;
  const finish = (): void => {
    if (finished) return;
    finished = true;
    outgoing.off('drain', onDrain);
    outgoing.off('close', onClose);
    ended();
  };
  return {
    onRequestStart: (started) => {
      controller = started;
      // It may have waited for a free connection while the caller left.
      if (outgoing.destroyed) started.abort(CALLER_GONE);
      else outgoing.on('close', onClose);
    },
    onResponseStart: (_controller, status, headers) => {
      // 103 and its kin are for the next hop only; they come before the answer.
      if (status < 200) return;
      const { rate, requestId } = forwarding;
      outgoing.writeHead(status, answerHeaders(headers, rate, requestId, settings));
      outgoing.on('drain', onDrain);
      headSent(status);
    },
    onResponseData: (started, chunk) => {
      if (!outgoing.write(chunk)) started.pause();
    },
    onResponseEnd: () => {
      finish();
      outgoing.end();
    },
    onResponseError: (_controller, error) => {
      finish();
      // A cut answer must look cut: never a clean end.
      if (outgoing.headersSent) outgoing.destroy();
      failed(error);
    },
  };
};

export const createProxy = (upstreamOrigin: string, settings: GatewaySettings): Proxy => {
  const pool = new Pool(upstreamOrigin, {
    connections: settings.upstreamConnections,
    // One request per connection at a time: with pipelining, abrupt disconnects of callers stalled strangers' requests.
    pipelining: 1,
    allowH2: false,
    connect: { timeout: settings.connectTimeoutMs },
    headersTimeout: settings.answerTimeoutMs,
    bodyTimeout: settings.pieceTimeoutMs,
    maxHeaderSize: 32_768,
  });
  let underWay = 0;

  const attempt = (forwarding: Forwarding): Promise<Forwarded | Error> =>
    new Promise((resolve) => {
      const { method, target, headers, incoming } = forwarding;
      const handler = createHandler({
        forwarding,
        settings,
        headSent: (status) => resolve({ kind: 'answered', status }),
        failed: resolve,
        ended: () => {
          underWay--;
        },
      });
      const body = hasBody(incoming) ? limitedBody(incoming, settings.bodyLimitBytes) : null;
      underWay++;
      pool.dispatch({ path: target, method, headers, body }, handler);
    });

  return {
    forward: async (forwarding) => {
      const { incoming, outgoing } = forwarding;
      if (outgoing.destroyed) return { kind: 'caller-gone' };
      if (underWay >= settings.underWayLimit) return { kind: 'refused', reason: 'busy' };
      if (Number(incoming.headers['content-length'] ?? 0) > settings.bodyLimitBytes)
        return { kind: 'refused', reason: 'body-too-large' };
      let result = await attempt(forwarding);
      if (result instanceof Error && !outgoing.destroyed && mayAskAgain(forwarding, result))
        result = await attempt(forwarding);
      if (!(result instanceof Error)) return result;
      if (outgoing.destroyed) return { kind: 'caller-gone' };
      return { kind: 'refused', reason: reasonOf(result) };
    },
    underWay: () => underWay,
    close: () => pool.close(),
  };
};
