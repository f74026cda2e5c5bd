// The headers of a proxied answer: the upstream's, less what is ours to say, then ours [security 65].
import { HOP_BY_HOP, namedInConnection } from './hop-by-hop.ts';
import { ANY_ORIGIN } from './refusals.ts';
import type { GatewaySettings } from './settings.ts';

type Raw = Readonly<Record<string, string | string[] | undefined>>;

/** Ours to say. Targeted cache headers (RFC 9213) would win over `Cache-Control` in shared caches. */
const OURS: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'x-request-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-content-type-options',
  'cache-control',
  'surrogate-control',
  'cdn-cache-control',
  'pragma',
  'expires',
  'vary',
  'set-cookie',
]);

/** What an answer could do to the pages that share its origin. */
const OF_THE_ORIGIN: ReadonlySet<string> = new Set([
  'clear-site-data',
  'service-worker-allowed',
  'strict-transport-security',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-frame-options',
  'refresh',
  'origin-agent-cluster',
]);

const textOf = (value: string | string[] | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : value.join(', ');

/** Whatever the upstream says, no shared cache may keep an answer that a credential opened. */
export const cacheControlOf = (stated: string): string => {
  const directives = stated
    .split(',')
    .map((directive) => directive.trim().toLowerCase())
    .filter((directive) => directive !== '');
  if (directives.length === 0) return 'private, no-store';
  const kept = directives.filter(
    (directive) => !/^(?:public|private|s-maxage|proxy-revalidate)(?:\s*=|$)/.test(directive),
  );
  return ['private', ...kept].join(', ');
};

export const varyOf = (stated: string): string => {
  if (stated === '') return 'Authorization';
  return /(?:^|,)\s*(?:\*|authorization)\s*(?:,|$)/i.test(stated) ? stated : `${stated}, Authorization`;
};

const isOwnCookie = (cookie: string, prefixes: readonly string[]): boolean => {
  const name = (cookie.split('=', 1)[0] ?? '')
    .trim()
    .toLowerCase()
    .replace(/^__(?:host|secure)-/, '');
  return prefixes.some((prefix) => name.startsWith(prefix));
};

export const answerHeaders = (
  upstream: Raw,
  rate: Readonly<Record<string, string>>,
  requestId: string,
  settings: Pick<GatewaySettings, 'sharedOrigin' | 'ownCookiePrefixes'>,
): Record<string, string | string[]> => {
  const named = namedInConnection(textOf(upstream['connection']) || undefined);
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(upstream)) {
    if (value === undefined || OURS.has(name) || named?.has(name) === true) continue;
    if (name.startsWith('access-control-') || name.startsWith('x-latchkey')) continue;
    if (settings.sharedOrigin && OF_THE_ORIGIN.has(name)) continue;
    headers[name] = value;
  }
  const cookies = upstream['set-cookie'];
  if (cookies !== undefined) {
    const theirs = (typeof cookies === 'string' ? [cookies] : cookies).filter(
      (cookie) => !isOwnCookie(cookie, settings.ownCookiePrefixes),
    );
    if (theirs.length > 0) headers['set-cookie'] = theirs;
  }
  headers['cache-control'] = cacheControlOf(textOf(upstream['cache-control']));
  headers['vary'] = varyOf(textOf(upstream['vary']));
  headers['x-content-type-options'] = 'nosniff';
  headers['x-request-id'] = requestId;
  if (settings.sharedOrigin) headers['content-security-policy'] = "sandbox; default-src 'none'";
  return Object.assign(headers, ANY_ORIGIN, rate);
};
