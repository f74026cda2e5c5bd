// Whatever JSON is sent to whichever operation, by whoever may use it: an answer of ours, never a failure, and where it
// is a refusal nothing was written, not even in part.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OperationId } from '../domain/operations.ts';
import { startPortal, type TestPortal } from '../portal/routes/testing/portal.ts';
import type { Database } from '../storage/engine.ts';
import { databases, type TestDatabase } from '../storage/testing/databases.ts';
import type { Person } from '../testing/service.ts';
import { apiOperations, pathParameters, type ApiOperation } from './table.ts';
import { INPUTS, type Input } from './testing/inputs.ts';
import { createTalk, type Talk, type Told } from './testing/talk.ts';
import { makeWorld, type World } from './testing/world.ts';

const TABLES = {
  sqlite: `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`,
  postgres: `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
};

/** Kept by content or by number alone; no fact about anybody. Tries of mailed codes count on refusals by intent. */
const UNCOUNTED = new Set(['permission_sets', 'counters', 'migrations', 'proofs']);

/** A quick look each time; `ARBITRARY_RUNS=300` for a long one. */
const RUNS = Number(process.env['ARBITRARY_RUNS'] ?? 12);

const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\u0000',
    '__proto__',
    'x'.repeat(5_000),
    -1,
    1.5,
    2 ** 60,
    1e308,
    [],
    {},
    null,
    true,
  ),
  fc.constantFrom<unknown>(
    [[[[[]]]]],
    { toString: 1 },
    { length: 1e9 },
    ["'; drop table apps; --"],
    '\ud800',
  ),
);
const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'id', 'userId', 'status', 'vendorId'),
  fc.string(),
);

/** A good input with some of its fields made bad, missing or joined by others. */
const spoiled = (good: Input): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 1, arbitrary: hostile },
    {
      weight: 4,
      arbitrary: fc
        .record({
          drop: fc.constantFrom('none', ...Object.keys(good)),
          bad: fc.dictionary(fc.constantFrom(...Object.keys(good), 'none'), hostile, { maxKeys: 2 }),
          extra: fc.dictionary(names, hostile, { maxKeys: 1 }),
        })
        .map(({ drop, bad, extra }) => {
          const kept = Object.entries(good).filter(([name]) => name !== drop);
          const replaced = kept.map(([name, value]) => [name, Object.hasOwn(bad, name) ? bad[name] : value]);
          return Object.fromEntries([...replaced, ...Object.entries(extra)]) as unknown;
        }),
    },
  );

const isInput = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const partOf = (value: unknown): string =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value ?? null)).toWellFormed());

for (const testDatabase of databases)
  describe(`arbitrary JSON on ${testDatabase.name}`, () => {
    let portal: TestPortal;
    let talk: Talk;
    let world: World;
    let database: Database;
    before(async () => {
      // The portal of the tests takes the one that is called SQLite.
      const watched: TestDatabase = {
        name: 'sqlite',
        async open() {
          const opened = await testDatabase.open();
          ({ database } = opened);
          return opened;
        },
      };
      portal = await startPortal([watched]);
      talk = createTalk(portal);
      world = await makeWorld(portal);
    });
    after(() => portal.close());

    const rowCounts = async (): Promise<string> => {
      const tables = await database.read({ sql: TABLES[testDatabase.name], values: {} });
      const counted = tables.map((row) => String(row['name'])).filter((name) => !UNCOUNTED.has(name));
      const counts = counted
        .map((name) => `'${name} ' || (select count(*) from ${name})`)
        .join(` || ', ' || `);
      const [row] = await database.read({ sql: `select ${counts} as found`, values: {} });
      return String(row?.['found']);
    };

    /** Who gets furthest with it. */
    const asker = ({ id }: ApiOperation): Person => {
      const { people } = world;
      if (/^(operate|audit)\.|^keys\.import|^apps\.(suspend|lift)$/.test(id)) return people.operator;
      if (id.startsWith('reviews.') || id === 'vendors.decide-qualification') return people.reviewer;
      return /^(apps|usage|vendors|management-keys)\./.test(id) ? people.vendor : people.user;
    };

    const send = (op: ApiOperation, given: unknown, headers: Record<string, string>): Promise<Told> => {
      const [method, path] = op.http;
      const fields = isInput(given) ? given : {};
      const inPath = pathParameters(path);
      const address = path.replace(/\{(\w+)\}/g, (_whole, name: string) => partOf(fields[name]));
      if (method === 'GET') {
        const query = Object.entries(fields)
          .filter(([name]) => !inPath.includes(name))
          .map(([name, value]) => `${partOf(name)}=${partOf(value)}`);
        return talk.get(`${address}?${query.join('&')}`, headers);
      }
      const rest = isInput(given)
        ? Object.fromEntries(Object.entries(given).filter(([name]) => !inPath.includes(name)))
        : given;
      return talk.post(address, rest, headers);
    };

    for (const op of apiOperations) {
      it(`${op.id} answers, or refuses as a whole`, async () => {
        portal.pass(3_600_000);
        const good = await INPUTS[op.id as OperationId](world);
        await fc.assert(
          fc.asyncProperty(spoiled(good), async (given) => {
            const headers = { cookie: await talk.cookieOf(asker(op)) };
            const before = await rowCounts();
            const answer = await send(op, given, headers);
            const isExpected = answer.status < 500 || Object.values(op.refusals).includes(answer.status);
            assert.ok(isExpected, `${answer.status} ${answer.text}`);
            if (answer.status < 400) return;
            assert.equal(typeof answer.body['code'], 'string', answer.text);
            assert.equal(typeof answer.body['message'], 'string', answer.text);
            assert.equal(await rowCounts(), before, `${answer.status} ${answer.text}`);
          }),
          { numRuns: RUNS },
        );
      });
    }

    it('depth and length do not matter either', async () => {
      const headers = {
        cookie: await talk.cookieOf(world.people.vendor),
        'content-type': 'application/json',
      };
      for (const body of [
        '['.repeat(200_000),
        '{"name":'.repeat(50_000),
        `{"name":"${'\\u0000'.repeat(100_000)}"}`,
        `{${'"a":1,'.repeat(50_000)}"b":2}`,
      ]) {
        const answer = await talk.send('POST', '/api/apps', body, headers);
        assert.equal(answer.status, 400);
      }
    });
  });
