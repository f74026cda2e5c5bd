// Starts the whole demo in one process: Latchkey on loopback, the demo CRM behind its gateway, the sample vendor app and
// the sample token service. Production starts never come here.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createLog,
  exampleOf,
  serve,
  silentLog,
  StartError,
  type Domain,
  type ServePorts,
  type Serving,
} from '@latchkey/server';
import { configOf, RESOURCE_SERVER } from './config.ts';
import { startCrm } from './crm/server.ts';
import { demoFilePath, readDemoFile, writeDemoFile, type DemoFile } from './demo-file.ts';
import { freePort } from './free-port.ts';
import type { Running } from './listen.ts';
import { startSampleApp } from './sample-app/server.ts';
import { seedDemo, type Seeded } from './seed.ts';
import { startTokenService } from './token-service/server.ts';

export type DemoOptions = {
  readonly dataFolder: string;
  /** 0 takes any free ports; else the sample app gets the next one and the token service the one after. */
  readonly port: number;
  /** Somebody's own API instead of the demo CRM. */
  readonly upstream?: string;
  readonly openapi?: string;
  /** JSON lines on stderr, or wherever they are wanted; off by default. */
  readonly log?: boolean | ((line: string) => void);
  /** Epoch milliseconds; for tests of what ends after minutes or months. */
  readonly now?: () => number;
};

export type Demo = {
  readonly issuer: string;
  readonly file: DemoFile;
  readonly demoFile: string;
  /** An endpoint of the API that can be called as it stands. */
  readonly examplePath?: string;
  /** The folder held a demo before this start. */
  readonly found: boolean;
  readonly close: () => Promise<void>;
};

/** Marks a folder as the demo's, so that nothing else is ever started as one. */
const MARK = 'this-is-a-demo';

type Known = Pick<DemoFile, 'madeAt' | 'people' | 'apps' | 'resourceServer' | 'sessionId'> & {
  readonly opaqueKeys: readonly { readonly email: string; readonly key: string }[];
};

const workspacesOf = async (domain: Domain, userId: number) =>
  (await domain.stores.workspaces.membershipsOf(userId)).map(({ workspace, member }) => ({
    id: workspace.publicId,
    name: workspace.name,
    role: member.role,
  }));

const describeSeed = async (
  domain: Domain,
  seeded: Seeded,
  secrets: Pick<Known, 'resourceServer' | 'sessionId'>,
): Promise<Known> => ({
  ...secrets,
  madeAt: new Date(domain.now()).toISOString(),
  people: await Promise.all(
    seeded.people.map(async ({ user, password, person }) => ({
      name: user.fullName,
      email: user.email,
      password,
      role: person.role,
      workspaces: await workspacesOf(domain, user.id),
    })),
  ),
  apps: await Promise.all(
    seeded.apps.map(async ({ app, clientSecret }) => ({
      name: app.name,
      kind: app.kind,
      clientId: app.clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      redirectUris: app.redirectUris,
      mode: app.status === 'production' ? ('production' as const) : ('development' as const),
      permissions: (await domain.stores.permissionSets.find(app.permissionSetId))?.permissions ?? [],
    })),
  ),
  opaqueKeys: seeded.keys.flatMap(({ email, opaque }) =>
    opaque === undefined ? [] : [{ email, key: opaque }],
  ),
});

/** Signed keys are derived anew: they are bound to the issuer, which another port changes. */
const customerKeysOf = async (domain: Domain, known: Known): Promise<DemoFile['customerKeys']> => {
  const keys: DemoFile['customerKeys'][number][] = [];
  for (const { email } of known.people) {
    const user = await domain.stores.users.findByEmailKey(email);
    if (user === undefined) continue;
    for (const key of (await domain.stores.keys.listOf(user.id)).toReversed()) {
      if (key.description !== 'Made with the demo data' || key.revokedAtMs !== undefined) continue;
      if (key.form === 'legacy') continue;
      const text =
        key.form === 'signed'
          ? domain.secrets.keyJws.derive(key)
          : known.opaqueKeys.find((opaque) => opaque.email === email)?.key;
      const workspace = await domain.stores.workspaces.find(key.workspaceId);
      if (text === undefined || workspace === undefined) continue;
      keys.push({ email, workspaceId: workspace.publicId, form: key.form, key: text });
    }
  }
  return keys;
};

/** A first start that was cut short left people without their passwords: begin anew, since nothing else was ever there. */
const clearHalfMade = (folder: string): void => {
  if (readDemoFile(folder) !== undefined || !existsSync(join(folder, 'latchkey.db'))) return;
  for (const name of ['latchkey.db', 'latchkey.db-wal', 'latchkey.db-shm', 'keys.json']) {
    rmSync(join(folder, name), { force: true });
  }
};

const checkFolder = (folder: string): void => {
  const marked = existsSync(join(folder, MARK));
  if (existsSync(join(folder, 'latchkey.db')) && !marked) {
    throw new StartError(
      `${folder} holds data that is not a demo's. Choose another folder: npm start -- --data FOLDER`,
    );
  }
  if (marked) clearHalfMade(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, MARK), 'Invented people and printed passwords. Not for production.\n', {
    mode: 0o600,
  });
};

