// Headers that concern one connection only and are never passed on (RFC 9110 section 7.6.1).

export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** The further headers that a `Connection` header names. */
export const namedInConnection = (connection: string | undefined): ReadonlySet<string> | undefined => {
  if (connection === undefined || /^\s*(?:keep-alive|close)\s*$/i.test(connection)) return undefined;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
};
