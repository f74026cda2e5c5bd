// A foreign authorization server for tests: oidc-provider with its own pages, its own paths and its own mind. Nothing
// about it is ours, so that a kit that works with it works with servers we have never seen.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import Provider from 'oidc-provider';

export const appId = 'foreign-cli';
export const service = { id: 'foreign-service', secret: randomBytes(24).toString('base64url') };

export type Foreign = {
  readonly issuer: string;
  /** Its own view of a token. */
  readonly knows: (token: string) => Promise<boolean>;
  /** Method and path of every request, in order. */
  readonly asked: string[];
};

/** With a `path` it is one of several on its host; `slash` ends its name with one, as some servers do. */
export async function startForeign(
  t: Pick<TestContext, 'after'>,
  options: { readonly path?: string; readonly slash?: boolean; readonly onlyOpenId?: boolean } = {},
): Promise<Foreign> {
  const { path = '' } = options;
  const asked: string[] = [];
  let answer: RequestListener | undefined;
  const http = createServer((request, response) => {
    const url = request.url ?? '/';
    asked.push(`${request.method} ${url.split('?')[0]}`);
    const inner = innerPath(url, path);
    if (inner === undefined || (options.onlyOpenId === true && inner === oauthMetadata)) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>');
      return;
    }
    // How a host tells the provider that it is mounted below a path.
    Object.assign(request, { originalUrl: path + inner, url: inner });
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const issuer = `${origin}${path}${options.slash === true ? '/' : ''}`;
  answer = new Provider(issuer, configuration()).callback();
  return { issuer, asked, knows: (token) => introspect(`${origin}${path}/token/introspection`, token) };
}

const oauthMetadata = '/.well-known/oauth-authorization-server';

/** RFC 8414 section 3.1 puts the well-known part before the path; everything else is below it. */
function innerPath(url: string, path: string): string | undefined {
  if (path === '') return url;
  if (url === oauthMetadata + path) return oauthMetadata;
  return url.startsWith(`${path}/`) ? url.slice(path.length) : undefined;
}

function configuration(): Record<string, unknown> {
  const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  return {
    clients: [
      {
        client_id: appId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', deviceGrant],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/callback'],
      },
      {
        client_id: service.id,
        client_secret: service.secret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
    },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    issueRefreshToken: () => true,
    rotateRefreshToken: () => true,
    jwks: { keys: [{ ...key, use: 'sig' }] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
  };
}

async function introspect(url: string, token: string): Promise<boolean> {
  const body = new URLSearchParams({ token, client_id: service.id, client_secret: service.secret });
  const answer = await fetch(url, { method: 'POST', body });
  return ((await answer.json()) as { readonly active: boolean }).active;
}
