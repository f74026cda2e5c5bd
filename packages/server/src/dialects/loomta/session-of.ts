// Who approves: the session bearer of the Authorization header. Cookies are never read here (protocol.md 10).
import type { Domain } from '../../domain/domain.ts';
import { checkSessionBearer } from '../../domain/sessions/check-session.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Exchange } from '../../http/exchange.ts';
import { authorizationOf } from '../../http/parameters.ts';

export const sessionOf = async (domain: Domain, exchange: Exchange): Promise<Session | undefined> => {
  const authorization = authorizationOf(exchange);
  if (typeof authorization !== 'string') return undefined;
  const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  return bearer === undefined ? undefined : checkSessionBearer(domain, bearer);
};
