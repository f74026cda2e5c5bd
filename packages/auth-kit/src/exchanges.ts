// The token requests that need no person: Token URL, client credentials, refresh (RFC 6749), revocation (RFC 7009).
import { fail, ok } from './failure.ts';
import type { Result } from './failure.ts';
import { checkBaseUrl, checkCredentialUrl } from './http/base-url.ts';
import { askTokens, readJson } from './http/token-endpoint.ts';
import { send, unreachable } from './http/send.ts';
import type { Io } from './io.ts';
import type { TokenSet } from './token-set.ts';

/**
 * Our definition, for no document has one: POST `{"session_id": …}` as JSON; the answer is a token response of
 * RFC 6749 section 5.1 (errors: 5.2). Renewal is the same request again, so a refresh token in the answer is not kept.
 */
export async function exchangeTokenUrl(request: {
  readonly io: Io;
  readonly tokenUrl: string;
  readonly sessionId: string;
  readonly baseUrl: string;
}): Promise<Result<TokenSet>> {
  const url = checkCredentialUrl(request.tokenUrl, 'the Token URL');
  if (!url.ok) return url;
  const wire = { url: url.value.href, body: { json: { session_id: request.sessionId } } };
  const answer = await askTokens(request.io, wire, request.baseUrl);
  if (!answer.ok) return answer;
  const { refreshToken: _, ...tokens } = answer.value;
  return ok(tokens);
}

/** RFC 6749 section 4.4 with further parameters (`customer_key`), credentials in the body (document 001, lines 68-75). */
export async function exchangeClientCredentials(request: {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: that of a Latchkey server. */
  readonly tokenEndpoint?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>>;
}): Promise<Result<TokenSet>> {
  const base = checkBaseUrl(request.baseUrl, 'the server address');
  if (!base.ok) return base;
  const form = {
    grant_type: 'client_credentials',
    client_id: request.clientId,
    client_secret: request.clientSecret,
    ...request.parameters,
  };
  return await askTokensAt(request, base.value, form);
}

/**
 * RFC 6749 section 6. Keeps the old refresh token when the answer has none. Fails with `rejected` and the server's code
 * (`invalid_grant`: the sign-in has ended), `network` or `server`.
 */
export async function refresh(request: {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** Default: that of a Latchkey server. */
  readonly tokenEndpoint?: string | undefined;
  readonly refreshToken: string;
}): Promise<Result<TokenSet>> {
  const base = checkBaseUrl(request.baseUrl, 'the server address');
  if (!base.ok) return base;
  const form = {
    grant_type: 'refresh_token',
    refresh_token: request.refreshToken,
    client_id: request.clientId,
    ...(request.clientSecret !== undefined && { client_secret: request.clientSecret }),
  };
  const answer = await askTokensAt(request, base.value, form);
  const { refreshToken, tokenEndpoint } = request;
  return answer.ok
    ? ok({ refreshToken, ...(tokenEndpoint !== undefined && { tokenEndpoint }), ...answer.value })
    : answer;
}

async function askTokensAt(
  { io, tokenEndpoint }: { readonly io: Io; readonly tokenEndpoint?: string | undefined },
  baseUrl: string,
  form: Readonly<Record<string, string>>,
): Promise<Result<TokenSet>> {
  const url = checkCredentialUrl(tokenEndpoint ?? `${baseUrl}/oauth/token`, 'the token endpoint');
  return url.ok ? await askTokens(io, { url: url.value.href, body: { form } }, baseUrl) : url;
}

type Revocation = {
  readonly io: Io;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly token: string;
  readonly kind: 'refresh' | 'access';
};

/** RFC 7009 where the server says (RFC 8414); a failure when it offers no revocation. Does not wait long. */
export async function revoke(request: Revocation): Promise<Result<void>> {
  const base = checkBaseUrl(request.baseUrl, 'the server address');
  if (!base.ok) return base;
  const { findEndpoints } = await import('./login/server-endpoints.ts');
  const stop = AbortSignal.timeout(hurryMs);
  const found = await findEndpoints(request.io, base.value, stop);
  if (!found.ok) return stop.aborted ? unreachable(base.value, 'no answer in time') : found;
  const { revocation_endpoint: endpoint } = found.value;
  if (endpoint === undefined) return fail('server', 'the server offers no revocation');
  const url = checkCredentialUrl(endpoint, 'an endpoint in the server metadata');
  if (!url.ok) return url;
  const hint = { token_type_hint: `${request.kind}_token` };
  return await postRevocation(request, url.value.href, hint, hurryMs);
}

/** A person waits to be signed out, and is in any case. */
const hurryMs = 5000;

async function postRevocation(
  { io, token, clientId, clientSecret }: Revocation,
  url: string,
  more: Readonly<Record<string, string>>,
  timeoutMs?: number,
): Promise<Result<void>> {
  const form = {
    token,
    client_id: clientId,
    ...(clientSecret !== undefined && { client_secret: clientSecret }),
    ...more,
  };
  const answer = await send(
    io,
    url,
    {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
    timeoutMs === undefined ? {} : { timeoutMs },
  );
  if (!answer.ok) return answer;
  // Its body is empty on success (section 2.2).
  if (answer.value.status === 200) return ok(undefined);
  const read = readJson(answer.value, url, io.now());
  return read.ok ? fail('server', 'the server did not say whether it revoked the token') : read;
}
