// The contract of the engine, races included, on both databases.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database, Statement, Unit, Value } from './engine.ts';
import { databases, type Opened } from './testing/databases.ts';

const statement = (sql: string, values: Record<string, Value> = {}): Statement => ({ sql, values });
const unit = (claims: readonly Statement[], writes: readonly Statement[] = []): Unit => ({ claims, writes });

const tables = {
  sqlite: `
    create table slots (id integer primary key, winner integer) strict;
    create table parents (id integer primary key, used integer not null) strict;
    create table children (id integer primary key, parent_id integer not null, label text not null unique) strict;
    create table kinds (id integer primary key, big integer, bytes blob, words text) strict;
    create table log (n integer primary key, word text not null) strict;
    create table feed (id integer primary key, n integer not null) strict;`,
  postgres: `
    create table slots (id bigint primary key, winner bigint);
    create table parents (id bigint primary key, used bigint not null);
    create table children (id bigint primary key, parent_id bigint not null, label text not null unique);
    create table kinds (id bigint primary key, big bigint, bytes bytea, words text);
    create table log (n bigint primary key, word text not null);
    create table feed (id bigint primary key, n bigint not null);`,
};

const takeSlot = (id: number, winner: number): Statement =>
  statement('update slots set winner = :winner where id = :id and winner is null', { id, winner });
const addChild = (id: number, label = `child ${id}`): Statement =>
  statement('insert into children (id, parent_id, label) values (:id, 1, :label)', { id, label });

