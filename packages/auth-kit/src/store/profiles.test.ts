import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { nodeIo } from '../io.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import {
  checkProfileName,
  forProfile,
  readProfiles,
  removeProfile,
  saveProfile,
  selectProfile,
} from './profiles.ts';

const io = nodeIo({ signal: new AbortController().signal });

test('without a file there is the default profile, at the paths that the documents name', async (t) => {
  const path = join(await temporaryHome(t), 'profiles.json');
  assert.deepEqual(await readProfiles(path), {
    ok: true,
    value: { current: 'default', known: { default: {} } },
  });
  await assert.rejects(stat(path));
  assert.equal(forProfile('/h/.config/tokens/c.json', 'default'), '/h/.config/tokens/c.json');
});

test("another profile's files lie in a folder of its own, whatever its name", () => {
  assert.equal(forProfile('/h/.config/tokens/c.json', 'work'), '/h/.config/tokens/profiles/work/c.json');
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (name) => {
      if (!checkProfileName(name).ok) return;
      assert.match(
        forProfile('/h/t/c.json', name),
        /^\/h\/t\/(?:profiles\/[a-z0-9][a-z0-9._-]{0,31}\/)?c\.json$/,
      );
    }),
  );
});

test('a name that is no folder name, or that could leave the folder, is refused and says what is allowed', () => {
  for (const good of ['work', '0', 'a.b_c-d', 'a'.repeat(32)]) assert.ok(checkProfileName(good).ok, good);
  for (const bad of [
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    'Work',
    '-x',
    '_x',
    'a.',
    'a b',
    'ä',
    'a'.repeat(33),
    'a\n',
  ]) {
    const answer = checkProfileName(bad);
    assert.ok(!answer.ok && answer.failure.kind === 'configuration', bad);
    assert.match(answer.failure.next ?? '', /a-z/);
  }
});

test('profiles are added, selected and removed; the file is private', async (t) => {
  const path = join(await temporaryHome(t), 'app', 'profiles.json');
  assert.ok((await saveProfile(path, 'work', { baseUrl: 'https://api.example.com/' }, io)).ok);
  assert.ok((await saveProfile(path, 'home', {}, io)).ok);
  assert.ok((await selectProfile(path, 'work', io)).ok);
  const read = await readProfiles(path);
  assert.ok(read.ok);
  assert.equal(read.value.current, 'work');
  assert.equal(read.value.known['work']?.baseUrl, 'https://api.example.com');
  assert.deepEqual(Object.keys(read.value.known), ['default', 'work', 'home']);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const removed = await removeProfile(path, 'work', io);
  assert.ok(removed.ok && removed.value.current === 'default');
  assert.deepEqual(await readProfiles(path), removed);
});

test('twenty changes at once are all kept', async (t) => {
  const path = join(await temporaryHome(t), 'profiles.json');
  const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await Promise.all(names.map((name) => saveProfile(path, name, {}, io)));
  const read = await readProfiles(path);
  assert.ok(read.ok);
  assert.deepEqual(Object.keys(read.value.known).sort(), ['default', ...names].sort());
});

test('an unknown profile, or a base URL that is unsafe, changes nothing and says what to use', async (t) => {
  const path = join(await temporaryHome(t), 'profiles.json');
  await saveProfile(path, 'work', {}, io);
  const before = await readFile(path);
  for (const name of ['wrok', 'toString', '__proto__']) {
    const answer = await selectProfile(path, name, io);
    assert.ok(!answer.ok && answer.failure.next === 'use one of: default, work', name);
    assert.ok(!(await removeProfile(path, name, io)).ok);
  }
  const insecure = await saveProfile(path, 'work', { baseUrl: 'http://api.example.com' }, io);
  assert.ok(!insecure.ok && insecure.failure.kind === 'insecure');
  assert.deepEqual(await readFile(path), before);
});

test('a file that is no list of profiles is never taken for the default account, and never overwritten', async (t) => {
  const path = join(await temporaryHome(t), 'profiles.json');
  for (const text of [
    '',
    '{',
    '[]',
    '{"version":1}',
    '{"version":1,"current":"gone","known":{}}',
    '{"version":1,"current":"default","known":{"../x":{}}}',
    '{"version":1,"current":"work","known":{"work":{"baseUrl":5}}}',
    '{"version":2,"current":"default","known":{}}',
  ]) {
    await writeFile(path, text, { mode: 0o600 });
    const read = await readProfiles(path);
    assert.ok(!read.ok && read.failure.kind === 'storage', text);
    assert.ok(!(await saveProfile(path, 'work', {}, io)).ok);
    assert.equal(await readFile(path, 'utf8'), text);
    assert.match(read.failure.reason, text.includes('"version":2') ? /newer version/ : /no list of profiles/);
  }
});
