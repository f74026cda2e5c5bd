// RFC 8414: where a server authorizes and hands out tokens. One without metadata is taken at the documented paths.
import type { AuthorizationServer } from 'oauth4webapi';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { send } from '../http/send.ts';
import { readJson } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import { checkCredentialUrl } from '../http/base-url.ts';

export type Endpoints = AuthorizationServer & {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
};

export async function findEndpoints(
  io: Io,
  baseUrl: string,
  signal?: AbortSignal,
): Promise<Result<Endpoints>> {
  const base = new URL(baseUrl);
  const path = base.pathname === '/' ? '' : base.pathname;
  const url = `${base.origin}/.well-known/oauth-authorization-server${path}`;
  const answer = await send(io, url, { headers: { accept: 'application/json' } }, { signal });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status >= 400 && status < 500 && status !== 429) return ok(documented(baseUrl));
  const metadata = readJson(answer.value, url, io.now());
  if (!metadata.ok) return metadata;
  const { issuer, authorization_endpoint: authorize, token_endpoint: token } = metadata.value;
  if (issuer !== baseUrl) {
    return fail('configuration', `the server at ${baseUrl} calls itself ${String(issuer).slice(0, 200)}`, {
      next: `use that address for the server`,
    });
  }
  for (const endpoint of [authorize, token]) {
    const safe = checkCredentialUrl(String(endpoint), 'an endpoint in the server metadata');
    if (!safe.ok) return safe;
  }
  return ok({
    ...metadata.value,
    issuer,
    authorization_endpoint: String(authorize),
    token_endpoint: String(token),
  });
}

function documented(baseUrl: string): Endpoints {
  return {
    issuer: baseUrl,
    authorization_endpoint: `${baseUrl}/oauth/authorize`,
    token_endpoint: `${baseUrl}/oauth/token`,
  };
}
