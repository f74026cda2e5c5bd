/** Owns the four authentication methods of document 000, in its order; how each works is auth-kit's. */
import type { CredentialSource, Io, Setting } from '@latchkey/auth-kit';
import {
  browserPkce,
  clientCredentials,
  directToken,
  envSetting,
  fileSetting,
  firstOf,
  fixedSetting,
  refresh,
  tokenUrl,
} from '@latchkey/auth-kit';
import type { Files } from './files.ts';
import type { MethodId } from './global-options.ts';
import type { Host } from './host.ts';

/** The first-party public app: browser logins never use the vendor's LOFTY_CLIENT_ID. */
export const firstPartyApp = 'lofty-cli';

export const loginCommands: Readonly<Record<MethodId, string>> = {
  'token-url': 'lofty-cli auth login-session',
  'browser-oauth': 'lofty-cli auth login-browser',
  'client-credentials': 'lofty-cli auth login',
  'direct-token': 'set LOFTY_ACCESS_TOKEN to a new token',
};

export const methodLabels: Readonly<Record<MethodId, string>> = {
  'token-url': 'Token URL',
  'browser-oauth': 'Browser OAuth (PKCE)',
  'client-credentials': 'Client Credentials',
  'direct-token': 'Direct Token',
};

export type SessionFlags = {
  readonly tokenUrl?: string | undefined;
  readonly sessionId?: string | undefined;
};

export function loftyMethods(
  host: Host,
  files: Files,
  flags: SessionFlags = {},
): readonly CredentialSource[] {
  return [
    tokenUrlMethod(host, files, flags),
    browserPkce({
      name: 'browser-oauth' satisfies MethodId,
      label: methodLabels['browser-oauth'],
      cachePath: files.pkceCache,
      baseUrl: host.baseUrl,
      clientId: firstPartyApp,
      loginCommand: loginCommands['browser-oauth'],
    }),
    clientCredentials({
      name: 'client-credentials' satisfies MethodId,
      label: methodLabels['client-credentials'],
      cachePath: files.oauthCache,
      baseUrl: host.baseUrl,
      clientId: envSetting('LOFTY_CLIENT_ID'),
      clientSecret: envSetting('LOFTY_CLIENT_SECRET'),
      parameters: { customer_key: customerKeySetting(files) },
      loginCommand: loginCommands['client-credentials'],
    }),
    directToken({
      name: 'direct-token' satisfies MethodId,
      label: methodLabels['direct-token'],
      variable: 'LOFTY_ACCESS_TOKEN',
      renew: (io) => renewDirectToken(io, host),
    }),
  ];
}

export function customerKeySetting(files: Files): Setting {
  return firstOf(envSetting('LOFTY_CUSTOMER_KEY'), fileSetting(files.customerKey));
}

function tokenUrlMethod(host: Host, files: Files, flags: SessionFlags): CredentialSource {
  return tokenUrl({
    name: 'token-url' satisfies MethodId,
    label: methodLabels['token-url'],
    cachePath: files.sessionCache,
    baseUrl: host.baseUrl,
    tokenUrl: flagOrVariable('--tokenurl', flags.tokenUrl, 'LOFTY_TOKEN_URL'),
    sessionId: flagOrVariable('--sessionid', flags.sessionId, 'LOFTY_SESSION_ID'),
    loginCommand: loginCommands['token-url'],
  });
}

/** When both are missing, the variable is the one to name. */
function flagOrVariable(flag: string, value: string | undefined, variable: string): Setting {
  return value === undefined ? envSetting(variable) : fixedSetting(flag, value);
}

/** Only asked after a 401: until then a direct token is used as it is. */
async function renewDirectToken(
  io: Io,
  host: Host,
): ReturnType<NonNullable<Parameters<typeof directToken>[0]['renew']>> {
  const refreshToken = io.env['LOFTY_REFRESH_TOKEN'];
  if (refreshToken === undefined || refreshToken === '') return undefined;
  const clientId = io.env['LOFTY_CLIENT_ID'];
  const clientSecret = io.env['LOFTY_CLIENT_SECRET'];
  // A vendor's token is renewed as that vendor's app; without its credentials it can only be one of ours.
  const app = clientId && clientSecret ? { clientId, clientSecret } : { clientId: firstPartyApp };
  return refresh({ io, baseUrl: host.baseUrl, refreshToken, ...app });
}
