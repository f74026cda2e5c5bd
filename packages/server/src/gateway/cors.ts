// CORS preflights: answered here, unauthenticated and uncounted, and never with credentials (protocol.md 10).
import type { Answer, Exchange } from '../http/exchange.ts';

/** The wildcard does not cover `Authorization`, which has to be named (Fetch standard). */
const ALLOWED: Answer = {
  status: 204,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'Authorization, Content-Type, *',
    'access-control-max-age': '7200',
    'cache-control': 'no-store',
  },
  body: '',
};

export const preflightAnswer = (exchange: Exchange): Answer | undefined =>
  exchange.method === 'OPTIONS' &&
  exchange.incoming.headers['origin'] !== undefined &&
  exchange.incoming.headers['access-control-request-method'] !== undefined
    ? ALLOWED
    : undefined;
