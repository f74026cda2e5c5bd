// Agents and CI [cli 11]: without a terminal the login of loomta hands over one line, and another process finishes it.
import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import { loomtaFor } from './testing/run-loomta.ts';

test('[cli 11] one JSON line and the end; asked too early 1 and the same line; then a second process has the key', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const loomta = await loomtaFor(t, server.url);
  const begun = await loomta.run(['auth:login']);
  assert.deepEqual([begun.code, begun.stderr], [0, '']);
  const line = JSON.parse(begun.stdout) as Record<string, string>;
  assert.deepEqual(Object.keys(line), ['verification_uri', 'user_code', 'expires_at', 'resume']);
  assert.equal(line['resume'], 'loomta auth:login --resume');
  const pending = join(loomta.home, '.loomta', 'pending-login.json');
  assert.equal((await stat(pending)).mode & 0o777, 0o600);
  const { deviceCode } = JSON.parse(await readFile(pending, 'utf8')) as { deviceCode: string };
  assert.ok(!begun.stdout.includes(deviceCode), 'the device code is a secret');

  const early = await loomta.run(['auth:login', '--resume', '--no-wait']);
  assert.deepEqual([early.code, early.stdout], [1, begun.stdout]);
  assert.match(
    early.stderr,
    /\{"error":\{"code":"authorization_pending","message":"Not approved yet\.[^\n]*\n$/,
  );

  server.decideDevice('approve');
  const resumed = await loomta.run(['auth:login', '--resume']);
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal((JSON.parse(resumed.stdout) as { status: string }).status, 'authenticated');
  assert.deepEqual(await readdir(join(loomta.home, '.loomta')), ['credentials.json']);
  assert.equal((await loomta.run(['auth:status'])).code, 0);
});

test('[cli 11] a denial ends it, and nothing is left to resume', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const loomta = await loomtaFor(t, server.url);
  await loomta.run(['auth:login', '--no-wait']);
  server.decideDevice('deny');
  const denied = await loomta.run(['auth:login', '--resume']);
  assert.deepEqual([denied.code, denied.stdout], [1, '']);
  assert.match(denied.stderr, /"code":"access_denied"/);
  const again = await loomta.run(['auth:login', '--resume']);
  assert.match(again.stderr, /"code":"not_authenticated","message":"No login is waiting to be finished/);
});

test('[cli 11] contradicting options are refused before any call', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const loomta = await loomtaFor(t, server.url);
  for (const argv of [
    ['auth:login', '--wait', '--no-wait'],
    ['auth:login', '--resume', '--api-key', '-'],
    ['auth:status', '--resume'],
  ]) {
    const { code, stdout, stderr } = await loomta.run(argv);
    assert.deepEqual([code, stdout], [1, ''], argv.join(' '));
    assert.match(stderr, /"code":"invalid_request"/);
  }
  assert.equal(server.seen.length, 0);
});
