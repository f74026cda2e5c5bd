// RFC 7662: what a token is worth. A resource server of this deployment sees every token of its audience, an app only its own.
import { clientCredentials, type Form } from '@latchkey/protocol';
import type { Domain } from '../domain/domain.ts';
import { scopeText } from '../domain/permissions/scope-text.ts';
import { inspectToken, type TokenFacts } from '../domain/tokens/inspect.ts';
import type { Answer, Handler } from '../http/exchange.ts';
import { matchesHash } from '../secrets/record-secret.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { authenticateApp } from './client-authentication.ts';
import { clientEndpoint } from './client-endpoint.ts';
import { invalidRequest } from '../http/parameters.ts';

/** A credential of an API that checks tokens by itself; configured by the operator. */
export type ResourceServer = { readonly clientId: string; readonly secretHash: Uint8Array };

const isResourceServer = (
  servers: readonly ResourceServer[],
  form: Form,
  authorization: string | undefined,
): boolean => {
  const credentials = clientCredentials(authorization, {
    clientId: form.get('client_id'),
    secret: form.get('client_secret'),
  });
  if (typeof credentials === 'string' || credentials.method === 'none') return false;
  const server = servers.find(({ clientId }) => clientId === credentials.clientId);
  if (server === undefined) return false;
  return matchesHash(credentials.secret, server.secretHash);
};

const activeAnswer = (issuer: string, facts: TokenFacts): Answer =>
  jsonAnswer({
    active: true,
    scope: scopeText(facts.permissions),
    client_id: facts.clientId,
    sub: facts.userPublicId,
    workspace: facts.workspacePublicId,
    ...(facts.kind === 'access' ? { token_type: 'Bearer' } : {}),
    iat: facts.issuedAtSeconds,
    exp: facts.expiresAtSeconds,
    iss: issuer,
  });

/** The same bytes for unknown, expired, ended and foreign tokens [security 33]. */
const INACTIVE = jsonAnswer({ active: false });

export const introspectEndpoint = (domain: Domain, resourceServers: readonly ResourceServer[]): Handler =>
  clientEndpoint(async ({ form, authorization, caused }) => {
    let onlyAppId: number | undefined;
    if (!isResourceServer(resourceServers, form, authorization)) {
      const authenticated = await authenticateApp(domain, form, authorization, caused);
      if (!authenticated.ok) return errorAnswer(authenticated.error);
      if (authenticated.app.kind === 'public') {
        return errorAnswer({
          error: 'invalid_client',
          description: 'Introspection needs a credential; an app without a secret has none.',
        });
      }
      onlyAppId = authenticated.app.id;
    }
    const token = form.get('token');
    if (token === undefined) return errorAnswer(invalidRequest('token is missing.'));
    const facts = await inspectToken(domain, token);
    if (facts === undefined || (onlyAppId !== undefined && facts.appId !== onlyAppId)) return INACTIVE;
    return activeAnswer(domain.settings.issuer, facts);
  });
