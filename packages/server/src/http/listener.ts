// The node:http server: machine endpoints from one table looked up by exact raw path, prefixes for the gateway, pages behind them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import { ANSWERED, type Answer, type Exchange, type Handler } from './exchange.ts';

export type Routes = {
  /** Exact raw path to handler. */
  readonly exact: ReadonlyMap<string, Handler>;
  /** Raw path prefixes (ending in `/`) of the gateway. */
  readonly prefixes: readonly { readonly prefix: string; readonly handler: Handler }[];
  /** Everything else: pages. */
  readonly pages: (incoming: IncomingMessage, outgoing: ServerResponse, exchange: Exchange) => void;
};

export type ListenerPorts = {
  readonly requestId: () => string;
  readonly clientAddress: (incoming: IncomingMessage) => string;
  /** A bug: its text goes to the log only. */
  readonly onError: (error: unknown, exchange: Exchange) => void;
  /** After the answer went out; for logs and metrics. */
  readonly onAnswered: (exchange: Exchange, status: number, startedAtMs: number) => void;
  readonly monotonicMs: () => number;
};

const exchangeOf = (incoming: IncomingMessage, outgoing: ServerResponse, ports: ListenerPorts): Exchange => {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? undefined : target.slice(mark + 1),
    header: (name) => {
      const value = incoming.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    address: ports.clientAddress(incoming),
    requestId: ports.requestId(),
    body: (limitBytes) => readBody(incoming, limitBytes),
    incoming,
    outgoing,
  };
};

const send = (outgoing: ServerResponse, answer: Answer, exchange: Exchange): void => {
  // A string leaves in one write together with the head; bytes would take two. One without anything beyond ASCII needs
  // no encoding.
  const { body } = answer;
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  outgoing.writeHead(answer.status, {
    'x-request-id': exchange.requestId,
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    'content-length': bytes,
  });
  if (exchange.method === 'HEAD') outgoing.end();
  else if (typeof body === 'string') outgoing.end(body, bytes === body.length ? 'latin1' : 'utf8');
  else outgoing.end(body);
};

const FAILED: Answer = {
  status: 500,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({
    error: 'server_error',
    error_description: 'Something failed on our side. Try again; if it stays, quote the X-Request-Id.',
  }),
};

/** `routesOf`: by the Host header, for the gateway may have an origin of its own. */
export const createListener = (
  routesOf: (host: string | undefined) => Routes,
  ports: ListenerPorts,
): Server => {
  const handlerOf = (routes: Routes, path: string): Handler | undefined => {
    const exact = routes.exact.get(path);
    if (exact !== undefined) return exact;
    for (const { prefix, handler } of routes.prefixes) if (path.startsWith(prefix)) return handler;
    return undefined;
  };
  const run = async (handler: Handler, exchange: Exchange): Promise<void> => {
    try {
      const answer = await handler(exchange);
      if (answer !== ANSWERED) send(exchange.outgoing, answer, exchange);
    } catch (error) {
      ports.onError(error, exchange);
      if (exchange.outgoing.headersSent) exchange.outgoing.destroy();
      else send(exchange.outgoing, FAILED, exchange);
    }
  };
  const server = createServer(
    { maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 },
    (incoming, outgoing) => {
      const startedAtMs = ports.monotonicMs();
      const exchange = exchangeOf(incoming, outgoing, ports);
      outgoing.on('close', () => ports.onAnswered(exchange, outgoing.statusCode, startedAtMs));
      const routes = routesOf(incoming.headers.host);
      const handler = handlerOf(routes, exchange.path);
      if (handler === undefined) routes.pages(incoming, outgoing, exchange);
      else void run(handler, exchange);
    },
  );
  server.maxRequestsPerSocket = 0;
  return server;
};
