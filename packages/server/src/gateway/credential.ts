// Reads the one credential of a request (protocol.md 11): which kind it is, or why it is none. Nothing is verified here.
import { isLegacyShaped } from '../domain/keys/legacy.ts';
import type { DialectName } from '../domain/permissions/permission.ts';

export type Credential =
  | { readonly kind: 'access-token'; readonly text: string }
  | { readonly kind: 'api-key'; readonly text: string };

export type CredentialProblem =
  | 'two-credentials'
  | 'token-in-query'
  | 'no-credential'
  | 'key-as-bearer'
  | 'token-as-key'
  | 'unknown-scheme'
  | 'bad-credential';

export type CredentialSettings = {
  /** What opaque API keys begin with, e.g. `loomta_sk_`. */
  readonly opaqueKeyPrefix: string;
  /** Document 003's `Authorization: <key>`, on Lofty paths. */
  readonly legacyRawKey: boolean;
};

const ACCESS_TOKEN_PREFIX = 'lk_at_';
const MAX_CREDENTIAL = 4096;
const SIGNED_KEY = /^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const OPAQUE_REST = /^[A-Za-z0-9_-]+$/;
const TOKEN_PARAMETER = /(?:^|[&;])access_token(?:[=&;]|$)/i;

const decodesToTokenParameter = (name: string): boolean => {
  try {
    return decodeURIComponent(name).toLowerCase() === 'access_token';
  } catch {
    return false;
  }
};

/** RFC 6750 section 2.3 is not offered: a token in a URL ends up in logs [security 29]. */
export const hasTokenInQuery = (query: string | undefined): boolean => {
  if (query === undefined) return false;
  if (TOKEN_PARAMETER.test(query)) return true;
  if (!query.includes('%')) return false;
  return query.split(/[&;]/).some((pair) => {
    const name = pair.split('=', 1)[0] ?? '';
    return name.includes('%') && decodesToTokenParameter(name);
  });
};

/** More than one Authorization header. */
export const DOUBLED = Symbol('doubled');

/** The value of the only Authorization header; node keeps the first of several, so the raw list is asked. */
export const authorizationOf = (rawHeaders: readonly string[]): string | undefined | typeof DOUBLED => {
  let found: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length !== 13 || name.toLowerCase() !== 'authorization') continue;
    if (found !== undefined) return DOUBLED;
    found = rawHeaders[index + 1] as string;
  }
  return found;
};

/** `opaque` and `signed` are the two forms of API keys. */
const keyFormOf = (text: string, settings: CredentialSettings): 'opaque' | 'signed' | undefined => {
  if (text.startsWith(settings.opaqueKeyPrefix))
    return OPAQUE_REST.test(text.slice(settings.opaqueKeyPrefix.length)) ? 'opaque' : undefined;
  return SIGNED_KEY.test(text) ? 'signed' : undefined;
};

const isAccessToken = (text: string): boolean => text.startsWith(ACCESS_TOKEN_PREFIX);

const readLofty = (
  scheme: string | undefined,
  text: string,
  settings: CredentialSettings,
): Credential | CredentialProblem => {
  if (scheme === 'bearer') {
    if (isAccessToken(text)) return { kind: 'access-token', text };
    return keyFormOf(text, settings) === undefined ? 'bad-credential' : 'key-as-bearer';
  }
  if (scheme !== undefined && scheme !== 'token') return 'unknown-scheme';
  if (isAccessToken(text)) return 'token-as-key';
  if (scheme === undefined && !settings.legacyRawKey) return 'unknown-scheme';
  // Keys from before have any shape; whether there is such a one is Access's question.
  const isKey = keyFormOf(text, settings) !== undefined || isLegacyShaped(text, settings.opaqueKeyPrefix);
  return isKey ? { kind: 'api-key', text } : 'bad-credential';
};

const readLoomta = (
  scheme: string | undefined,
  text: string,
  settings: CredentialSettings,
): Credential | CredentialProblem => {
  if (scheme !== 'bearer') return 'no-credential';
  return keyFormOf(text, settings) === 'opaque' ? { kind: 'api-key', text } : 'bad-credential';
};

export const readCredential = (
  authorization: string | undefined | typeof DOUBLED,
  query: string | undefined,
  dialect: DialectName,
  settings: CredentialSettings,
): Credential | CredentialProblem => {
  if (authorization === DOUBLED) return 'two-credentials';
  if (hasTokenInQuery(query)) return authorization === undefined ? 'token-in-query' : 'two-credentials';
  if (authorization === undefined || authorization === '') return 'no-credential';
  if (authorization.length > MAX_CREDENTIAL) return 'bad-credential';
  const space = authorization.indexOf(' ');
  const scheme = space < 0 ? undefined : authorization.slice(0, space).toLowerCase();
  const text = space < 0 ? authorization : authorization.slice(space + 1).trimStart();
  // `Bearer a, Bearer b` and the like: two in one header.
  if (/[\s,]/.test(text))
    return scheme === 'bearer' || scheme === 'token' ? 'two-credentials' : 'unknown-scheme';
  // A scheme alone says nothing; it is no legacy key either.
  if (scheme === undefined && /^(?:bearer|token|basic)$/i.test(text)) return 'no-credential';
  return dialect === 'lofty' ? readLofty(scheme, text, settings) : readLoomta(scheme, text, settings);
};
