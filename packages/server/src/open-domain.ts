// Start-up, first half: data folder, keys, storage, memory, permissions: everything that operations need, nothing that listens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMemory } from './domain/access/memory.ts';
import { rememberedMs } from './domain/access/recent-changes.ts';
import { createPace } from './domain/devices/pace.ts';
import type { Domain } from './domain/domain.ts';
import { managementOperations } from './domain/operations.ts';
import { createLastUsed } from './domain/last-used.ts';
import type { Catalogue } from './domain/permissions/catalogue.ts';
import { catalogueFromOpenApi, problemText } from './domain/permissions/from-openapi.ts';
import type { Stores } from './domain/stores.ts';
import { createUsageRecorder } from './domain/usage/recorder.ts';
import type { Now } from './domain/trace.ts';
import type { RandomBytes } from './secrets/random-bytes.ts';
import { ConfigError, type Config } from './config.ts';
import { ensureFirstPartyApps } from './first-party.ts';
import { noLooks, websiteLooks } from './outbound/looks.ts';
import { createLogoMaker } from './pictures/logo-maker.ts';
import { createGuesses } from './limits/guesses.ts';
import { KeyFileError, openKeyFile } from './secrets/key-file.ts';
import { createKeyRing, type MasterKey } from './secrets/key-ring.ts';
import { createSecrets } from './secrets/secrets.ts';
import { lockDataFolder } from './storage/data-folder.ts';
import type { Database } from './storage/engine.ts';
import { migrate } from './storage/migrate.ts';
import { openSqlite } from './storage/sqlite.ts';
import { openStores } from './storage/stores.ts';
import type { Log } from './telemetry/log.ts';

/** Why the service did not start, for the operator: a sentence with the next step. */
export class StartError extends Error {}

/** The port to listen on belongs to another program. */
export class PortTaken extends StartError {
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is in use; nothing was started. Choose another one.`);
    this.port = port;
  }
}

export type OpenDomain = {
  readonly domain: Domain;
  readonly catalogue: Catalogue;
  readonly close: () => Promise<void>;
};

export const readCatalogue = (file: string): Catalogue => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(
      `Cannot read the OpenAPI document ${file}: ${(error as Error).message}. Check the path.`,
    );
  }
  const read = catalogueFromOpenApi(text);
  if ('problems' in read) {
    throw new ConfigError([
      `${file} cannot be used:`,
      ...read.problems.map((problem) => `  ${problemText(problem)}`),
    ]);
  }
  return read.catalogue;
};

const openDatabase = async (folder: string, nowMs: number) => {
  const lock = lockDataFolder(folder);
  if (lock.kind === 'taken') {
    const who = lock.pid === undefined ? 'another process' : `process ${lock.pid}`;
    throw new StartError(
      `The data folder ${folder} is in use by ${who}. Stop that one, or choose another folder with --data.`,
    );
  }
  const database = openSqlite(lock.databaseFile);
  const migrated = await migrate(database, nowMs);
  if (migrated.kind === 'current') return { database, release: lock.release };
  await database.close();
  lock.release();
  const why =
    migrated.kind === 'newer'
      ? `was written by a newer version (migration ${migrated.number}). Start that version.`
      : `does not fit this version (migration ${migrated.number} differs). Restore a backup or start the version that made it.`;
  throw new StartError(`The database in ${folder} ${why}`);
};

const CHANGES_PER_READ = 1000;

/** What ended during the last token lifetime, before the node is ready (protocol.md 8). */
const reloadChanges = async (domain: Domain): Promise<void> => {
  const { changes } = domain.stores;
  let n = await changes.lastBefore(domain.now() - rememberedMs(domain.settings));
  for (;;) {
    const batch = await changes.after(n, CHANGES_PER_READ);
    domain.memory.note(batch);
    const last = batch.at(-1);
    if (last === undefined || batch.length < CHANGES_PER_READ) return;
    n = last.n;
  }
};

export type DomainPorts = { readonly now: Now; readonly random: RandomBytes; readonly log: Log };

/** The domain over a migrated database of either kind; reloaded, ready to judge. */
export const domainOn = async (
  database: Database,
  masters: readonly MasterKey[],
  config: Config,
  catalogue: Catalogue,
  ports: DomainPorts,
): Promise<Domain> => {
  const { now, random, log } = ports;
  const { settings } = config;
  const memory = createMemory((): Stores => stores, now);
  const stores = openStores(database, memory.note);
  const domain: Domain = {
    stores,
    secrets: createSecrets(createKeyRing(masters, settings.issuer), random),
    settings,
    now,
    memory,
    devicePace: createPace(settings.deviceIntervalSeconds),
    guesses: createGuesses(now),
    lastUsed: createLastUsed(stores, now, (error) => log.error('last use not written', error)),
    usage: createUsageRecorder(stores, (error) => log.error('usage not written', error)),
    makeLogo: createLogoMaker(),
    lookAtWebsite: config.outbound.website_checks ? websiteLooks(config.outbound, now) : noLooks(now),
    permissions: catalogue.permissions,
    managementOperations,
  };
  await reloadChanges(domain);
  await ensureFirstPartyApps(domain, config.first_party_apps);
  return domain;
};

export const openDomain = async (config: Config, ports: DomainPorts): Promise<OpenDomain> => {
  const catalogue = readCatalogue(config.openapi);
  const { database, release } = await openDatabase(config.data, ports.now());
  const closeDatabase = async (): Promise<void> => {
    await database.close();
    release();
  };
  try {
    const masters = openKeyFile(join(config.data, 'keys.json'), ports.random);
    const domain = await domainOn(database, masters, config, catalogue, ports);
    const close = async (): Promise<void> => {
      await domain.lastUsed.settled();
      await closeDatabase();
    };
    return { domain, catalogue, close };
  } catch (error) {
    await closeDatabase();
    throw error instanceof KeyFileError ? new StartError(error.message) : error;
  }
};
