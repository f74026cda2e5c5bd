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
  type Value,
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
type Prepared = {
  readonly statement: StatementSync;
  readonly names: readonly string[];
  /** node:sqlite binds by position at half the cost of binding by name. */
  readonly byPosition: boolean;
};
type Prepare = (statement: Statement) => Prepared;

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
      return allBound(prepare(statement), statement.values) as Row[];
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
      transaction(database, () => {
        database.exec(sql);
        return true;
      });
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

/** A statement with a missing or surplus value throws. */
const preparedOnce = (database: DatabaseSync): Prepare => {
  const cache = new Map<string, Prepared>();
  const make = (sql: string): Prepared => {
    // With a name in two places the planner must see that both are one value: then they keep their names.
    const { names, unnamed } = parsePlaceholders(sql);
    const prepared = {
      statement: database.prepare(unnamed ?? sql),
      names,
      byPosition: unnamed !== undefined,
    };
    cache.set(sql, prepared);
    return prepared;
  };
  return (statement) => {
    const prepared = cache.get(statement.sql) ?? make(statement.sql);
    requireValues(prepared.names, statement);
    return prepared;
  };
};

const runBound = ({ statement, names, byPosition }: Prepared, values: Statement['values']): number =>
  Number((byPosition ? statement.run(...ordered(names, values)) : statement.run(values)).changes);

const allBound = ({ statement, names, byPosition }: Prepared, values: Statement['values']): unknown[] =>
  byPosition ? statement.all(...ordered(names, values)) : statement.all(values);

const ordered = (names: readonly string[], values: Statement['values']): Value[] =>
  names.map((name) => values[name] as Value);

/** Commits if the work answers true. */
const transaction = (database: DatabaseSync, work: () => boolean): boolean => {
  database.exec('begin immediate');
  try {
    const keep = work();
    if (keep) database.exec('commit');
    else if (database.isTransaction) database.exec('rollback');
    return keep;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
};

/**
 * One fsync for all. Savepoints around each member cost a third of a commit and are needed only when one must be undone
 * alone: a batch starts without them and, at the first such member, starts over with them.
 */
const commitTogether = (database: DatabaseSync, prepare: Prepare, batch: readonly Waiting[]): void => {
  let outcomes: readonly Outcome[];
  try {
    outcomes = withoutSavepoints(database, prepare, batch) ?? withSavepoints(database, prepare, batch);
  } catch (failure) {
    // A failing disk or commit fails them all.
    for (const { reject } of batch) reject(failure);
    return;
  }
  for (const [index, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[index];
    if (outcome !== undefined && 'won' in outcome) resolve(outcome.won);
    else reject(outcome?.failure);
  }
};

/** Undefined, and nothing changed, if a member threw or lost a claim after it had changed something. */
const withoutSavepoints = (
  database: DatabaseSync,
  prepare: Prepare,
  batch: readonly Waiting[],
): readonly Outcome[] | undefined => {
  const outcomes: Outcome[] = [];
  const kept = transaction(database, () =>
    batch.every(({ unit }) => {
      const won = wonInPlace(prepare, unit);
      if (won !== undefined) outcomes.push({ won });
      return won !== undefined;
    }),
  );
  return kept ? outcomes : undefined;
};

/** Undefined: it must be undone. What failed shows again, to its own caller, with savepoints. */
const wonInPlace = (prepare: Prepare, unit: Unit): boolean | undefined => {
  try {
    for (const [index, claim] of unit.claims.entries()) {
      const changed = runBound(prepare(claim), claim.values);
      if (changed !== 1) return index === 0 && changed === 0 ? false : undefined;
    }
    for (const write of unit.writes) runBound(prepare(write), write.values);
    return true;
  } catch {
    return undefined;
  }
};

const withSavepoints = (
  database: DatabaseSync,
  prepare: Prepare,
  batch: readonly Waiting[],
): readonly Outcome[] => {
  const outcomes: Outcome[] = [];
  transaction(database, () => {
    for (const { unit } of batch) outcomes.push(inSavepoint(database, prepare, unit));
    return true;
  });
  return outcomes;
};

/** A member that loses or throws is undone alone. */
const inSavepoint = (database: DatabaseSync, prepare: Prepare, unit: Unit): Outcome => {
  database.exec('savepoint member');
  try {
    const won = unit.claims.every((claim) => runBound(prepare(claim), claim.values) === 1);
    if (won) for (const write of unit.writes) runBound(prepare(write), write.values);
    else database.exec('rollback to member');
    database.exec('release member');
    return { won };
  } catch (failure) {
    // Some errors (disk full, I/O) end the whole transaction: then nobody's unit was kept.
    if (!database.isTransaction) throw failure;
    database.exec('rollback to member');
    database.exec('release member');
    return { failure };
  }
};
