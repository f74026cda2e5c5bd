// The peer: oidc-provider in production mode with its in-memory adapter, opaque tokens, no ID tokens, doing the same kind
// of work. Its adapter forgets beyond 1,000 entries; here the same store is larger, so that nothing asked for is gone.
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Model } from 'oidc-provider';
import MemoryAdapter, { type Store } from 'oidc-provider/lib/adapters/memory_adapter.js';
import LRU from 'oidc-provider/lib/helpers/lru.js';
import { basic, get, postForm } from '../wire.ts';
import type { Plan, Target, Work } from '../works.ts';

const CHAINS = 65;
const DEVICE_CODES = 256;
const MAX_ENTRIES = 1_000_000;
const REDIRECT = 'https://app.example/callback';
const SCOPE = 'offline_access leads:read';
const SECRET = randomBytes(24).toString('base64url');
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const client = (id: string, method: string, grants: readonly string[]) => ({
  client_id: id,
  ...(method === 'none' ? { application_type: 'native' } : { client_secret: SECRET }),
  token_endpoint_auth_method: method,
  grant_types: grants,
  response_types: grants.includes('authorization_code') ? ['code'] : [],
  redirect_uris: grants.includes('authorization_code') ? [REDIRECT] : [],
  scope: 'openid offline_access leads:read',
});

const configuration = (store: Store) => ({
  adapter: (model: string) => new MemoryAdapter(model, store),
  clients: [
    client('service', 'client_secret_post', ['client_credentials']),
    client('crm', 'client_secret_basic', []),
    client('vendor', 'client_secret_basic', ['authorization_code', 'refresh_token']),
    client('open', 'none', ['authorization_code', 'refresh_token']),
    client('terminal', 'none', [DEVICE_GRANT]),
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
  },
  scopes: ['openid', 'offline_access', 'leads:read'],
  findAccount: (_ctx: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  issueRefreshToken: () => true,
  // As Latchkey: confidential apps keep theirs, public ones rotate.
  rotateRefreshToken: (ctx: { oidc: { client: { clientAuthMethod: string } } }) =>
    ctx.oidc.client.clientAuthMethod === 'none',
  jwks: {
    keys: [
      {
        ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
        use: 'sig',
      },
    ],
  },
  cookies: { keys: [randomBytes(24).toString('base64url')] },
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 3600,
    ClientCredentials: 3600,
    DeviceCode: 86_400,
    Grant: 86_400,
    RefreshToken: 86_400,
  },
});

const VERIFIER = 'latchkey-bench-verifier-0123456789-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const many = (count: number, make: () => Promise<string>): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, make));

const plansOf = (provider: Provider, port: number): Record<Work, (wanted: number) => Promise<Plan>> => {
  /** A person's consent to an app, and what `Kind` issues under it. */
  const issue = async (Kind: Model, clientId: string, scope: string, more: object = {}): Promise<string> => {
    const accountId = randomUUID();
    const grant = new provider.Grant({ accountId, clientId });
    grant.addOIDCScope(scope);
    const fields = { accountId, grantId: await grant.save(), gty: 'authorization_code', scope };
    return new Kind({ client: await provider.Client.find(clientId), ...fields, ...more }).save();
  };
  const plan = (
    requests: readonly string[],
    text: string,
    use: Plan['use'] = 'again',
    status = 200,
  ): Plan => ({ port, requests, use, expect: { status, text } });

  const clientCredentials = (): Promise<Plan> => {
    const form = { grant_type: 'client_credentials', client_id: 'service', client_secret: SECRET };
    return Promise.resolve(plan([postForm('/token', { ...form, scope: 'leads:read' })], '"access_token"'));
  };
  // It has no API keys: the nearest is the other answer to a credential in the Authorization header, userinfo.
  const userinfo = async (): Promise<Plan> => {
    const tokens = await many(CHAINS, () => issue(provider.AccessToken, 'vendor', 'openid'));
    return plan(
      tokens.map((token) => get('/me', { Authorization: `Bearer ${token}` })),
      '"sub"',
    );
  };
  const refresh = async (clientId: string, use: Plan['use']): Promise<Plan> => {
    const tokens = await many(CHAINS, () => issue(provider.RefreshToken, clientId, SCOPE));
    const form = { grant_type: 'refresh_token' };
    const requests = tokens.map((refresh_token) =>
      clientId === 'open'
        ? postForm('/token', { ...form, client_id: clientId, refresh_token })
        : postForm('/token', { ...form, refresh_token }, basic(clientId, SECRET)),
    );
    return plan(requests, '"access_token"', use);
  };
  return {
    'client-credentials': clientCredentials,
    'client-credentials-signed': clientCredentials,
    'api-key': userinfo,
    'api-key-signed': userinfo,
    introspection: async () => {
      const tokens = await many(CHAINS, () => issue(provider.AccessToken, 'vendor', SCOPE));
      const requests = tokens.map((token) =>
        postForm('/token/introspection', { token }, basic('crm', SECRET)),
      );
      return plan(requests, '"active":true');
    },
    refresh: () => refresh('vendor', 'again'),
    'refresh-rotating': () => refresh('open', 'follow'),
    code: async (wanted) => {
      const proof = { codeChallenge: CHALLENGE, codeChallengeMethod: 'S256', redirectUri: REDIRECT };
      const codes = await many(wanted, () => issue(provider.AuthorizationCode, 'vendor', SCOPE, proof));
      const form = {
        grant_type: 'authorization_code',
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
      };
      const requests = codes.map((code) => postForm('/token', { ...form, code }, basic('vendor', SECRET)));
      return plan(requests, '"access_token"', 'once');
    },
    'device-pending': async () => {
      const codes = await many(DEVICE_CODES, async () =>
        new provider.DeviceCode({
          client: await provider.Client.find('terminal'),
          userCode: randomUUID(),
          params: { client_id: 'terminal', scope: SCOPE },
          deviceInfo: {},
        }).save(),
      );
      const requests = codes.map((device_code) =>
        postForm('/token', { grant_type: DEVICE_GRANT, client_id: 'terminal', device_code }),
      );
      return plan(requests, '"authorization_pending"', 'again', 400);
    },
  };
};

export const startOidcProvider = async (): Promise<Target> => {
  let entries = new LRU({ maxSize: MAX_ENTRIES });
  const store: Store = {
    get: (key) => entries.get(key),
    set: (key, value, options) => entries.set(key, value, options),
    delete: (key) => entries.delete(key),
  };
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider = new Provider(`http://127.0.0.1:${port}`, configuration(store));
  server.on('request', provider.callback());
  const plans = plansOf(provider, port);
  return {
    plan(work, wanted) {
      // Each round starts empty: the tokens of earlier ones would only cost it garbage collection.
      entries = new LRU({ maxSize: MAX_ENTRIES });
      return plans[work](wanted);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
};
