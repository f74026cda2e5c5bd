// RFC 8414, and OpenID Connect Discovery where a server has only that: where it authorizes and hands out tokens. One
// without metadata is taken at the documented paths.
import type { AuthorizationServer } from 'oauth4webapi';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { send } from '../http/send.ts';
import { readJson } from '../http/token-endpoint.ts';
import type { JsonObject } from '../http/token-endpoint.ts';
import type { Io } from '../io.ts';
import { checkCredentialUrl } from '../http/base-url.ts';

export type Endpoints = AuthorizationServer & {
  /** What tokens are kept under: the issuer without the slash that some servers end theirs with. */
  readonly baseUrl: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
};

export async function findEndpoints(
  io: Io,
  address: string,
  signal?: AbortSignal,
): Promise<Result<Endpoints>> {
  const baseUrl = address.replace(/\/+$/, '');
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname === '/' ? '' : pathname;
  for (const url of [
    // Section 3.1 puts the well-known part before the path, OpenID Connect after it.
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${baseUrl}/.well-known/openid-configuration`,
  ]) {
    const answer = await send(io, url, { headers: { accept: 'application/json' } }, { signal });
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if (status >= 400 && status < 500 && status !== 429) continue;
    const metadata = readJson(answer.value, url, io.now());
    return metadata.ok ? readMetadata(metadata.value, baseUrl) : metadata;
  }
  return ok(documented(baseUrl));
}

function readMetadata(metadata: JsonObject, baseUrl: string): Result<Endpoints> {
  const { issuer, authorization_endpoint: authorize, token_endpoint: token } = metadata;
  if (typeof issuer !== 'string' || issuer.replace(/\/$/, '') !== baseUrl) {
    return fail('configuration', `the server at ${baseUrl} calls itself ${String(issuer).slice(0, 200)}`, {
      next: `use that address for the server`,
    });
  }
  for (const endpoint of [authorize, token]) {
    const safe = checkCredentialUrl(String(endpoint), 'an endpoint in the server metadata');
    if (!safe.ok) return safe;
  }
  return ok({
    ...metadata,
    issuer,
    baseUrl,
    authorization_endpoint: String(authorize),
    token_endpoint: String(token),
  });
}

function documented(baseUrl: string): Endpoints {
  return {
    issuer: baseUrl,
    baseUrl,
    authorization_endpoint: `${baseUrl}/oauth/authorize`,
    token_endpoint: `${baseUrl}/oauth/token`,
  };
}
