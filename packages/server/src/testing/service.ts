// The machine endpoints over a fresh database of either kind, on a real port, with a clock that tests move by hand.
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { loomtaEndpoints } from '../dialects/loomta/endpoints.ts';
import { loftyTokenEndpoint } from '../dialects/lofty/token.ts';
import type { App, AppKind, AppStatus } from '../domain/apps/app.ts';
import { authorize, consentFor } from '../domain/consents/consent.ts';
import type { AuthorizeRequest } from '../domain/consents/authorize-request.ts';
import { publicId } from '../domain/connections/grant.ts';
import type { Caused, Domain } from '../domain/domain.ts';
import type { ApiKey } from '../domain/keys/key.ts';
import type { User } from '../domain/users/user.ts';
import type { Member, Role, Workspace } from '../domain/workspaces/workspace.ts';
import { clientAddress } from '../http/client-address.ts';
import { createListener } from '../http/listener.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { domainOn, readCatalogue } from '../open-domain.ts';
import { createRecordSecret, hashSecret, SECRET_PREFIX } from '../secrets/record-secret.ts';
import { migrate } from '../storage/migrate.ts';
import type { TestDatabase } from '../storage/testing/databases.ts';
import { silentLog } from '../telemetry/log.ts';

const OPENAPI = fileURLToPath(new URL('../../../../demo/openapi.yaml', import.meta.url));
const REDIRECT = 'https://app.example/callback';

export const caused: Caused = {
  actor: { kind: 'system' },
  requestId: 'test',
  address: '127.0.0.1',
  device: 'test',
};

export type TestApp = { readonly app: App; readonly secret: string | undefined };
export type Person = {
  readonly user: User;
  readonly workspace: Workspace;
  readonly member: Member;
  readonly password: string;
};

export type Service = {
  readonly url: string;
  readonly domain: Domain;
  /** Moves the clock forward. */
  readonly pass: (ms: number) => void;
  readonly resourceServer: { readonly clientId: string; readonly secret: string };
  readonly post: (
    path: string,
    form: Record<string, string> | string,
    headers?: Record<string, string>,
  ) => Promise<Reply>;
  readonly json: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Reply>;
  readonly makePerson: (role?: Role) => Promise<Person>;
  readonly makeApp: (wanted?: Partial<Pick<App, 'status' | 'kind' | 'redirectUris'>>) => Promise<TestApp>;
  /** The person presses Authorize: the code that the app would get. */
  readonly makeCode: (app: App, person: Person, wanted?: Partial<AuthorizeRequest>) => Promise<string>;
  readonly makeKey: (
    person: Person,
    form: ApiKey['form'],
    expiresAtMs?: number,
  ) => Promise<{ key: ApiKey; text: string }>;
  readonly close: () => Promise<void>;
};

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
};

const replyOf = async (response: Response): Promise<Reply> => {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
};

const configOf = (issuer: string, secret: string, more: object) =>
  readConfig({
    issuer,
    brand: { name: 'Test CRM', support: 'support@crm.test' },
    staff_second_factor: false,
    upstream: 'http://127.0.0.1:9',
    openapi: OPENAPI,
    gateway: { shared_origin: true },
    // Tests ask nobody outside.
    outbound: { website_checks: false },
    resource_servers: [{ client_id: 'crm', secret_sha256: Buffer.from(hashSecret(secret)).toString('hex') }],
    first_party_apps: [
      {
        client_id: 'lofty-cli',
        name: 'lofty-cli',
        redirect_uris: ['http://127.0.0.1/callback'],
        user_code_prefix: 'LFT',
      },
      { client_id: 'loomta', name: 'loomta', user_code_prefix: 'LMT' },
    ],
    ...more,
  });

export const peopleOf = (domain: Domain) => {
  const trace = () =>
    ({ verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() }) as const;
  const makePerson = async (role: Role = 'owner'): Promise<Person> => {
    const password = 'correct horse battery';
    const user: User = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'usr'),
      externalId: '9007199254740993',
      email: `${randomUUID()}@crm.test`,
      fullName: 'Ari Mendes',
      passwordHash: await domain.secrets.passwords.hash(password),
      platformRole: 'none',
      timeZone: 'UTC',
      createdAtMs: domain.now(),
    };
    await domain.stores.users.create(user, trace());
    const workspace: Workspace = {
      id: await domain.stores.nextId(),
      publicId: randomUUID(),
      externalId: '71001',
      name: 'Northside Realty',
      createdAtMs: domain.now(),
    };
    const member: Member = {
      id: await domain.stores.nextId(),
      workspaceId: workspace.id,
      userId: user.id,
      role,
      createdAtMs: domain.now(),
    };
    await domain.stores.workspaces.create(workspace, member, trace());
    return { user, workspace, member, password };
  };
  const makeKey = async (
    person: Person,
    form: ApiKey['form'],
    expiresAtMs?: number,
  ): Promise<{ key: ApiKey; text: string }> => {
    const nowMs = domain.now();
    const id = await domain.stores.nextId();
    const opaque = createRecordSecret(domain.settings.opaqueKeyPrefix, id, domain.secrets.random);
    const key: ApiKey = {
      id,
      publicId: publicId(domain, 'key'),
      userId: person.user.id,
      workspaceId: person.workspace.id,
      memberId: person.member.id,
      form,
      name: 'Script',
      description: '',
      nonce: domain.secrets.random(16),
      lastFour: 'abcd',
      madeBy: 'page',
      createdAtMs: nowMs,
      collectedAtMs: nowMs,
      acknowledged: { atMs: nowMs, address: '127.0.0.1', device: 'test' },
      ...(form === 'opaque' ? { hash: opaque.hash } : {}),
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    };
    await domain.stores.keys.create(key, 10, trace());
    return { key, text: form === 'opaque' ? opaque.secret : domain.secrets.keyJws.derive(key) };
  };
  return { makePerson, makeKey };
};

