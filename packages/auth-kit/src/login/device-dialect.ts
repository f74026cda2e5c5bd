// What differs between device logins: standard RFC 8628, and the JSON form that ends in an API key (document 004).
import { isHeaderToken, readTokens } from '../http/token-endpoint.ts';
import type { JsonObject, WireRequest } from '../http/token-endpoint.ts';
import { renewedAt } from '../token-set.ts';
import type { TokenSet } from '../token-set.ts';

export type DeviceDialect<T> = {
  readonly start: WireRequest;
  readonly poll: (deviceCode: string) => WireRequest;
  /** Takes a waiting code back; undefined where no server is known to do that. */
  readonly cancel?: ((deviceCode: string) => WireRequest) | undefined;
  /** The collected credential from a 200 answer, or undefined if it is none. */
  readonly collect: (answer: JsonObject, nowMs: number) => T | undefined;
  /** Said for `access_denied`. */
  readonly deniedReason: string;
};

/** RFC 8628 sections 3.1 and 3.4. Endpoints that are not given are those of a Latchkey server. */
export function rfc8628Dialect(options: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scope?: string | undefined;
  readonly deviceAuthorizationEndpoint?: string | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly revocationEndpoint?: string | undefined;
}): DeviceDialect<TokenSet> {
  const { baseUrl, clientId, scope } = options;
  return {
    start: {
      url: options.deviceAuthorizationEndpoint ?? `${baseUrl}/oauth/device_authorization`,
      body: { form: { client_id: clientId, ...(scope !== undefined && { scope }) } },
    },
    poll: (deviceCode) => ({
      url: options.tokenEndpoint ?? `${baseUrl}/oauth/token`,
      body: {
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          device_code: deviceCode,
          client_id: clientId,
        },
      },
    }),
    cancel: cancelAt(options.revocationEndpoint ?? `${baseUrl}/oauth/revoke`, clientId),
    collect: (answer, nowMs) => {
      const tokens = readTokens(answer, baseUrl, nowMs);
      return tokens && { ...tokens, ...renewedAt(baseUrl, options.tokenEndpoint) };
    },
    deniedReason: 'not authorized: Cancel was pressed in the browser',
  };
}

/**
 * `/auth/device/start` and `/auth/device/token`, JSON both ways (document 004, lines 25-67). Its `access_denied` has three
 * causes.
 */
export function apiKeyDialect(options: {
  readonly baseUrl: string;
  /** The app's name at the server's revocation endpoint: with it, a waiting code can be taken back. */
  readonly clientId?: string | undefined;
}): DeviceDialect<string> {
  const { baseUrl, clientId } = options;
  return {
    start: { url: `${baseUrl}/auth/device/start`, body: { json: {} } },
    poll: (deviceCode) => ({
      url: `${baseUrl}/auth/device/token`,
      body: { json: { device_code: deviceCode } },
    }),
    ...(clientId !== undefined && { cancel: cancelAt(`${baseUrl}/oauth/revoke`, clientId) }),
    collect: ({ status, api_key: key }) => (status === 'approved' && isHeaderToken(key) ? key : undefined),
    deniedReason: 'not approved: denied, not a valid code, or its key was already collected',
  };
}

function cancelAt(url: string, clientId: string): (deviceCode: string) => WireRequest {
  return (deviceCode) => ({
    url,
    body: { form: { token: deviceCode, token_type_hint: 'device_code', client_id: clientId } },
  });
}
