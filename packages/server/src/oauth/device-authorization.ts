// RFC 8628 3.1 and 3.2: a terminal asks for a code.
import type { TokenError } from '@latchkey/protocol';
import { startDevice, type StartRefusal } from '../domain/devices/start.ts';
import type { Domain } from '../domain/domain.ts';
import type { Handler } from '../http/exchange.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { appEndpoint } from './client-endpoint.ts';
import { scopeOf } from './grants/grant.ts';

const ERRORS: Record<StartRefusal, TokenError> = {
  'app-suspended': {
    error: 'unauthorized_client',
    description: 'This app is suspended. Ask the operator of the API.',
  },
  'no-device-grant': { error: 'unauthorized_client', description: 'This app may not use the device grant.' },
  'scope-too-wide': {
    error: 'invalid_scope',
    description: 'scope names a permission that this app does not have. Send openApi or leave it out.',
  },
  'too-many': {
    error: 'temporarily_unavailable',
    description: 'Too many logins wait for approval at the moment. Try again in a minute.',
    retryAfterSeconds: 60,
  },
};

export const deviceAuthorizationEndpoint = (domain: Domain): Handler =>
  appEndpoint(domain, async ({ app, form, caused }) => {
    const scope = scopeOf(form);
    if (scope === undefined) return errorAnswer(ERRORS['scope-too-wide']);
    const source = { about: 'any', address: caused.address };
    const retryAfterSeconds = domain.guesses.blockedForSeconds('device-start', source);
    if (retryAfterSeconds !== undefined) return errorAnswer({ ...ERRORS['too-many'], retryAfterSeconds });
    domain.guesses.failed('device-start', source);
    const result = await startDevice(domain, { app, outcome: 'grant', scope }, caused);
    if (!result.ok) return errorAnswer(ERRORS[result.reason]);
    const { started } = result;
    const page = `${domain.settings.issuer}/device`;
    return jsonAnswer({
      device_code: started.deviceCode,
      user_code: started.userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?code=${started.userCode}`,
      expires_in: started.expiresInSeconds,
      interval: started.intervalSeconds,
    });
  });
