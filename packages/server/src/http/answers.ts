// JSON answers of the OAuth endpoints: never stored by a cache (RFC 6749 5.1), errors as RFC 6749 5.2 has them.
import { tokenErrorStatus, type TokenError } from '@latchkey/protocol';
import type { Answer, Handler } from './exchange.ts';

const JSON_HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  pragma: 'no-cache',
} as const;

export const jsonAnswer = (body: object, status = 200): Answer => ({
  status,
  headers: JSON_HEADERS,
  body: JSON.stringify(body),
});

export const errorAnswer = (error: TokenError): Answer => ({
  status: tokenErrorStatus(error),
  headers: {
    ...JSON_HEADERS,
    ...(error.error === 'invalid_client'
      ? { 'www-authenticate': 'Basic realm="latchkey", charset="UTF-8"' }
      : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
  },
  body: JSON.stringify({ error: error.error, error_description: error.description }),
});

/** Any origin, without credentials; preflights answered by us (protocol.md 10). Other methods: 405 with Allow. */
export const withCors = (methods: readonly string[], handler: Handler): Handler => {
  const allow = [...methods, 'OPTIONS'].join(', ');
  const anyOrigin = { 'access-control-allow-origin': '*' };
  const preflight: Answer = {
    status: 204,
    headers: {
      allow,
      ...anyOrigin,
      'access-control-allow-methods': allow,
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '86400',
    },
    body: '',
  };
  const refused: Answer = {
    ...methodNotAllowed(methods),
    headers: { ...JSON_HEADERS, allow, ...anyOrigin },
  };
  return async (exchange) => {
    if (exchange.method === 'OPTIONS') return preflight;
    if (!methods.includes(exchange.method)) return refused;
    const answer = await handler(exchange);
    if (typeof answer === 'symbol') return answer;
    return { ...answer, headers: { ...answer.headers, ...anyOrigin } };
  };
};

const methodNotAllowed = (methods: readonly string[]): Answer => ({
  status: 405,
  headers: { ...JSON_HEADERS, allow: methods.join(', ') },
  body: JSON.stringify({
    error: 'invalid_request',
    error_description: `This address takes ${methods.join(' or ')} only.`,
  }),
});

/** The same without CORS. */
export const onlyMethods =
  (methods: readonly string[], handler: Handler): Handler =>
  (exchange) =>
    methods.includes(exchange.method) ? handler(exchange) : methodNotAllowed(methods);
