// RFC 7009: an app gives a token back. The answer never tells whether there was one.
import { revokeToken } from '../domain/tokens/inspect.ts';
import type { Domain } from '../domain/domain.ts';
import type { Handler } from '../http/exchange.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { causedBy } from '../http/caused.ts';
import { authenticateApp } from './client-authentication.ts';
import { authorizationOf, invalidRequest, isTokenError, readParameters } from '../http/parameters.ts';

export const revokeEndpoint =
  (domain: Domain): Handler =>
  async (exchange) => {
    const form = await readParameters(exchange);
    if (isTokenError(form)) return errorAnswer(form);
    const authorization = authorizationOf(exchange);
    if (typeof authorization === 'object') return errorAnswer(authorization);
    const caused = causedBy(exchange);
    const authenticated = await authenticateApp(domain, form, authorization, caused);
    if (!authenticated.ok) return errorAnswer(authenticated.error);
    const token = form.get('token');
    if (token === undefined) return errorAnswer(invalidRequest('token is missing.'));
    const { app } = authenticated;
    await revokeToken(domain, app, token, { ...caused, actor: { kind: 'app', id: app.id } });
    return jsonAnswer({});
  };
