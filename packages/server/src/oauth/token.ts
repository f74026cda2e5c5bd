// The token pipeline: client authentication, grant choice and grant policy stand here once; a grant only fills its hook,
// so that none can skip a shared step. Both token paths run it (RFC 6749 section 5; documents 001, 002, 003).
import { printable, tokenErrorStatus, type Form, type TokenError } from '@latchkey/protocol';
import type { App } from '../domain/apps/app.ts';
import type { Caused, Domain } from '../domain/domain.ts';
import { scopeText } from '../domain/permissions/scope-text.ts';
import type { IssuedTokens } from '../domain/tokens/issue.ts';
import type { Handler } from '../http/exchange.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { authenticateApp } from './client-authentication.ts';
import { clientEndpoint } from './client-endpoint.ts';
import { authorizationCode } from './grants/authorization-code.ts';
import { clientCredentialsGrant } from './grants/client-credentials.ts';
import { deviceCode } from './grants/device-code.ts';
import type { Grant } from './grants/grant.ts';
import { refreshToken } from './grants/refresh-token.ts';

const GRANTS: ReadonlyMap<string, Grant> = new Map(
  [authorizationCode, refreshToken, clientCredentialsGrant, deviceCode].map((grant) => [grant.type, grant]),
);

export type TokenResult =
  | { readonly ok: true; readonly app: App; readonly tokens: IssuedTokens }
  | { readonly ok: false; readonly error: TokenError };

const refuse = (error: TokenError): TokenResult => ({ ok: false, error });

export const runTokenRequest = async (
  domain: Domain,
  form: Form,
  authorization: string | undefined,
  caused: Caused,
): Promise<TokenResult> => {
  const type = form.get('grant_type');
  if (type === undefined) return refuse({ error: 'invalid_request', description: 'grant_type is missing.' });
  const grant = GRANTS.get(type);
  if (grant === undefined) {
    return refuse({
      error: 'unsupported_grant_type',
      description: `${printable(type)} is not supported. Use ${[...GRANTS.keys()].join(', ')}.`,
    });
  }
  const authenticated = await authenticateApp(domain, form, authorization, caused);
  if (!authenticated.ok) return authenticated;
  const { app } = authenticated;
  if (app.suspendedAtMs !== undefined) {
    return refuse({
      error: 'unauthorized_client',
      description: 'This app is suspended. Ask the operator of the API.',
    });
  }
  const notForApp = grant.notFor(app);
  if (notForApp !== undefined) return refuse({ error: 'unauthorized_client', description: notForApp });
  const result = await grant.run({
    domain,
    app,
    form,
    caused: { ...caused, actor: { kind: 'app', id: app.id } },
  });
  domain.usage.token(app.id, type, result.ok ? 200 : tokenErrorStatus(result.error), domain.now());
  return result.ok ? { ok: true, app, tokens: result.tokens } : result;
};

export const tokenEndpoint = (domain: Domain): Handler =>
  clientEndpoint(async ({ form, authorization, caused }) => {
    const result = await runTokenRequest(domain, form, authorization, caused);
    if (!result.ok) return errorAnswer(result.error);
    const { tokens } = result;
    return jsonAnswer({
      access_token: tokens.accessToken,
      token_type: 'Bearer',
      expires_in: tokens.expiresInSeconds,
      ...(tokens.refreshToken === undefined ? {} : { refresh_token: tokens.refreshToken }),
      scope: scopeText(tokens.permissions),
    });
  });
