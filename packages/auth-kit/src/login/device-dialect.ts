// What differs between device logins: standard RFC 8628, and the JSON form that ends in an API key (document 004).
import { isHeaderToken, readTokens } from '../http/token-endpoint.ts';
import type { JsonObject, WireRequest } from '../http/token-endpoint.ts';
import type { TokenSet } from '../token-set.ts';

export type DeviceDialect<T> = {
  readonly start: WireRequest;
  readonly poll: (deviceCode: string) => WireRequest;
  /** The collected credential from a 200 answer, or undefined if it is none. */
  readonly collect: (answer: JsonObject, nowMs: number) => T | undefined;
  /** Said for `access_denied`. */
  readonly deniedReason: string;
};

/** RFC 8628 sections 3.1 and 3.4. */
export function rfc8628Dialect(options: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scope?: string | undefined;
}): DeviceDialect<TokenSet> {
  const { baseUrl, clientId, scope } = options;
  return {
    start: {
      url: `${baseUrl}/oauth/device_authorization`,
      body: { form: { client_id: clientId, ...(scope !== undefined && { scope }) } },
    },
    poll: (deviceCode) => ({
      url: `${baseUrl}/oauth/token`,
      body: {
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          device_code: deviceCode,
          client_id: clientId,
        },
      },
    }),
    collect: (answer, nowMs) => readTokens(answer, baseUrl, nowMs),
    deniedReason: 'not authorized: Cancel was pressed in the browser',
  };
}

/** `/auth/device/start` and `/auth/device/token`, JSON both ways. Its `access_denied` has three causes. */
export function apiKeyDialect(options: { readonly baseUrl: string }): DeviceDialect<string> {
  const { baseUrl } = options;
  return {
    start: { url: `${baseUrl}/auth/device/start`, body: { json: {} } },
    poll: (deviceCode) => ({
      url: `${baseUrl}/auth/device/token`,
      body: { json: { device_code: deviceCode } },
    }),
    collect: ({ status, api_key: key }) => (status === 'approved' && isHeaderToken(key) ? key : undefined),
    deniedReason: 'not approved: denied, not a valid code, or its key was already collected',
  };
}
