// Migrations: numbered, forward only, each in one transaction and recorded with its checksum, so a killed run resumes.
import { createHash } from 'node:crypto';
import type { Database } from './engine.ts';
import { migrations as allMigrations } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';

export type Migrated =
  | { readonly kind: 'current'; readonly applied: readonly number[] }
  /** The database was written by a newer version of this program. */
  | { readonly kind: 'newer'; readonly number: number }
  /** A migration that was applied is not the one that this program knows by its number. */
  | { readonly kind: 'changed'; readonly number: number };

const recordTable = {
  sqlite: `create table if not exists migrations (
    number integer primary key, name text not null, checksum text not null, applied_at integer not null
  ) strict`,
  postgres: `create table if not exists migrations (
    number bigint primary key, name text not null, checksum text not null, applied_at bigint not null
  )`,
};

/** Serialises starting nodes on Postgres; SQLite has one process. The number is ours alone. */
const takeTurn = { sqlite: '', postgres: 'select pg_advisory_xact_lock(4806127001);' };

/** Brings the database to the newest migration this program knows. Safe to run from several nodes at once. */
export const migrate = async (
  database: Database,
  nowMs: number,
  migrations: readonly Migration[] = allMigrations,
): Promise<Migrated> => {
  await database.script(`${lockText(database)} ${recordTable[database.dialect]}`);
  const applied: number[] = [];
  for (;;) {
    const recorded = await readRecorded(database);
    const stranger = findStranger(database, migrations, recorded);
    if (stranger !== undefined) return stranger;
    const next = migrations.find(({ number }) => !recorded.has(number));
    if (next === undefined) return { kind: 'current', applied };
    if (await apply(database, next, nowMs)) applied.push(next.number);
  }
};

const readRecorded = async (database: Database): Promise<Map<number, string>> => {
  const rows = await database.read({ sql: 'select number, checksum from migrations', values: {} });
  return new Map(rows.map((row) => [Number(row['number']), String(row['checksum'])]));
};

const findStranger = (
  database: Database,
  migrations: readonly Migration[],
  recorded: ReadonlyMap<number, string>,
): Migrated | undefined => {
  for (const [number, checksum] of recorded) {
    const known = migrations.find((migration) => migration.number === number);
    if (known === undefined) return { kind: 'newer', number };
    if (checksumOf(database, known) !== checksum) return { kind: 'changed', number };
  }
  return undefined;
};

/** False when another node applied it first: its record is the primary key that this one then meets. */
const apply = async (database: Database, migration: Migration, nowMs: number): Promise<boolean> => {
  const checksum = checksumOf(database, migration);
  const record = `insert into migrations (number, name, checksum, applied_at)
    values (${migration.number}, '${migration.name}', '${checksum}', ${nowMs});`;
  try {
    await database.script(`${lockText(database)} ${record} ${migration[database.dialect]}`);
    return true;
  } catch (error) {
    if ((await readRecorded(database)).has(migration.number)) return false;
    throw error;
  }
};

const lockText = (database: Database): string => takeTurn[database.dialect];

const checksumOf = (database: Database, migration: Migration): string =>
  createHash('sha256').update(migration[database.dialect]).digest('hex');
