// How an app proves who it is at the token, revocation and introspection endpoints: RFC 6749 section 2.3.1.

export type ClientCredentials =
  | { readonly method: 'basic' | 'body'; readonly clientId: string; readonly secret: string }
  /** Only a name: a public app, or a confidential one that forgot its secret. */
  | { readonly method: 'none'; readonly clientId: string };

export type ClientAuthenticationProblem =
  /** Nothing names an app. */
  | 'missing'
  /** Basic and body at once, or two names that differ. */
  | 'two-methods'
  /** The header is not well-formed Basic. */
  | 'malformed';

const formDecode = (text: string): string | undefined => {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws for what is no base64 or no UTF-8. Ids and secrets are ASCII nearly always, and then nothing is left to decode. */
const base64Text = (base64: string): string => {
  const bytes = atob(base64);
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  return utf8.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
};

/**
 * Decodes `Authorization: Basic`. RFC 6749 has both parts form-encoded before base64; many clients send them raw, so a
 * part that does not decode is taken as it stands. The first colon divides (a raw id cannot hold one).
 */
export const parseBasic = (header: string): { clientId: string; secret: string } | undefined => {
  const match = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header);
  if (match === null) return undefined;
  let text: string;
  try {
    text = base64Text(match[1] ?? '');
  } catch {
    return undefined;
  }
  const colon = text.indexOf(':');
  if (colon < 0 || text.includes('\0')) return undefined;
  const clientId = text.slice(0, colon);
  const secret = text.slice(colon + 1);
  return { clientId: formDecode(clientId) ?? clientId, secret: formDecode(secret) ?? secret };
};

/** Basic or body, never both with different content; an equal `client_id` beside Basic is fine (document 003 sends it). */
export const clientCredentials = (
  authorization: string | undefined,
  body: { readonly clientId: string | undefined; readonly secret: string | undefined },
): ClientCredentials | ClientAuthenticationProblem => {
  if (authorization === undefined) {
    if (body.clientId === undefined) return 'missing';
    if (body.secret === undefined) return { method: 'none', clientId: body.clientId };
    return { method: 'body', clientId: body.clientId, secret: body.secret };
  }
  const basic = parseBasic(authorization);
  if (basic === undefined || basic.clientId === '') return 'malformed';
  if (body.secret !== undefined) return 'two-methods';
  if (body.clientId !== undefined && body.clientId !== basic.clientId) return 'two-methods';
  return { method: 'basic', ...basic };
};
