// The engine on Postgres (pg): one transaction per unit, reads on the pool, lost serialization races run again inside.
import { setTimeout } from 'node:timers/promises';
import { Pool, type PoolClient, types } from 'pg';
import {
  type Database,
  parsePlaceholders,
  requireValues,
  type Row,
  type Statement,
  type Unit,
} from './engine.ts';

export type PostgresOptions = {
  readonly url: string;
  readonly poolSize?: number;
  readonly connectTimeoutMs?: number;
  /** A unit that waits longer for a row, or leaves its transaction open longer, is undone and tried again. */
  readonly lockTimeoutMs?: number;
  readonly idleInTransactionTimeoutMs?: number;
  readonly statementTimeoutMs?: number;
  /** A pooled connection broke while nobody used it; the pool has replaced it already. */
  readonly onConnectionLost?: (error: Error) => void;
};

const attempts = 10;
/** serialization_failure, deadlock_detected, lock_not_available, idle_in_transaction_session_timeout: all undone. */
const undone = new Set(['40001', '40P01', '55P03', '25P03']);

/** A server that answers before the disk has it would break the promise of `commit`; a stricter setting stays. */
const durableCommits = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') = 'off'`;

const int8 = 20;
const bytea = 17;

export const openPostgres = (options: PostgresOptions): Database => {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    lock_timeout: options.lockTimeoutMs ?? 250,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 250,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    application_name: 'latchkey',
    types: { getTypeParser },
    verify: (client, done) => {
      client.query(durableCommits, (error: Error | undefined) => done(error));
    },
  });
  pool.on('error', (error) => options.onConnectionLost?.(error));
  const prepare = preparedOnce();

  return {
    dialect: 'postgres',
    async read(statement) {
      const { rows } = await pool.query<Record<string, Row[string]>>(prepare(statement));
      return rows;
    },
    commit: (unit) => inTransaction(pool, (client) => runUnit(client, prepare, unit)),
    async script(sql) {
      await inTransaction(pool, async (client) => {
        // DDL may wait for readers and run long; both timeouts are for units.
        await client.query('set local lock_timeout = 0; set local statement_timeout = 0');
        await client.query(sql);
        return true;
      });
    },
    close: () => pool.end(),
  };
};

/** The same types as on SQLite: count(*) and bigint as safe numbers, bytea as plain bytes. */
const getTypeParser = (oid: number, format?: 'text' | 'binary'): unknown => {
  if (format !== 'binary' && oid === int8) return safeInteger;
  if (format !== 'binary' && oid === bytea) return plainBytes;
  return types.getTypeParser(oid, format);
};

const safeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database returned ${text}, beyond 2^53.`);
  return value;
};

const plainBytes = (text: string): Uint8Array => Uint8Array.fromHex(text.slice(2));

type Query = { readonly name: string; readonly text: string; readonly values: unknown[] };

/** Each text is rewritten once and keeps one name, so that every connection parses and plans it once. */
const preparedOnce = (): ((statement: Statement) => Query) => {
  const cache = new Map<string, { name: string; text: string; names: readonly string[] }>();
  return (statement) => {
    let known = cache.get(statement.sql);
    if (known === undefined) {
      const { names, numbered } = parsePlaceholders(statement.sql);
      known = { name: `s${cache.size + 1}`, text: numbered, names };
      cache.set(statement.sql, known);
    }
    requireValues(known.names, statement);
    return { name: known.name, text: known.text, values: known.names.map((name) => statement.values[name]) };
  };
};

const runUnit = async (
  client: PoolClient,
  prepare: (statement: Statement) => Query,
  unit: Unit,
): Promise<boolean> => {
  for (const claim of unit.claims) {
    const { rowCount } = await client.query(prepare(claim));
    if (rowCount !== 1) return false;
  }
  for (const write of unit.writes) await client.query(prepare(write));
  return true;
};

/** Commits if the work answers true. What Postgres undid by itself is run again; an unknown outcome never is. */
const inTransaction = async (
  pool: Pool,
  work: (client: PoolClient) => Promise<boolean>,
): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryTransaction(pool, work);
    if ('won' in outcome) return outcome.won;
    if (!outcome.undone || attempt === attempts) throw outcome.failure;
    await setTimeout(Math.min(500, 10 * 2 ** attempt) * Math.random());
  }
};

type Attempt = { readonly won: boolean } | { readonly failure: unknown; readonly undone: boolean };

const tryTransaction = async (
  pool: Pool,
  work: (client: PoolClient) => Promise<boolean>,
): Promise<Attempt> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that dies between two statements says why by an event; the next statement then merely rejects.
  const onError = (error: Error): void => {
    broken ??= error;
  };
  client.on('error', onError);
  try {
    await client.query('begin isolation level read committed');
    const won = await work(client);
    await client.query(won ? 'commit' : 'rollback');
    return { won };
  } catch (failure) {
    await client.query('rollback').catch(onError);
    return { failure, undone: isUndone(failure) || isUndone(broken) };
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
};

const isUndone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && undone.has(error.code);
