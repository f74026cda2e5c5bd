// The headers that the upstream gets: the caller's, less everything that could pass for ours, then ours [security 60].
import type { Caller } from '../domain/access/access.ts';
import { scopeText } from '../domain/permissions/scope-text.ts';
import { HOP_BY_HOP, namedInConnection } from './hop-by-hop.ts';

/** Our own, the caller's credentials, and what makes another method, path, address or person of a request. */
const NEVER_PASSED: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'host',
  'content-length',
  'expect',
  'authorization',
  'cookie',
  'cookie2',
  'forwarded',
  'via',
  'x-request-id',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-originating-ip',
  'x-remote-ip',
  'x-remote-addr',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'client-ip',
  'front-end-https',
  'x-url-scheme',
  'x-scheme',
  'x-host',
  'x-rewrite-url',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'remote-user',
  'x-remote-user',
  'x-webauth-user',
  'x-user',
  'x-user-id',
]);

const NEVER_BEGINNING = [
  'x-latchkey',
  'x-forwarded',
  'x-original-',
  'x-auth-request-',
  'x-authenticated-',
  'x-envoy-',
  'x-goog-authenticated-',
  'x-amzn-oidc-',
] as const;

/** Servers that hand headers to programs as variables take `-`, `_` and `.` for one and would read either as ours. */
const plain = (name: string): string => name.toLowerCase().replace(/[_.]/g, '-');

const plainIfPassed = (name: string): string | undefined => {
  const asPlain = plain(name);
  if (NEVER_PASSED.has(asPlain)) return undefined;
  for (const beginning of NEVER_BEGINNING) if (asPlain.startsWith(beginning)) return undefined;
  return asPlain;
};

/** Callers send the same few names over and over; strangers' inventions must not fill the memory. */
const MAX_REMEMBERED = 1_000;
const remembered = new Map<string, string | undefined>();

/** The name in plain spelling if it may be passed on. */
const passedName = (name: string): string | undefined => {
  const known = remembered.get(name);
  if (known !== undefined || remembered.has(name)) return known;
  const asPlain = plainIfPassed(name);
  if (remembered.size < MAX_REMEMBERED && name.length < 64) remembered.set(name, asPlain);
  return asPlain;
};

const permissionsText = (permissions: Caller['permissions']): string =>
  permissions === 'all' ? '*' : scopeText(permissions);

/** All five, always: an upstream never meets one that is absent and could be taken from somewhere else. */
export const identityHeaders = (caller: Caller): Record<string, string> => ({
  'x-latchkey-user': caller.userExternalId,
  'x-latchkey-workspace': caller.workspaceExternalId,
  'x-latchkey-app': caller.app?.clientId ?? '',
  'x-latchkey-permissions': permissionsText(caller.permissions),
  'x-latchkey-key': caller.keyPublicId ?? '',
});

export type UpstreamFacts = {
  /** `host:port` of the upstream. */
  readonly authority: string;
  readonly publicProtocol: string;
  readonly publicHost: string;
};

export type IncomingFacts = {
  readonly rawHeaders: readonly string[];
  readonly connection: string | undefined;
  readonly contentLength: string | undefined;
  readonly address: string;
  readonly requestId: string;
};

/** Name, value, name, value …; doubled headers of the caller stay doubled and in order. */
export const upstreamHeaders = (incoming: IncomingFacts, caller: Caller, facts: UpstreamFacts): string[] => {
  const named = namedInConnection(incoming.connection);
  const headers: string[] = ['host', facts.authority];
  const { rawHeaders } = incoming;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const asPlain = passedName(name);
    if (asPlain === undefined) continue;
    if (named !== undefined && (named.has(asPlain) || named.has(name.toLowerCase()))) continue;
    headers.push(name, rawHeaders[index + 1] as string);
  }
  if (incoming.contentLength !== undefined) headers.push('content-length', incoming.contentLength);
  headers.push(
    'x-request-id',
    incoming.requestId,
    'x-forwarded-for',
    incoming.address,
    'x-forwarded-proto',
    facts.publicProtocol,
    'x-forwarded-host',
    facts.publicHost,
    'x-latchkey-user',
    caller.userExternalId,
    'x-latchkey-workspace',
    caller.workspaceExternalId,
    'x-latchkey-app',
    caller.app?.clientId ?? '',
    'x-latchkey-permissions',
    permissionsText(caller.permissions),
    'x-latchkey-key',
    caller.keyPublicId ?? '',
  );
  return headers;
};