const knownOf = async (
  domain: Domain,
  before: DemoFile | undefined,
  secrets: Pick<Known, 'resourceServer' | 'sessionId'>,
): Promise<Known> => {
  if (before === undefined) return describeSeed(domain, await seedDemo(domain), secrets);
  const opaqueKeys = before.customerKeys.filter(({ form }) => form === 'opaque');
  return { ...before, opaqueKeys };
};

const sampleServices = async (
  ports: DemoPorts,
  issuer: string,
  known: Known,
  customerKeys: DemoFile['customerKeys'],
): Promise<{ readonly sampleApp: Running; readonly tokenService: Running }> => {
  const app = known.apps.find(({ kind }) => kind === 'confidential');
  if (app?.clientSecret === undefined) throw new Error('the demo has no confidential app');
  const credentials = { clientId: app.clientId, clientSecret: app.clientSecret };
  const sampleApp = await startSampleApp({
    port: ports.sampleApp,
    issuer,
    publicIssuer: issuer,
    ...credentials,
  });
  try {
    const tokenService = await startTokenService({
      port: ports.tokenService,
      issuer,
      ...credentials,
      customerKey: customerKeys.find(({ form }) => form === 'signed')?.key ?? '',
      sessions: [known.sessionId],
    });
    return { sampleApp, tokenService };
  } catch (error) {
    await sampleApp.close();
    throw error;
  }
};

const closeAll = async (
  parts: readonly ({ readonly close: () => Promise<void> } | undefined)[],
): Promise<void> => {
  for (const part of parts) await part?.close();
};

type DemoPorts = { readonly latchkey: number; readonly sampleApp: number; readonly tokenService: number };

const portsOf = async (port: number): Promise<DemoPorts> =>
  port === 0
    ? { latchkey: await freePort(), sampleApp: await freePort(), tokenService: await freePort() }
    : { latchkey: port, sampleApp: port + 1, tokenService: port + 2 };

export const startDemo = async (options: DemoOptions): Promise<Demo> => {
  checkFolder(options.dataFolder);
  const before = readDemoFile(options.dataFolder);
  const ports = await portsOf(options.port);
  const issuer = `http://localhost:${ports.latchkey}`;
  const secrets = {
    resourceServer: before?.resourceServer ?? {
      clientId: RESOURCE_SERVER,
      clientSecret: randomBytes(24).toString('base64url'),
    },
    sessionId: before?.sessionId ?? `ses_${randomBytes(18).toString('base64url')}`,
  };
  const crm = options.upstream === undefined ? await startCrm({ port: 0 }) : undefined;
  let serving: Serving | undefined;
  try {
    // People copy addresses with the slash that browsers add.
    const upstreamUrl = options.upstream?.replace(/\/$/, '') ?? crm?.url ?? '';
    const config = configOf(
      options,
      issuer,
      ports.latchkey,
      upstreamUrl,
      secrets.resourceServer.clientSecret,
    );
    const log =
      options.log === undefined || options.log === false
        ? silentLog
        : createLog(options.log === true ? (line) => void process.stderr.write(line) : options.log, Date.now);
    const started = await serve(config, {
      log,
      demo: demoSiteOf(options.dataFolder, ports.sampleApp),
      ...(options.now === undefined ? {} : { now: options.now }),
    });
    serving = started;
    const known = await knownOf(started.domain, before, secrets);
    const customerKeys = await customerKeysOf(started.domain, known);
    const { sampleApp, tokenService } = await sampleServices(ports, issuer, known, customerKeys);
    const { madeAt, people, apps, resourceServer, sessionId } = known;
    const file: DemoFile = {
      issuer,
      sampleAppUrl: sampleApp.url,
      tokenServiceUrl: `${tokenService.url}/token`,
      upstreamUrl,
      madeAt,
      people,
      apps,
      customerKeys,
      resourceServer,
      sessionId,
    };
    writeDemoFile(options.dataFolder, file);
    const parts = [sampleApp, tokenService, started, crm];
    const examplePath = exampleOf(started.domain.permissions)?.path;
    return {
      ...(examplePath === undefined ? {} : { examplePath }),
      issuer,
      file,
      demoFile: demoFilePath(options.dataFolder),
      found: before !== undefined,
      close: () => closeAll(parts),
    };
  } catch (error) {
    await closeAll([serving, crm]);
    throw error;
  }
};

/** The sign-in page of the demo lists its people and fills the form; they are known once the folder is seeded. */
const demoSiteOf = (folder: string, sampleAppPort: number): NonNullable<ServePorts['demo']> => {
  let people: NonNullable<ServePorts['demo']>['people'] | undefined;
  return {
    sampleAppUrl: `http://127.0.0.1:${sampleAppPort}`,
    get people() {
      people ??= readDemoFile(folder)?.people.map(({ name, email, password, role, workspaces }) => ({
        slug: email.slice(0, email.indexOf('@')),
        name,
        who: `${role}, ${workspaces.length} ${workspaces.length === 1 ? 'workspace' : 'workspaces'}`,
        email,
        password,
      }));
      return people ?? [];
    },
  };
};
