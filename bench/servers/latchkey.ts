// Latchkey as `latchkey start` serves it, on a fresh SQLite file (WAL, synchronous=FULL), with its request log discarded;
// beside it a second listener with the gateway's forward-auth answer over the same domain.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, serve, silentLog, type Domain } from '@latchkey/server';
import { createAccess } from '../../packages/server/src/domain/access/check.ts';
import { redeemCode } from '../../packages/server/src/domain/codes/redeem-code.ts';
import { startDevice } from '../../packages/server/src/domain/devices/start.ts';
import { createGateway } from '../../packages/server/src/gateway/gateway.ts';
import { clientAddress } from '../../packages/server/src/http/client-address.ts';
import { createListener } from '../../packages/server/src/http/listener.ts';
import { createWindows } from '../../packages/server/src/limits/windows.ts';
import { readCatalogue } from '../../packages/server/src/open-domain.ts';
import { hashSecret } from '../../packages/server/src/secrets/record-secret.ts';
import {
  appsOf,
  caused,
  peopleOf,
  type Person,
  type TestApp,
} from '../../packages/server/src/testing/service.ts';
import { basic, get, postForm } from '../wire.ts';
import type { Plan, Target, Work } from '../works.ts';

const OPENAPI = fileURLToPath(new URL('../../demo/openapi.yaml', import.meta.url));
const PEOPLE = 16;
const KEYS_EACH = 4;
/** One more than there are connections: the bare server's answer is recorded with the last. */
const CHAINS = 65;
/**
 * The real clock: each device code may be polled every half second (interval 1 s, less the leeway), so there are more of
 * them than half a second's answers.
 */
const DEVICE_CODES = 16_384;
const AT_ONCE = 512;
const NO_LIMIT = 1_000_000_000;

const configFor = (folder: string, resourceSecret: string) => {
  const config = readConfig({
    issuer: 'http://localhost:4000',
    listen: { port: 0, hosts: ['127.0.0.1'] },
    data: folder,
    brand: { name: 'Bench CRM', support: 'support@crm.test' },
    upstream: 'http://127.0.0.1:9',
    openapi: OPENAPI,
    gateway: { shared_origin: true },
    resource_servers: [
      { client_id: 'crm', secret_sha256: Buffer.from(hashSecret(resourceSecret)).toString('hex') },
    ],
    first_party_apps: [{ client_id: 'loomta', name: 'loomta', user_code_prefix: 'LMT' }],
    limits: { code_seconds: 3600, device_request_seconds: 86_400, device_interval_seconds: 1 },
  });
  return { ...config, settings: { ...config.settings, devicePendingLimit: 2 * DEVICE_CODES } };
};

const listenForwardAuth = async (domain: Domain) => {
  const gateway = createGateway({
    catalogue: readCatalogue(OPENAPI),
    access: createAccess(domain),
    windows: createWindows(),
    upstream: 'http://127.0.0.1:9',
    settings: {
      publicOrigin: 'http://localhost:4000',
      requestsPerMinute: { development: NO_LIMIT, production: NO_LIMIT, apiKey: NO_LIMIT },
    },
    now: domain.now,
    hooks: { onDecision: () => {}, used: () => {} },
  });
  const routes = {
    exact: new Map([['/forward-auth', gateway.forwardAuth]]),
    prefixes: [],
    pages: () => {
      throw new Error('nothing else is asked here');
    },
  };
  const server = createListener(() => routes, {
    requestId: () => Buffer.from(domain.secrets.random(12)).toString('base64url'),
    clientAddress: clientAddress(0),
    onError: (error) => console.error(error),
    onAnswered: () => {},
    monotonicMs: () => performance.now(),
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
    await gateway.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
};

/** Many at a time: writes that come together share a commit. */
const many = async <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  while (made.length < count) {
    const from = made.length;
    const length = Math.min(AT_ONCE, count - from);
    made.push(...(await Promise.all(Array.from({ length }, (_, index) => make(from + index)))));
  }
  return made;
};

type World = {
  readonly domain: Domain;
  readonly ports: { readonly oauth: number; readonly forwardAuth: number };
  readonly people: readonly Person[];
  readonly keys: { readonly opaque: readonly string[]; readonly signed: readonly string[] };
  readonly confidential: TestApp;
  readonly open: TestApp;
  readonly makeCode: ReturnType<typeof appsOf>['makeCode'];
  readonly resourceSecret: string;
};

const secretOf = ({ secret }: TestApp): string => {
  if (secret === undefined) throw new Error('a confidential app has a secret');
  return secret;
};

const keyPlans = (world: World) => {
  const { ports, keys, confidential } = world;
  const exchange = (texts: readonly string[]): Plan => ({
    port: ports.oauth,
    requests: texts.map((customer_key) =>
      postForm('/oauth/token', {
        grant_type: 'client_credentials',
        client_id: confidential.app.clientId,
        client_secret: secretOf(confidential),
        customer_key,
      }),
    ),
    use: 'again',
    expect: { status: 200, text: '"access_token"' },
  });
  const check = (texts: readonly string[]): Plan => ({
    port: ports.forwardAuth,
    requests: texts.map((key) =>
      get('/forward-auth', {
        'X-Original-Method': 'GET',
        'X-Original-URI': '/v1.0/me',
        Authorization: `token ${key}`,
      }),
    ),
    use: 'again',
    expect: { status: 200, text: 'x-latchkey-key: key_' },
  });
  return {
    'client-credentials': () => Promise.resolve(exchange(keys.opaque)),
    'client-credentials-signed': () => Promise.resolve(exchange(keys.signed)),
    'api-key': () => Promise.resolve(check(keys.opaque)),
    'api-key-signed': () => Promise.resolve(check(keys.signed)),
  };
};

const VERIFIER = 'latchkey-bench-verifier-0123456789-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const personOf = (people: readonly Person[], index: number): Person => {
  const person = people[index % people.length];
  if (person === undefined) throw new Error('nobody is there');
  return person;
};

