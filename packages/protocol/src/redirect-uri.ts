// Redirect URIs: what may be registered, and when a requested one is a registered one.
// RFC 9700 section 4.1 (exact match), RFC 8252 section 7 (loopback, private-use schemes).

export type RedirectUriProblem =
  | 'not-a-url'
  | 'not-https'
  | 'fragment'
  | 'wildcard'
  | 'response-parameter'
  | 'userinfo'
  | 'too-long'
  | 'bad-scheme';

/** Parameters of our own answer; a registered URI that preloads one could forge it (security.md 4). */
const RESPONSE_PARAMETERS = ['code', 'state', 'error', 'error_description', 'error_uri', 'iss'];
const MAX_REDIRECT_URI_LENGTH = 2048;

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(\/|$)/;

/** Whether the URI is one whose port may vary: literal loopback addresses only (RFC 8252 7.3). */
export const isLoopback = (uri: string): boolean => LOOPBACK.test(uri);

const schemeProblem = (url: URL, uri: string): RedirectUriProblem | undefined => {
  const scheme = url.protocol.slice(0, -1);
  if (scheme === 'https') return undefined;
  if (scheme === 'http') return isLoopback(uri) || url.hostname === 'localhost' ? undefined : 'not-https';
  // A private-use scheme is a reversed domain name (RFC 8252 7.1); this leaves out javascript:, data: and file:.
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+$/.test(scheme) &&
    url.protocol === uri.slice(0, url.protocol.length)
    ? undefined
    : 'bad-scheme';
};

/** Why this URI cannot be registered, or undefined. */
export const redirectUriProblem = (uri: string): RedirectUriProblem | undefined => {
  if (uri.length > MAX_REDIRECT_URI_LENGTH) return 'too-long';
  if (!/^[!-~]+$/.test(uri) || /[\\"<>^`{|}]/.test(uri)) return 'not-a-url';
  if (uri.includes('*')) return 'wildcard';
  if (uri.includes('#')) return 'fragment';
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    return 'not-a-url';
  }
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?]*@/i.test(uri)) return 'userinfo';
  const scheme = schemeProblem(url, uri);
  if (scheme !== undefined) return scheme;
  // What the parser would change (dot segments, case, default port) could match in two ways: refuse it.
  if (url.href !== uri && url.href !== `${uri}/`) return 'not-a-url';
  for (const name of RESPONSE_PARAMETERS) if (url.searchParams.has(name)) return 'response-parameter';
  return undefined;
};

const withoutPort = (uri: string): string =>
  uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d{1,5}/, '$1');

/** Whether `requested` is the registered URI: byte for byte, but for the port of a literal loopback address. */
export const redirectUriMatches = (registered: string, requested: string): boolean => {
  if (registered === requested) return true;
  if (!isLoopback(registered) || !isLoopback(requested)) return false;
  if (redirectUriProblem(requested) !== undefined) return false;
  return withoutPort(registered) === withoutPort(requested);
};

/** The URI with response parameters added to its query; `undefined` values are left out. */
export const redirectUriWith = (
  uri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string => {
  const query = Object.entries(parameters)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${uri}${uri.includes('?') ? (/[?&]$/.test(uri) ? '' : '&') : '?'}${query}`;
};
