// The databases that every storage test runs on: `for (const database of databases) describe(database.name, …)`.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Client } from 'pg';
import type { Database } from '../engine.ts';
import { openPostgres } from '../postgres.ts';
import { openSqlite } from '../sqlite.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

export type Opened = { readonly database: Database; readonly close: () => Promise<void> };
export type TestDatabase = {
  readonly name: 'sqlite' | 'postgres';
  /** A fresh, empty database; `close` removes it. */
  readonly open: () => Promise<Opened>;
};

/** Set by whoever runs many test files, so that they share one server (see postgres-server.ts). */
const sharedServerVariable = 'LATCHKEY_TEST_POSTGRES';

const openFreshSqlite = (): Promise<Opened> => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-sqlite-'));
  const database = openSqlite(join(folder, 'test.db'));
  const close = async (): Promise<void> => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return Promise.resolve({ database, close });
};

let ownServer: Promise<PostgresServer> | undefined;

after(async () => {
  await (await ownServer)?.stop();
});

const serverUrl = async (): Promise<string> => {
  const shared = process.env[sharedServerVariable];
  if (shared !== undefined && shared !== '') return shared;
  ownServer ??= startPostgres();
  return (await ownServer).url;
};

const openFreshPostgres = async (): Promise<Opened> => {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name} template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  // Two shared cores and a hundred racing units: waiting for a row may take longer than in production.
  const database = openPostgres({ url: url.href, lockTimeoutMs: 5000, idleInTransactionTimeoutMs: 10_000 });
  const close = async (): Promise<void> => {
    await database.close();
    await administer(server, `drop database ${name} with (force)`);
  };
  return { database, close };
};

const administer = async (url: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

export const databases: readonly TestDatabase[] = [
  { name: 'sqlite', open: openFreshSqlite },
  { name: 'postgres', open: openFreshPostgres },
];
