// RFC 7009: an app gives a token back. The answer never tells whether there was one. A terminal may also take back the
// device code of a login that it gives up (`token_type_hint=device_code`); only that is told, for it tells the person.
import { withdrawDevice } from '../domain/devices/withdraw.ts';
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
    const byApp = { ...caused, actor: { kind: 'app', id: app.id } } as const;
    if (form.get('token_type_hint') === 'device_code') {
      return jsonAnswer({ cancelled: await withdrawDevice(domain, app, token, byApp) });
    }
    await revokeToken(domain, app, token, byApp);
    return jsonAnswer({});
  });
