import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryHome } from '../testing/temporary-home.ts';
import { proveWritable, readPrivateFile, removePrivateFile, writePrivateFile } from './private-file.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

test('[cli 9] a new file is 0600 in a directory of 0700, whatever the umask', async (t) => {
  const path = join(await temporaryHome(t), 'config', 'tokens', 'cache.json');
  const before = process.umask(0);
  t.after(() => process.umask(before));
  assert.deepEqual(await writePrivateFile(path, 'secret'), { ok: true, value: undefined });
  assert.equal(await modeOf(path), '600');
  assert.equal(await modeOf(join(path, '..')), '700');
  assert.equal(await readPrivateFile(path), 'secret');
});

test('[cli 9] looser modes are repaired with a notice that names file and mode', async (t) => {
  const directory = join(await temporaryHome(t), 'tokens');
  await mkdir(directory, { mode: 0o755 });
  const path = join(directory, 'cache.json');
  await writeFile(path, 'secret', { mode: 0o644 });
  const notices: string[] = [];
  assert.equal(await readPrivateFile(path, (line) => notices.push(line)), 'secret');
  assert.equal(await modeOf(path), '600');
  assert.equal(await modeOf(directory), '700');
  assert.equal(notices.length, 2);
  assert.match(notices[0] ?? '', /cache\.json was open to others \(mode 0644\); changed to 0600/);
});

test('[cli 9] a rewrite replaces a file that somebody made readable by others', async (t) => {
  const path = join(await temporaryHome(t), 'd', 'f');
  await writePrivateFile(path, 'one');
  await writeFile(path, 'two', { mode: 0o644 });
  await writePrivateFile(path, 'three');
  assert.equal(await modeOf(path), '600');
  assert.deepEqual(await readdir(join(path, '..')), ['f']);
});

test('[cli 9] a reader sees whole content while it is rewritten', async (t) => {
  const path = join(await temporaryHome(t), 'd', 'f');
  const versions = ['a', 'b'].map((letter) => letter.repeat(200_000));
  await writePrivateFile(path, versions[0] ?? '');
  const run = { writing: true };
  const writer = (async () => {
    for (let i = 0; i < 30; i += 1) await writePrivateFile(path, versions[i % 2] ?? '');
    run.writing = false;
  })();
  let reads = 0;
  while (run.writing) {
    assert.ok(versions.includes(await readFile(path, 'utf8')));
    reads += 1;
  }
  await writer;
  assert.ok(reads > 0);
});

test('[cli 9] what a killed writer left behind goes at the next write, a running one is left alone', async (t) => {
  const home = await temporaryHome(t);
  const old = join(home, '.f.123.abc.tmp');
  const young = join(home, '.f.124.abd.tmp');
  await writeFile(old, 'secret');
  await writeFile(young, 'secret');
  await utimes(old, new Date(0), new Date(0));
  await writePrivateFile(join(home, 'f'), 'x');
  assert.deepEqual((await readdir(home)).sort(), ['.f.124.abd.tmp', 'f']);
});

test('[cli 14] a deletion takes what killed writers left with it, but nothing of a running one', async (t) => {
  const home = await temporaryHome(t);
  const killed = spawn(process.execPath, ['-e', '']);
  await once(killed, 'exit');
  await writeFile(join(home, `.f.${killed.pid}.abc.tmp`), 'secret');
  await writeFile(join(home, `.f.${process.pid}.abd.tmp`), 'secret');
  await writeFile(join(home, 'f'), 'secret');
  assert.equal(await removePrivateFile(join(home, 'f')), true);
  assert.deepEqual(await readdir(home), [`.f.${process.pid}.abd.tmp`]);
});

test('[cli 9] a place that cannot be written is said in words, by write and by proof, and nothing is left', async (t) => {
  const home = await temporaryHome(t);
  await writeFile(join(home, 'file'), '');
  for (const attempt of [
    writePrivateFile(join(home, 'file', 'f'), 'x'),
    proveWritable(join(home, 'file', 'f')),
  ]) {
    const answer = await attempt;
    assert.ok(!answer.ok);
    assert.equal(answer.failure.kind, 'storage');
    assert.match(answer.failure.reason, /cannot be written \(a part of the path is a file\)/);
  }
  await mkdir(join(home, 'taken'));
  assert.ok(!(await proveWritable(join(home, 'taken'))).ok);
  assert.deepEqual((await readdir(home)).sort(), ['file', 'taken']);
});

test('[cli 9] a proof of writability leaves no file, and removal says whether there was one', async (t) => {
  const path = join(await temporaryHome(t), 'd', 'f');
  assert.ok((await proveWritable(path)).ok);
  assert.deepEqual(await readdir(join(path, '..')), []);
  assert.equal(await removePrivateFile(path), false);
  await writePrivateFile(path, 'x');
  assert.equal(await removePrivateFile(path), true);
});
