// RFC 7009: an app gives a token back. The answer never tells whether there was one.
import { revokeToken } from '../domain/tokens/inspect.ts';
import type { Domain } from '../domain/domain.ts';
import type { Handler } from '../http/exchange.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { invalidRequest } from '../http/parameters.ts';
import { appEndpoint } from './client-endpoint.ts';

export const revokeEndpoint = (domain: Domain): Handler =>
  appEndpoint(domain, async ({ app, form, caused }) => {
    const token = form.get('token');
    if (token === undefined) return errorAnswer(invalidRequest('token is missing.'));
    await revokeToken(domain, app, token, { ...caused, actor: { kind: 'app', id: app.id } });
    return jsonAnswer({});
  });
