// Who asks the management API: a session by its cookie, or a management key as a bearer. Whatever else stands in the
// Authorization header is refused, and never passed over for the cookie beside it (protocol.md 10).
import type { Domain } from '../domain/domain.ts';
import { checkManagementKey } from '../domain/management-keys/check.ts';
import type { Asking } from '../domain/operation.ts';
import { checkSession } from '../domain/sessions/check-session.ts';
import { cookieValue, type CookieJar } from '../http/cookies.ts';
import type { Exchange } from '../http/exchange.ts';

const BEARER = /^Bearer +([\w-]{1,200})$/i;

const authorizationsOf = (rawHeaders: readonly string[]): readonly string[] =>
  rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );

export const whoAsks = async (
  domain: Domain,
  cookies: CookieJar,
  exchange: Exchange,
): Promise<Asking | undefined | 'invalid'> => {
  const [authorization, second] = authorizationsOf(exchange.incoming.rawHeaders);
  if (authorization !== undefined) {
    const text = second === undefined ? BEARER.exec(authorization)?.[1] : undefined;
    return (text === undefined ? undefined : await checkManagementKey(domain, text)) ?? 'invalid';
  }
  const secret = cookieValue(exchange.header('cookie'), cookies.session);
  return secret === undefined ? undefined : checkSession(domain, 'cookie', secret);
};
