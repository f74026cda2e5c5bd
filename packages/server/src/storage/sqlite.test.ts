// What holds on SQLite alone: gathering, durability against a killed process, and one process per data folder.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { lockDataFolder } from './data-folder.ts';
import { openSqlite } from './sqlite.ts';

const runModule = (source: string, folder: string): ChildProcess =>
  spawn(process.execPath, ['--conditions=@latchkey/source', '--input-type=module', '-e', source, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });

const moduleUrl = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);

/** Commits numbered rows, a few at a time, and says each number only once its commit has answered. */
const endlessWriter = `
import { openSqlite } from ${moduleUrl('sqlite.ts')};
import { writeSync } from 'node:fs';
const database = openSqlite(process.argv[1] + '/killed.db');
await database.script('create table rows_written (n integer primary key) strict');
for (let n = 1; ; n += 4) {
  await Promise.all([n, n + 1, n + 2, n + 3].map(async (value) => {
    const insert = { sql: 'insert into rows_written (n) values (:value)', values: { value } };
    if (await database.commit({ claims: [insert], writes: [] })) writeSync(1, value + '\\n');
  }));
}`;

const folderHolder = `
import { lockDataFolder } from ${moduleUrl('data-folder.ts')};
console.log(lockDataFolder(process.argv[1]).kind);
setInterval(() => {}, 1000);`;

describe('SQLite', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-test-sqlite-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('still has every row that was answered when its process is killed with -9', async () => {
    const writer = runModule(endlessWriter, folder);
    assert.ok(writer.stdout);
    const answered: number[] = [];
    for await (const line of createInterface({ input: writer.stdout })) {
      answered.push(Number(line));
      if (answered.length === 400) writer.kill('SIGKILL');
    }
    const database = openSqlite(join(folder, 'killed.db'));
    const rows = await database.read({ sql: 'select n from rows_written', values: {} });
    await database.close();
    const kept = new Set(rows.map((row) => row['n']));
    assert.ok(answered.length >= 400);
    assert.deepEqual(
      answered.filter((n) => !kept.has(n)),
      [],
    );
  });

  it('keeps order, finishes what was asked before close, and refuses afterwards', async () => {
    const file = join(folder, 'closing.db');
    const database = openSqlite(file);
    await database.script('create table words (n integer primary key, word text not null) strict');
    const asked = ['a', 'b', 'c'].map((word) =>
      database.commit({
        claims: [{ sql: 'insert into words (n, word) select count(*), :word from words', values: { word } }],
        writes: [],
      }),
    );
    await database.close();
    assert.deepEqual(await Promise.all(asked), [true, true, true]);
    await assert.rejects(database.commit({ claims: [], writes: [] }), /closed/);
    const again = openSqlite(file);
    const rows = await again.read({ sql: 'select word from words order by n', values: {} });
    await again.close();
    assert.deepEqual(
      rows.map((row) => row['word']),
      ['a', 'b', 'c'],
    );
  });

  it('makes its file readable by the owner alone and runs with WAL, FULL and foreign keys', async () => {
    const file = join(folder, 'fresh.db');
    const database = openSqlite(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const pragma = async (name: string): Promise<unknown> => {
      const [row] = await database.read({ sql: `pragma ${name}`, values: {} });
      return Object.values(row ?? {})[0];
    };
    assert.equal(await pragma('journal_mode'), 'wal');
    assert.equal(await pragma('synchronous'), 2);
    assert.equal(await pragma('foreign_keys'), 1);
    await database.close();
  });

  it('lets one process hold the data folder; a second learns its pid; a kill -9 frees it', async (t) => {
    const shared = join(folder, 'shared');
    const holder = runModule(folderHolder, shared);
    t.after(() => holder.kill('SIGKILL'));
    assert.ok(holder.stdout);
    const [first] = (await once(createInterface({ input: holder.stdout }), 'line')) as string[];
    assert.equal(first, 'held');
    assert.deepEqual(lockDataFolder(shared), { kind: 'taken', pid: holder.pid });
    const exited = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exited;
    const lock = lockDataFolder(shared);
    assert.equal(lock.kind, 'held');
    if (lock.kind === 'held') lock.release();
  });

  it('gives the data folder back on release, also within one process', () => {
    const own = join(folder, 'own');
    const first = lockDataFolder(own);
    assert.ok(first.kind === 'held');
    assert.deepEqual(lockDataFolder(own), { kind: 'taken', pid: process.pid });
    first.release();
    const second = lockDataFolder(own);
    assert.ok(second.kind === 'held');
    second.release();
  });
});
