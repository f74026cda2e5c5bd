// Profiles of loomta: another key beside the documented one, which never notices.
import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { startFakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import { loomtaFor } from './testing/run-loomta.ts';

const key = 'loomta_sk_canary0000000001';

test('a key of a profile is kept apart, by option or variable, and the documented file stays as it is', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const loomta = await loomtaFor(t, server.url);
  server.live.add(key);
  const login = await loomta.run(['auth:login', '--api-key', '-', '--profile', 'work'], { stdin: key });
  assert.equal(login.code, 0, login.stderr);
  const path = join(dirname(loomta.path), 'profiles', 'work', 'credentials.json');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.ok((await readFile(path, 'utf8')).includes(key));

  const usual = await loomta.run(['auth:status']);
  assert.deepEqual([usual.code, usual.stdout], [1, '']);
  assert.equal((await loomta.run(['auth:status', '--profile', 'work'])).code, 0);
  assert.equal((await loomta.run(['platforms:list'], { env: { LOOMTA_PROFILE: 'work' } })).code, 0);
  const other = await loomta.run(['auth:status', '--profile', 'home'], { env: { LOOMTA_PROFILE: 'work' } });
  assert.match(
    other.stderr,
    /loomta auth:login --profile home/,
    'the command line comes before the variable',
  );

  assert.equal((await loomta.run(['auth:logout', '--profile', 'work'])).code, 0);
  assert.equal((await loomta.run(['auth:status', '--profile', 'work'])).code, 1);
});

test('[cli 11] a login of a profile names the profile in what finishes it', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const loomta = await loomtaFor(t, server.url);
  const begun = await loomta.run(['auth:login', '--profile', 'work']);
  const { resume } = JSON.parse(begun.stdout) as { resume: string };
  assert.equal(resume, 'loomta auth:login --profile work --resume');
  server.decideDevice('approve');
  assert.equal((await loomta.run(resume.split(' ').slice(1))).code, 0);
  assert.deepEqual(await readdir(join(loomta.home, '.loomta', 'profiles')), ['work']);
});

test('a name that could lead elsewhere is refused before any call', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const loomta = await loomtaFor(t, server.url);
  for (const name of ['../x', 'A', '', 'a/b', '.']) {
    const { code, stderr } = await loomta.run(['auth:login', '--profile', name]);
    assert.equal(code, 1, name);
    assert.match(stderr, /"code":"invalid_configuration".*is no name for a profile/, name);
  }
  assert.equal(server.seen.length, 0);
});
