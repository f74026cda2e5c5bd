// The engine on SQLite (node:sqlite): one connection, and concurrent commits gathered into one transaction per turn.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  type Database,
  parsePlaceholders,
  requireValues,
  type Row,
  type Statement,
  type Unit,
} from './engine.ts';

/** Every pragma that storage relies on. FULL: a commit that answered is on disk, also after a power cut. */
const pragmas = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma busy_timeout = 5000;
  pragma foreign_keys = on;
  pragma wal_autocheckpoint = 1000;
  pragma journal_size_limit = 67108864;
  pragma trusted_schema = off;
`;

/** Bounds how long one transaction keeps the event loop. */
const unitsPerTransaction = 512;

type Waiting = {
  readonly unit: Unit;
  readonly resolve: (won: boolean) => void;
  readonly reject: (reason: unknown) => void;
};
type Outcome = { readonly won: boolean } | { readonly failure: unknown };
type Prepared = { readonly statement: StatementSync; readonly names: readonly string[] };

/** Opens (or makes, readable by its owner alone) the database file. Hold the folder's lock: see data-folder.ts. */
export const openSqlite = (file: string): Database => {
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file);
  database.exec(pragmas);
  const prepare = preparedOnce(database);
  const queue: Waiting[] = [];
  let closed = false;
  let scheduled = false;

  const flush = (): void => {
    scheduled = false;
    while (queue.length > 0) commitTogether(database, prepare, queue.splice(0, unitsPerTransaction));
  };

  return {
    dialect: 'sqlite',
    // eslint-disable-next-line typescript/require-await -- a throwing statement must reject, as on Postgres
    async read(statement) {
      return bound(prepare, statement, (prepared) => prepared.all(statement.values)) as Row[];
    },
    commit(unit) {
      if (closed) return Promise.reject(new Error('The database is closed.'));
      return new Promise((resolve, reject) => {
        queue.push({ unit, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        setImmediate(flush);
      });
    },
    // eslint-disable-next-line typescript/require-await
    async script(sql) {
      transaction(database, () => database.exec(sql));
    },
    // eslint-disable-next-line typescript/require-await
    async close() {
      if (closed) return;
      closed = true;
      flush();
      database.close();
    },
  };
};

const preparedOnce = (database: DatabaseSync) => {
  const cache = new Map<string, Prepared>();
  return (sql: string): Prepared => {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    const prepared = { statement: database.prepare(sql), names: parsePlaceholders(sql).names };
    cache.set(sql, prepared);
    return prepared;
  };
};

const bound = <Out>(
  prepare: (sql: string) => Prepared,
  statement: Statement,
  use: (prepared: StatementSync) => Out,
): Out => {
  const prepared = prepare(statement.sql);
  requireValues(prepared.names, statement);
  return use(prepared.statement);
};

const transaction = (database: DatabaseSync, work: () => void): void => {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
};

/** One fsync for all. A member that loses or throws is undone alone; only a failing disk or commit fails them all. */
const commitTogether = (
  database: DatabaseSync,
  prepare: (sql: string) => Prepared,
  batch: readonly Waiting[],
): void => {
  const outcomes: Outcome[] = [];
  try {
    transaction(database, () => {
      for (const { unit } of batch) outcomes.push(inSavepoint(database, prepare, unit));
    });
  } catch (failure) {
    for (const { reject } of batch) reject(failure);
    return;
  }
  for (const [index, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[index];
    if (outcome !== undefined && 'won' in outcome) resolve(outcome.won);
    else reject(outcome?.failure);
  }
};

const inSavepoint = (database: DatabaseSync, prepare: (sql: string) => Prepared, unit: Unit): Outcome => {
  const change = (statement: Statement): number =>
    Number(bound(prepare, statement, (prepared) => prepared.run(statement.values)).changes);
  prepare('savepoint member').statement.run();
  try {
    const won = unit.claims.every((claim) => change(claim) === 1);
    if (won) for (const write of unit.writes) change(write);
    else prepare('rollback to member').statement.run();
    prepare('release member').statement.run();
    return { won };
  } catch (failure) {
    // Some errors (disk full, I/O) end the whole transaction: then nobody's unit was kept.
    if (!database.isTransaction) throw failure;
    prepare('rollback to member').statement.run();
    prepare('release member').statement.run();
    return { failure };
  }
};