export const appsOf = (domain: Domain, makePerson: () => Promise<Person>) => {
  const trace = () =>
    ({ verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() }) as const;
  let vendorId: number | undefined;
  const vendor = async (): Promise<number> => {
    if (vendorId !== undefined) return vendorId;
    vendorId = await domain.stores.nextId();
    const profile = { name: 'Vendor', contactName: '', contactEmail: '', contactPhone: '' };
    const row = { id: vendorId, publicId: publicId(domain, 'ven'), ...profile, createdAtMs: domain.now() };
    await domain.stores.vendors.create(row, (await makePerson()).user.id, trace());
    return vendorId;
  };
  const makeApp = async (
    wanted: Partial<Pick<App, 'status' | 'kind' | 'redirectUris'>> = {},
  ): Promise<TestApp> => {
    const kind: AppKind = wanted.kind ?? 'confidential';
    const status: AppStatus = wanted.status ?? 'production';
    const app: App = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'app'),
      clientId: publicId(domain, 'cli'),
      vendorId: await vendor(),
      kind,
      status,
      statusSinceMs: domain.now(),
      deviceGrant: false,
      userCodePrefix: '',
      epoch: 1,
      version: 1,
      permissionSetId: await domain.stores.permissionSets.intern(['me.get', 'leads.list']),
      name: 'Pipeline Sync',
      website: 'https://app.example',
      description: '',
      redirectUris: wanted.redirectUris ?? [REDIRECT],
      contactName: '',
      contactEmail: '',
      contactPhone: '',
      createdAtMs: domain.now(),
    };
    const id = await domain.stores.nextId();
    const made = createRecordSecret(SECRET_PREFIX.clientSecret, id, domain.secrets.random);
    const row = { id, appId: app.id, hash: made.hash, lastFour: made.lastFour, createdAtMs: domain.now() };
    await domain.stores.apps.create(app, kind === 'public' ? undefined : row, trace());
    return { app, secret: kind === 'public' ? undefined : made.secret };
  };
  const makeCode = async (
    app: App,
    person: Person,
    wanted: Partial<AuthorizeRequest> = {},
  ): Promise<string> => {
    const set = await domain.stores.permissionSets.find(app.permissionSetId);
    const request: AuthorizeRequest = {
      app,
      redirectUri: app.redirectUris[0] ?? REDIRECT,
      redirectUriStated: true,
      state: undefined,
      challenge: undefined,
      permissions: set?.permissions ?? [],
      permissionSetId: app.permissionSetId,
      ...wanted,
    };
    const shown = await consentFor(domain, request, person.user.id);
    if (!shown.ok) throw new Error(shown.reason);
    const decision = {
      userId: person.user.id,
      workspacePublicId: person.workspace.publicId,
      shownHash: shown.consent.shownHash,
    };
    const result = await authorize(domain, request, decision, caused);
    if (!result.ok) throw new Error(result.reason);
    return new URL(result.to).searchParams.get('code') ?? '';
  };
  return { makeApp, makeCode };
};

/** `settings`: of the configuration file, beside or instead of the test's own. */
export const startService = async (on: TestDatabase, settings: object = {}): Promise<Service> => {
  const { database, close: closeDatabase } = await on.open();
  let nowMs = 1_800_000_000_000;
  const now = (): number => nowMs;
  await migrate(database, nowMs);
  const secret = randomBytes(24).toString('base64url');
  const config = configOf('http://localhost:4000', secret, settings);
  const masters = [{ id: 1, secret: randomBytes(32) }];
  const random = (length: number): Uint8Array => randomBytes(length);
  const catalogue = readCatalogue(config.openapi);
  const domain = await domainOn(database, masters, config, catalogue, { now, random, log: silentLog });
  const resourceServers = [{ clientId: 'crm', secretHash: hashSecret(secret) }];
  const failures: unknown[] = [];
  const server = createListener(
    () => ({
      exact: new Map([
        ...oauthEndpoints(domain, resourceServers),
        ['/api/user-web/oauth/token', loftyTokenEndpoint(domain)] as const,
        ...loomtaEndpoints(domain),
      ]),
      prefixes: [],
      pages: (_incoming, outgoing) => void outgoing.writeHead(404).end(),
    }),
    {
      requestId: () => randomUUID(),
      clientAddress: clientAddress(0),
      onError: (error) => failures.push(error),
      onAnswered: () => {},
      monotonicMs: () => performance.now(),
    },
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = peopleOf(domain);
  const send = async (path: string, body: string, headers: Record<string, string>): Promise<Reply> =>
    replyOf(await fetch(url + path, { method: 'POST', body, headers }));
  return {
    url,
    domain,
    pass: (ms) => void (nowMs += ms),
    resourceServer: { clientId: 'crm', secret },
    post: (path, form, headers = {}) =>
      send(path, typeof form === 'string' ? form : new URLSearchParams(form).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      }),
    json: (path, body, headers = {}) =>
      send(path, JSON.stringify(body), { 'content-type': 'application/json', ...headers }),
    ...people,
    ...appsOf(domain, people.makePerson),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await domain.lastUsed.settled();
      await closeDatabase();
      if (failures.length > 0) throw new Error('a handler failed', { cause: failures[0] });
    },
  };
};

export const basic = (clientId: string, secret: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
});
