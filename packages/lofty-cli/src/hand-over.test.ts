// Agents and CI [cli 11]: without a terminal a login says what to do and ends; another process finishes it.
import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from './testing/run-cli.ts';
import { withLofty } from './testing/with-lofty.ts';

const noBrowserSaid = { BROWSER: '' };
const pendingFile = '.config/lofty-cli/pending-login.json';

type Line = Readonly<Record<string, string>>;
const lineOf = (stdout: string): Line => {
  assert.match(stdout, /^\{[^\n]*\}\n$/, 'one line');
  return JSON.parse(stdout) as Line;
};

test('[cli 11] as processes, without a terminal: one JSON line and the end; a second process finishes the login', async (t) => {
  const { lofty, home, env } = await withLofty(t);
  const all = { ...env, ...noBrowserSaid };
  const begun = await runCli(['auth', 'login-browser'], home, all);
  assert.deepEqual([begun.code, begun.stderr], [0, '']);
  const line = lineOf(begun.stdout);
  assert.deepEqual(Object.keys(line), ['verification_uri', 'user_code', 'expires_at', 'resume']);
  assert.equal(line['verification_uri'], `${lofty.url}/device`);
  assert.equal(line['user_code'], 'LFT-7QX2-9KFP');
  assert.ok(Date.parse(line['expires_at'] ?? '') > Date.now());
  assert.doesNotMatch(begun.stdout, /canary/, 'the device code is a secret');
  assert.equal((await stat(join(home, pendingFile))).mode & 0o777, 0o600);
  assert.equal((await runCli(['me'], home, all)).code, 3);

  assert.equal(line['resume'], 'lofty-cli auth login-browser --resume');
  const resumed = await runCli((line['resume'] ?? '').split(' ').slice(1), home, all);
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.match(resumed.stderr, /✓ Signed in as Ari Mendes/);
  assert.equal((await runCli(['me'], home, all)).code, 0);
  await assert.rejects(readFile(join(home, pendingFile)));
});

test('[cli 11] --no-wait hands over on a terminal too; --wait stays without one', async (t) => {
  const { cli } = await withLofty(t);
  const terminal = { columns: 80, io: { stdinIsTTY: true, keys: () => () => undefined } };
  const handed = await cli(['auth', 'login-browser', '--no-wait'], terminal);
  assert.equal(handed.code, 0);
  assert.equal(lineOf(handed.stdout)['user_code'], 'LFT-7QX2-9KFP');
  const waited = await cli(['auth', 'login-browser', '--wait'], { env: { ...noBrowserSaid, CI: 'true' } });
  assert.equal(waited.code, 0, waited.stderr);
  assert.equal(waited.stdout, '');
  assert.match(waited.stderr, /LFT-7QX2-9KFP[\s\S]*Signed in/);
});

test('[cli 11] --resume --no-wait asks once: 3 and the same line while nobody approved, then signed in', async (t) => {
  const { cli, lofty } = await withLofty(t);
  lofty.faults.devicePending = 2;
  const begun = await cli(['auth', 'login-browser', '--no-wait']);
  const polls = (): number => lofty.seen.filter(({ body }) => body.includes('device_code=')).length;
  for (const count of [1, 2]) {
    const pending = await cli(['auth', 'login-browser', '--resume', '--no-wait']);
    assert.equal(pending.code, 3);
    assert.deepEqual(lineOf(pending.stdout), lineOf(begun.stdout));
    assert.equal(polls(), count);
  }
  assert.equal((await cli(['auth', 'login-browser', '--resume', '--no-wait'])).code, 0);
});

test('[cli 11] denial and expiry end it with their exit codes, and nothing is left to resume', async (t) => {
  const { cli, lofty, home } = await withLofty(t);
  for (const [fault, exit, said] of [
    ['deny', 1, /Not authorized: Cancel was pressed in the browser\. Nothing was saved/],
    ['deviceExpired', 4, /The code expired after 10 minutes\. Nothing was saved/],
  ] as const) {
    await cli(['auth', 'login-browser', '--no-wait']);
    lofty.faults[fault] = true;
    const { code, stdout, stderr } = await cli(['auth', 'login-browser', '--resume']);
    lofty.faults[fault] = false;
    assert.deepEqual([code, stdout], [exit, '']);
    assert.match(stderr, said);
    assert.deepEqual(await readdir(join(home, '.config/lofty-cli')), []);
    const again = await cli(['auth', 'login-browser', '--resume']);
    assert.equal(again.code, 3);
    assert.match(again.stderr, /No login is waiting to be finished/);
  }
});

test('[cli 11] Ctrl-C while resuming keeps the login for later, and says so', async (t) => {
  const { cli, lofty } = await withLofty(t);
  lofty.faults.devicePending = 1;
  lofty.faults.deviceInterval = 5;
  await cli(['auth', 'login-browser', '--no-wait']);
  const interrupt = new AbortController();
  const stopped = await cli(['auth', 'login-browser', '--resume'], {
    io: { signal: interrupt.signal, sleep: () => Promise.resolve(interrupt.abort()) },
  });
  assert.equal(stopped.code, 130);
  assert.match(stopped.stderr, /lofty-cli auth login-browser --resume finishes this login/);
  assert.equal((await cli(['auth', 'login-browser', '--resume'])).code, 0);
});

test('[cli 11] an outage while resuming is exit code 6, and the login can be finished afterwards', async (t) => {
  const { cli } = await withLofty(t);
  await cli(['auth', 'login-browser', '--no-wait']);
  const fetch = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
  const { code, stdout, stderr } = await cli(['auth', 'login-browser', '--resume', '--no-wait'], {
    io: { fetch },
  });
  assert.deepEqual([code, stdout], [6, '']);
  assert.match(stderr, /Cannot reach[\s\S]*Fix: lofty-cli auth login-browser --resume\n$/);
  assert.equal((await cli(['auth', 'login-browser', '--resume'])).code, 0);
});

test('[cli 11] no command asks for anything without a terminal: each ends, with empty input', async (t) => {
  const { home, env } = await withLofty(t);
  const all = { ...env, ...noBrowserSaid };
  for (const argv of [
    ['auth', 'login-browser'],
    ['auth', 'login'],
    ['auth', 'login-session'],
    ['auth', 'set', '-'],
    ['leads', 'delete', '42'],
    ['auth', 'helper', 'git', 'get'],
  ]) {
    const { code } = await runCli(argv, home, all);
    assert.ok(code !== null && code <= 6, argv.join(' '));
  }
});

test('[cli 11] the login of a profile is resumed by that profile', async (t) => {
  const { cli, home } = await withLofty(t);
  const begun = await cli(['auth', 'login-browser', '--no-wait', '--profile', 'agent']);
  const { resume = '' } = lineOf(begun.stdout);
  assert.equal(resume, 'lofty-cli auth login-browser --resume --profile agent');
  assert.equal((await cli(resume.split(' ').slice(1))).code, 0);
  assert.deepEqual(await readdir(join(home, '.config/tokens/profiles/agent')), ['lofty-pkce-cache.json']);
});