for (const { name, open } of databases) {
  describe(`engine on ${name}`, () => {
    let opened: Opened;
    let database: Database;

    before(async () => {
      opened = await open();
      database = opened.database;
      await database.script(tables[database.dialect]);
    });
    after(() => opened.close());

    const count = async (table: string): Promise<number> => {
      const [row] = await database.read(statement(`select count(*) as found from ${table}`));
      return Number(row?.['found']);
    };

    it('lets one of 100 parallel claims win, and only the winner writes', async () => {
      await database.commit(unit([], [statement('insert into slots (id) values (1)')]));
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          database.commit(unit([takeSlot(1, index)], [addChild(1000 + index)])),
        ),
      );
      assert.equal(outcomes.filter(Boolean).length, 1);
      const [slot] = await database.read(statement('select winner from slots where id = 1'));
      assert.equal(slot?.['winner'], outcomes.indexOf(true));
      const children = await database.read(
        statement('select id from children where id >= 1000 and id < 1100'),
      );
      assert.deepEqual(
        children.map((row) => row['id']),
        [1000 + outcomes.indexOf(true)],
      );
    });

    it('keeps a limit exactly when it is a claim on the parent row: 10 of 40 parallel', async () => {
      await database.commit(unit([], [statement('insert into parents (id, used) values (1, 0)')]));
      const claim = statement('update parents set used = used + 1 where id = :id and used < :most', {
        id: 1,
        most: 10,
      });
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, index) => database.commit(unit([claim], [addChild(2000 + index)]))),
      );
      assert.equal(outcomes.filter(Boolean).length, 10);
      const children = await database.read(
        statement('select id from children where id >= 2000 and id < 2100'),
      );
      assert.equal(children.length, 10);
    });

    it('leaves no trace of a unit whose later claim is lost', async () => {
      await database.commit(unit([], [statement('insert into slots (id) values (2), (3)')]));
      await database.commit(unit([takeSlot(3, 7)]));
      assert.equal(await database.commit(unit([takeSlot(2, 8), takeSlot(3, 8)], [addChild(3000)])), false);
      const [slot] = await database.read(statement('select winner from slots where id = 2'));
      assert.equal(slot?.['winner'], null);
      assert.deepEqual(await database.read(statement('select id from children where id = 3000')), []);
    });

    it('refuses a claim that changes more than one row', async () => {
      await database.commit(unit([], [statement('insert into slots (id) values (4), (5)')]));
      const both = statement('update slots set winner = 9 where id in (4, 5) and winner is null');
      assert.equal(await database.commit(unit([both])), false);
      const rows = await database.read(statement('select winner from slots where id in (4, 5)'));
      assert.deepEqual(
        rows.map((row) => row['winner']),
        [null, null],
      );
    });

    it('counts an insert that met a conflict as a lost claim, not as an error', async () => {
      const claim = statement(
        `insert into children (id, parent_id, label) values (:id, 1, 'taken') on conflict (label) do nothing`,
        { id: 4000 },
      );
      assert.equal(await database.commit(unit([claim])), true);
      assert.equal(await database.commit(unit([{ ...claim, values: { id: 4001 } }])), false);
    });

    it('rejects a throwing member alone: strangers who share its commit are kept', async () => {
      const outcomes = await Promise.allSettled([
        database.commit(unit([], [addChild(5000)])),
        database.commit(unit([], [addChild(5001), addChild(5001)])),
        database.commit(unit([], [addChild(5002)])),
        database.commit(unit([], [statement('insert into nowhere (id) values (1)')])),
        database.commit(unit([], [addChild(5003)])),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
      );
      const rows = await database.read(
        statement('select id from children where id >= 5000 and id < 5100 order by id'),
      );
      assert.deepEqual(
        rows.map((row) => row['id']),
        [5000, 5002, 5003],
      );
    });

    it('undoes a member that lost its second claim alone: strangers who share its commit are kept', async () => {
      await database.commit(unit([], [statement('insert into slots (id) values (60), (61)')]));
      await database.commit(unit([takeSlot(61, 7)]));
      const won = await Promise.all([
        database.commit(unit([], [addChild(5100)])),
        database.commit(unit([takeSlot(60, 8), takeSlot(61, 8)], [addChild(5101)])),
        database.commit(unit([takeSlot(60, 9)], [addChild(5102)])),
      ]);
      assert.deepEqual(won, [true, false, true]);
      const rows = await database.read(
        statement('select id from children where id in (5100, 5101, 5102) order by id'),
      );
      assert.deepEqual(
        rows.map((row) => row['id']),
        [5100, 5102],
      );
    });

    it('stays usable after a failed script, of which nothing is left', async () => {
      const integer = database.dialect === 'sqlite' ? 'integer' : 'bigint';
      await assert.rejects(database.script(`create table half (id ${integer}); create table broken (;`));
      await assert.rejects(database.read(statement('select * from half')));
      assert.equal(await database.commit(unit([], [addChild(5500)])), true);
    });

    it('gives the same types on both: safe numbers, text, plain bytes, null', async () => {
      const big = Number.MAX_SAFE_INTEGER;
      const bytes = new Uint8Array([0, 1, 254, 255]);
      const words = `it's :not a placeholder ☂ 'quoted'`;
      await database.commit(
        unit(
          [],
          [
            statement('insert into kinds (id, big, bytes, words) values (1, :big, :bytes, :words)', {
              big,
              bytes,
              words,
            }),
            statement('insert into kinds (id, big, bytes, words) values (2, :none, :none2, :none3)', {
              none: null,
              none2: null,
              none3: null,
            }),
          ],
        ),
      );
      const rows = await database.read(
        statement(`select id, big, bytes, words, ':literal' as quoted from kinds order by id`),
      );
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [
          { id: 1, big, bytes, words, quoted: ':literal' },
          { id: 2, big: null, bytes: null, words: null, quoted: ':literal' },
        ],
      );
    });

    it('throws rather than give an integer above 2^53 rounded', async () => {
      await database.commit(
        unit([], [statement('insert into kinds (id, big) values (3, 9007199254740993)')]),
      );
      await assert.rejects(database.read(statement('select big from kinds where id = 3')), RangeError);
    });

    it('rejects a missing or surplus value instead of writing NULL', async () => {
      const missing = statement('insert into kinds (id, words) values (:id, :words)', { id: 6 });
      await assert.rejects(database.commit(unit([], [missing])), /No value for :words/);
      const surplus = statement('insert into kinds (id) values (:id)', { id: 6, words: 'x' });
      await assert.rejects(database.commit(unit([], [surplus])), /No placeholder for words/);
      assert.deepEqual(await database.read(statement('select id from kinds where id = 6')), []);
    });

    it('reads its own writes once the commit has answered', async () => {
      for (let id = 6000; id < 6020; id += 1) {
        await database.commit(unit([], [addChild(id)]));
        const rows = await database.read(statement('select id from children where id = :id', { id }));
        assert.equal(rows.length, 1);
      }
    });

    it('numbers 200 parallel units in commit order when the number is taken last: no gap, no double', async () => {
      await database.commit(unit([], [statement('insert into feed (id, n) values (1, 0)')]));
      await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          database.commit(
            unit(
              [],
              [
                statement('update feed set n = n + 1'),
                statement('insert into log (n, word) select f.n, :word from feed f', { word: `w${index}` }),
              ],
            ),
          ),
        ),
      );
      const rows = await database.read(statement('select n from log order by n'));
      assert.deepEqual(
        rows.map((row) => row['n']),
        Array.from({ length: 200 }, (_, index) => index + 1),
      );
      assert.equal(await count('log'), 200);
    });

    it('undoes deadlocks inside: 10 units that take two rows in both orders all succeed', async () => {
      await database.commit(unit([], [statement('insert into parents (id, used) values (10, 0), (11, 0)')]));
      const use = (id: number): Statement =>
        statement('update parents set used = used + 1 where id = :id', { id });
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          database.commit(unit(index % 2 === 0 ? [use(10), use(11)] : [use(11), use(10)])),
        ),
      );
      assert.ok(outcomes.every(Boolean));
      const rows = await database.read(statement('select used from parents where id in (10, 11)'));
      assert.deepEqual(
        rows.map((row) => row['used']),
        [10, 10],
      );
    });
  });
}
