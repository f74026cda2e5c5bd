// A migrated, empty set of stores for one test file, and the records that its tests begin with.
import { randomBytes, randomUUID } from 'node:crypto';
import type { App, AppSecret } from '../../domain/apps/app.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Code } from '../../domain/codes/code.ts';
import type { Connection, Grant } from '../../domain/connections/connection.ts';
import type { DeviceRequest } from '../../domain/devices/device-request.ts';
import type { ApiKey } from '../../domain/keys/key.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Trace } from '../../domain/trace.ts';
import type { User } from '../../domain/users/user.ts';
import type { Member, Workspace } from '../../domain/workspaces/workspace.ts';
import type { Database } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { openStores } from '../stores.ts';
import type { TestDatabase } from './databases.ts';

/** The moment at which the tests' world begins. */
export const startMs = 1_800_000_000_000;

export const traceAt = (atMs: number, verb = 'test.step'): Trace => ({
  verb,
  actor: { kind: 'system' },
  requestId: 'request-1',
  atMs,
});

export type TestStores = {
  readonly stores: Stores;
  /** What `onChange` has heard, in order. */
  readonly heard: readonly Change[];
  readonly database: Database;
  readonly close: () => Promise<void>;
};

export const openTestStores = async ({ open }: TestDatabase): Promise<TestStores> => {
  const { database, close } = await open();
  await migrate(database, startMs);
  const heard: Change[] = [];
  const stores = openStores(database, (changes) => heard.push(...changes));
  return { stores, heard, database, close };
};

/** A second node: its own stores over the same database. */
export const anotherNode = (database: Database): Stores => openStores(database, () => undefined);

/** `count` calls at once. */
export const inParallel = <Out>(count: number, call: (index: number) => Promise<Out>): Promise<Out[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));

const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export const newUser = async (stores: Stores, fields: Partial<User> = {}): Promise<User> => {
  const publicId = randomUUID();
  const user: User = {
    id: await stores.nextId(),
    publicId,
    externalId: '9007199254740995001',
    email: `${publicId}@example.test`,
    fullName: 'Ari Mendes',
    passwordHash: 'argon2id$…',
    platformRole: 'none',
    timeZone: 'Europe/Lisbon',
    createdAtMs: startMs,
    ...fields,
  };
  await stores.users.create(user, traceAt(startMs));
  return user;
};

export const newWorkspace = async (
  stores: Stores,
  owner: User,
  name = 'Northside Realty',
): Promise<{ workspace: Workspace; member: Member }> => {
  const id = await stores.nextId();
  const workspace: Workspace = {
    id,
    publicId: randomUUID(),
    externalId: '9007199254740997001',
    name,
    createdAtMs: startMs,
  };
  const member: Member = {
    id: await stores.nextId(),
    workspaceId: id,
    userId: owner.id,
    role: 'owner',
    createdAtMs: startMs,
  };
  await stores.workspaces.create(workspace, member, traceAt(startMs));
  return { workspace, member };
};

export const newApp = async (
  stores: Stores,
  fields: Partial<App> = {},
  secret?: (appId: number) => AppSecret,
): Promise<App> => {
  const id = await stores.nextId();
  const app: App = {
    id,
    publicId: randomUUID(),
    clientId: randomUUID(),
    kind: 'public',
    status: 'development',
    statusSinceMs: startMs,
    deviceGrant: true,
    userCodePrefix: 'LFT',
    epoch: 1,
    version: 1,
    permissionSetId: await stores.permissionSets.intern(['listLeads']),
    name: 'Lead Sync',
    website: 'https://vendor.example',
    description: 'Syncs leads.',
    redirectUris: ['http://127.0.0.1/callback', 'https://vendor.example/cb?x=1&y=ü'],
    contactName: 'Vera',
    contactEmail: 'vera@example.test',
    contactPhone: '',
    createdAtMs: startMs,
    ...fields,
  };
  await stores.apps.create(app, secret?.(id), traceAt(startMs));
  return app;
};

/** A person in a workspace, and an app that may act for them. */
export type World = {
  readonly user: User;
  readonly workspace: Workspace;
  readonly member: Member;
  readonly app: App;
};

