// Migrations: the two dialects declare the same, runs resume, and strangers are told apart.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from './engine.ts';
import { leaseIds } from './ids.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { databases, type Opened } from './testing/databases.ts';

type Columns = Record<string, readonly string[]>;

const sqliteColumns = `
  select t.name as table_name, c.name as column_name, c.type as type, c."notnull" as required, c.pk as pk
  from sqlite_schema t join pragma_table_info(t.name) c
  where t.type = 'table' and t.name not like 'sqlite%' order by t.name, c.cid`;
const postgresColumns = `
  select c.table_name, c.column_name, c.data_type as type,
    case when c.is_nullable = 'NO' then 1 else 0 end as required,
    coalesce(k.ordinal_position, 0) as pk
  from information_schema.columns c
  left join information_schema.table_constraints p
    on p.table_schema = c.table_schema and p.table_name = c.table_name and p.constraint_type = 'PRIMARY KEY'
  left join information_schema.key_column_usage k
    on k.constraint_schema = p.constraint_schema and k.constraint_name = p.constraint_name
    and k.column_name = c.column_name
  where c.table_schema = 'public' order by c.table_name, c.ordinal_position`;
const sqliteIndexes = `
  select t.name as table_name, i."unique" as is_unique, i.partial as partial,
    (select group_concat(name) from (select name from pragma_index_info(i.name) order by seqno)) as columns
  from sqlite_schema t join pragma_index_list(t.name) i
  where t.type = 'table' and t.name not like 'sqlite%' and i.origin <> 'pk'`;
const postgresIndexes = `
  select t.relname as table_name, case when i.indisunique then 1 else 0 end as is_unique,
    case when i.indpred is null then 0 else 1 end as partial,
    (select string_agg(a.attname, ',' order by k.n)
      from unnest(i.indkey) with ordinality k (attnum, n)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) as columns
  from pg_index i join pg_class t on t.oid = i.indrelid
  join pg_namespace s on s.oid = t.relnamespace
  where s.nspname = 'public' and not i.indisprimary`;

const commonType: Record<string, string> = {
  integer: 'whole',
  bigint: 'whole',
  text: 'text',
  blob: 'bytes',
  bytea: 'bytes',
};

const text = (...values: readonly unknown[]): string => values.map(String).join(' ');

const columnsOf = async (database: Database): Promise<Columns> => {
  const sql = database.dialect === 'sqlite' ? sqliteColumns : postgresColumns;
  const columns: Record<string, string[]> = {};
  for (const row of await database.read({ sql, values: {} })) {
    const type = commonType[String(row['type']).toLowerCase()] ?? text('unknown', row['type']);
    const required = row['required'] === 1 || row['pk'] !== 0 ? 'required' : 'nullable';
    (columns[String(row['table_name'])] ??= []).push(
      text(row['column_name'], type, required, 'key', row['pk']),
    );
  }
  return columns;
};

const indexesOf = async (database: Database): Promise<readonly string[]> => {
  const sql = database.dialect === 'sqlite' ? sqliteIndexes : postgresIndexes;
  const rows = await database.read({ sql, values: {} });
  return rows
    .map((row) =>
      text(row['table_name'], '(', row['columns'], ') unique', row['is_unique'], 'partial', row['partial']),
    )
    .sort();
};

describe('the two dialects', () => {
  it('declare the same tables, columns, keys and indexes', async () => {
    const shapes: { columns: Columns; indexes: readonly string[] }[] = [];
    for (const { open } of databases) {
      const { database, close } = await open();
      await migrate(database, 1);
      shapes.push({ columns: await columnsOf(database), indexes: await indexesOf(database) });
      await close();
    }
    assert.ok(Object.keys(shapes[0]?.columns ?? {}).length > 15);
    assert.ok((shapes[0]?.indexes.length ?? 0) > 15);
    assert.deepEqual(shapes[0], shapes[1]);
  });
});

const two: readonly Migration[] = [
  { number: 1, name: 'one', sqlite: 'create table one (n integer)', postgres: 'create table one (n bigint)' },
  { number: 2, name: 'two', sqlite: 'create table two (n integer)', postgres: 'create table two (n bigint)' },
];

for (const { name, open } of databases) {
  describe(`migrations on ${name}`, () => {
    let opened: Opened;
    let database: Database;
    before(async () => {
      opened = await open();
      database = opened.database;
    });
    after(() => opened.close());

    it('apply what is missing, in order, and nothing on the next start', async () => {
      assert.deepEqual(await migrate(database, 5, two.slice(0, 1)), { kind: 'current', applied: [1] });
      assert.deepEqual(await migrate(database, 6, two), { kind: 'current', applied: [2] });
      assert.deepEqual(await migrate(database, 7, two), { kind: 'current', applied: [] });
      const rows = await database.read({
        sql: 'select number, name, applied_at from migrations order by number',
        values: {},
      });
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [
          { number: 1, name: 'one', applied_at: 5 },
          { number: 2, name: 'two', applied_at: 6 },
        ],
      );
    });

    it('leave nothing of one that fails, and resume when it is repaired', async () => {
      const dialects = (sql: string): Migration => ({ number: 3, name: 'three', sqlite: sql, postgres: sql });
      const broken = dialects('create table three (n text); create table nonsense (;');
      await assert.rejects(migrate(database, 8, [...two, broken]));
      const repaired = dialects('create table three (n text)');
      assert.deepEqual(await migrate(database, 9, [...two, repaired]), { kind: 'current', applied: [3] });
    });

    it('refuse a database that a newer version wrote, or one whose past was edited', async () => {
      assert.deepEqual(await migrate(database, 10, two), { kind: 'newer', number: 3 });
      const edited = two.map((migration) =>
        migration.number === 2 ? { ...migration, sqlite: 'select 2', postgres: 'select 2' } : migration,
      );
      assert.deepEqual(await migrate(database, 10, edited), { kind: 'changed', number: 2 });
    });
  });

  describe(`ids on ${name}`, () => {
    let opened: Opened;
    before(async () => {
      opened = await open();
      await migrate(opened.database, 1);
    });
    after(() => opened.close());

    it('are given once over four parallel nodes, beyond one block each', async () => {
      const nodes = Array.from({ length: 4 }, () => leaseIds(opened.database));
      const ids = await Promise.all(nodes.flatMap((nextId) => Array.from({ length: 2500 }, () => nextId())));
      assert.equal(new Set(ids).size, 10_000);
      assert.ok(ids.every((id) => Number.isSafeInteger(id) && id > 0));
    });

    it('never come back after a restart', async () => {
      const before = await leaseIds(opened.database)();
      assert.ok((await leaseIds(opened.database)()) > before);
    });
  });

  it(`starting four nodes at once on ${name} applies each migration once`, async () => {
    const { database, close } = await open();
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => migrate(database, 1)));
    const applied = outcomes.flatMap((outcome) => (outcome.kind === 'current' ? outcome.applied : []));
    assert.deepEqual(
      applied.toSorted((a, b) => a - b),
      migrations.map(({ number }) => number),
    );
    await close();
  });
}
