// The table of the standard endpoints: exact raw path to handler. Consent pages are the portal's.
import { serverMetadata } from '@latchkey/protocol';
import type { Domain } from '../domain/domain.ts';
import type { Handler } from '../http/exchange.ts';
import { onlyMethods, withCors } from '../http/answers.ts';
import { deviceAuthorizationEndpoint } from './device-authorization.ts';
import { introspectEndpoint, type ResourceServer } from './introspect.ts';
import { revokeEndpoint } from './revoke.ts';
import { tokenEndpoint } from './token.ts';

const metadataEndpoint = (domain: Domain): Handler => {
  const scopes = ['openApi', ...domain.permissions.map((permission) => permission.id)];
  const body = JSON.stringify(serverMetadata(domain.settings.issuer, scopes));
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' };
  return () => ({ status: 200, headers, body });
};

export const oauthEndpoints = (
  domain: Domain,
  resourceServers: readonly ResourceServer[],
): ReadonlyMap<string, Handler> =>
  new Map([
    ['/oauth/token', withCors(['POST'], tokenEndpoint(domain))],
    ['/oauth/device_authorization', withCors(['POST'], deviceAuthorizationEndpoint(domain))],
    ['/oauth/revoke', withCors(['POST'], revokeEndpoint(domain))],
    ['/oauth/introspect', onlyMethods(['POST'], introspectEndpoint(domain, resourceServers))],
    ['/.well-known/oauth-authorization-server', withCors(['GET', 'HEAD'], metadataEndpoint(domain))],
  ]);