export const newWorld = async (stores: Stores): Promise<World> => {
  const user = await newUser(stores);
  const { workspace, member } = await newWorkspace(stores, user);
  return { user, workspace, member, app: await newApp(stores) };
};

export const secretFor = async (
  stores: Stores,
  appId: number,
  fields: Partial<AppSecret> = {},
): Promise<AppSecret> => ({
  id: await stores.nextId(),
  appId,
  hash: bytes(32),
  lastFour: 'abcd',
  createdAtMs: startMs,
  ...fields,
});

export const connectionIn = async (
  stores: Stores,
  { user, workspace, app }: World,
  fields: Partial<Connection> = {},
): Promise<Connection> => ({
  id: await stores.nextId(),
  publicId: randomUUID(),
  userId: user.id,
  workspaceId: workspace.id,
  appId: app.id,
  permissionSetId: app.permissionSetId,
  createdAtMs: startMs,
  ...fields,
});

export const grantUnder = async (
  stores: Stores,
  connection: Connection,
  fields: Partial<Grant> = {},
): Promise<Grant> => ({
  id: await stores.nextId(),
  tag: bytes(8),
  connectionId: connection.id,
  permissionSetId: connection.permissionSetId,
  epoch: 1,
  generation: 1,
  retries: 0,
  createdAtMs: startMs,
  endsAtMs: startMs + 180 * 86_400_000,
  ...fields,
});

export const codeIn = async (
  stores: Stores,
  { user, workspace, app }: World,
  fields: Partial<Code> = {},
): Promise<Code> => ({
  id: await stores.nextId(),
  hash: bytes(32),
  appId: app.id,
  userId: user.id,
  workspaceId: workspace.id,
  redirectUri: 'http://127.0.0.1:49152/callback',
  redirectUriStated: true,
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  permissionSetId: app.permissionSetId,
  epoch: app.epoch,
  issuedAtMs: startMs,
  expiresAtMs: startMs + 60_000,
  ...fields,
});

/** A connection with its grant, made as in life: by redeeming a code. */
export const connected = async (
  stores: Stores,
  world: World,
): Promise<{ connection: Connection; grant: Grant }> => {
  const code = await codeIn(stores, world);
  const connection = await connectionIn(stores, world);
  const grant = await grantUnder(stores, connection);
  await stores.codes.issue(code, traceAt(startMs));
  const step = { codeId: code.id, atMs: startMs + 1, connection, grant };
  const answer = await stores.codes.redeem(step, traceAt(startMs + 1));
  if (answer !== 'redeemed') throw new Error('The test world could not be connected.');
  return { connection, grant };
};

export const keyIn = async (
  stores: Stores,
  { user, workspace, member }: World,
  fields: Partial<ApiKey> = {},
): Promise<ApiKey> => ({
  id: await stores.nextId(),
  publicId: randomUUID(),
  userId: user.id,
  workspaceId: workspace.id,
  memberId: member.id,
  form: 'opaque',
  name: 'Laptop',
  description: '',
  hash: bytes(32),
  nonce: bytes(16),
  lastFour: 'wxyz',
  madeBy: 'page',
  createdAtMs: startMs,
  collectedAtMs: startMs,
  acknowledged: { atMs: startMs, address: '127.0.0.1', device: 'Firefox on Linux' },
  ...fields,
});

/** As a terminal's request makes it: nobody has the secret yet. */
export const uncollectedKeyIn = async (stores: Stores, world: World): Promise<ApiKey> => {
  const key: { -readonly [Field in keyof ApiKey]: ApiKey[Field] } = await keyIn(stores, world, {
    lastFour: '',
    madeBy: 'terminal',
  });
  delete key.hash;
  delete key.collectedAtMs;
  return key;
};

export const deviceFor = async (
  stores: Stores,
  { app }: World,
  fields: Partial<DeviceRequest> = {},
): Promise<DeviceRequest> => ({
  id: await stores.nextId(),
  hash: bytes(32),
  userCodeHash: bytes(32),
  appId: app.id,
  outcome: 'key',
  permissionSetId: app.permissionSetId,
  epoch: app.epoch,
  createdAtMs: startMs,
  expiresAtMs: startMs + 600_000,
  address: '203.0.113.9',
  device: 'loomta/1.0 linux',
  ...fields,
});