const tokensOf = async (world: World, { app }: TestApp, index: number) => {
  const code = await world.makeCode(app, personOf(world.people, index), { challenge: CHALLENGE });
  const redeemed = await redeemCode(
    world.domain,
    { app, code, redirectUri: app.redirectUris[0], verifier: VERIFIER },
    caused,
  );
  if (!redeemed.ok || redeemed.tokens.refreshToken === undefined) throw new Error('no tokens');
  return { access: redeemed.tokens.accessToken, refresh: redeemed.tokens.refreshToken };
};

const chainPlans = (world: World) => {
  const { ports, confidential, open } = world;
  const { clientId } = confidential.app;
  const issued = { status: 200, text: '"access_token"' };
  return {
    introspection: async (): Promise<Plan> => ({
      port: ports.oauth,
      requests: (await many(CHAINS, (index) => tokensOf(world, confidential, index))).map(({ access }) =>
        postForm('/oauth/introspect', { token: access }, basic('crm', world.resourceSecret)),
      ),
      use: 'again',
      expect: { status: 200, text: '"active":true' },
    }),
    refresh: async (): Promise<Plan> => ({
      port: ports.oauth,
      requests: (await many(CHAINS, (index) => tokensOf(world, confidential, index))).map(({ refresh }) =>
        postForm(
          '/oauth/token',
          { grant_type: 'refresh_token', refresh_token: refresh },
          basic(clientId, secretOf(confidential)),
        ),
      ),
      use: 'again',
      expect: issued,
    }),
    'refresh-rotating': async (): Promise<Plan> => ({
      port: ports.oauth,
      requests: (await many(CHAINS, (index) => tokensOf(world, open, index))).map(({ refresh }) =>
        postForm('/oauth/token', {
          grant_type: 'refresh_token',
          client_id: open.app.clientId,
          refresh_token: refresh,
        }),
      ),
      use: 'follow',
      expect: issued,
    }),
    code: async (wanted: number): Promise<Plan> => ({
      port: ports.oauth,
      requests: (
        await many(wanted, (index) =>
          world.makeCode(confidential.app, personOf(world.people, index), { challenge: CHALLENGE }),
        )
      ).map((code) =>
        postForm(
          '/oauth/token',
          {
            grant_type: 'authorization_code',
            code,
            redirect_uri: confidential.app.redirectUris[0] ?? '',
            code_verifier: VERIFIER,
          },
          basic(clientId, secretOf(confidential)),
        ),
      ),
      use: 'once',
      expect: issued,
    }),
  };
};

const devicePlan = async ({ domain, ports }: World): Promise<Plan> => {
  const entry = await domain.memory.appByClientId('loomta');
  if (entry === undefined) throw new Error('the first-party app is missing');
  const codes = await many(DEVICE_CODES, async () => {
    const begun = await startDevice(domain, { app: entry.app, outcome: 'grant', scope: 'all' }, caused);
    if (!begun.ok) throw new Error(begun.reason);
    return begun.started.deviceCode;
  });
  return {
    port: ports.oauth,
    requests: codes.map((device_code) =>
      postForm('/oauth/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: 'loomta',
        device_code,
      }),
    ),
    use: 'again',
    expect: { status: 400, text: '"authorization_pending"' },
  };
};

const worldOn = async (domain: Domain, ports: World['ports'], resourceSecret: string): Promise<World> => {
  const { makePerson, makeKey } = peopleOf(domain);
  const { makeApp, makeCode } = appsOf(domain, makePerson);
  const people = await many(PEOPLE, () => makePerson());
  const texts = async (form: 'opaque' | 'signed'): Promise<string[]> => {
    const made = await many(PEOPLE * KEYS_EACH, (index) => makeKey(personOf(people, index), form));
    return made.map(({ text }) => text);
  };
  return {
    domain,
    ports,
    people,
    keys: { opaque: await texts('opaque'), signed: await texts('signed') },
    confidential: await makeApp(),
    open: await makeApp({ kind: 'public' }),
    makeCode,
    resourceSecret,
  };
};

export const startLatchkey = async (): Promise<Target> => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const resourceSecret = randomBytes(24).toString('base64url');
  const serving = await serve(configFor(folder, resourceSecret), { log: silentLog });
  const forwardAuth = await listenForwardAuth(serving.domain);
  const ports = { oauth: serving.port, forwardAuth: forwardAuth.port };
  const world = await worldOn(serving.domain, ports, resourceSecret);
  const plans: Record<Work, (wanted: number) => Promise<Plan>> = {
    ...keyPlans(world),
    ...chainPlans(world),
    'device-pending': () => devicePlan(world),
  };
  return {
    plan: (work, wanted) => plans[work](wanted),
    async close() {
      await forwardAuth.close();
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
