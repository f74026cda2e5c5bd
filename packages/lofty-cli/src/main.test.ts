import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli, startCli } from './testing/run-cli.ts';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

const shortAddress = /^http:\/\/127\.0\.0\.1:\d+\/\w{4}$/m;

test('as a process: browser login by the printed address, then a list with every digit, in all formats', async (t) => {
  const { home, env } = await withLofty(t);
  const login = startCli(['auth', 'login-browser'], home, env);
  const [address = ''] = await login.said(shortAddress);
  const page = await (await fetch(address)).text();
  assert.match(page, /Signed in\. Go back to your terminal\./);
  assert.equal((await login.ended).code, 0);
  for (const format of ['text', 'json', 'csv', 'yaml']) {
    const list = await runCli(['leads', 'list', '--limit', '2', '--format', format], home, env);
    assert.equal(list.code, 0, list.stderr);
    assert.equal(list.stderr, '', format);
    for (const id of ['9007199254740993', '1152921504606846977']) assert.ok(list.stdout.includes(id), format);
  }
});

test('as a process: Ctrl-C during a login ends with 130, saves nothing and frees the port', async (t) => {
  const { home, env } = await withLofty(t);
  const login = startCli(['auth', 'login-browser'], home, env);
  const [address = ''] = await login.said(shortAddress);
  await login.said(/Waiting/);
  login.child.kill('SIGINT');
  const { code, stdout, stderr } = await login.ended;
  assert.equal(code, 130);
  assert.equal(stdout, '');
  assert.match(stderr, /Cancelled\. Nothing was saved\.\n$/);
  assert.deepEqual(await readdir(join(home, '.config/tokens')), []);
  await assert.rejects(fetch(address));
});

test('as a process: the customer key by argument and by standard input', async (t) => {
  const { home, env } = await withLofty(t);
  const byArgument = await runCli(['auth', 'set', 'canary-customer-key-0001'], home, env);
  assert.equal(byArgument.code, 0);
  assert.match(byArgument.stderr, /^! The key was on the command line/);
  const byStdin = await runCli(['auth', 'set', '-'], home, env, 'canary-customer-key-4f2a\n');
  assert.equal(byStdin.code, 0);
  assert.equal(
    byStdin.stderr,
    '✓ Saved customer key …4f2a in ~/.config/lofty-cli/customer-key, readable only by you\n',
  );
  assert.equal((await runCli(['auth', 'show'], home, env)).stdout, '…4f2a\n');
});

test('as a process: exit codes are 2 for a wrong command line, 3 signed out, 6 unreachable', async (t) => {
  const { home, env } = await withLofty(t);
  const usage = await runCli(['leads', 'list', '--limit', 'x'], home, env);
  assert.deepEqual([usage.code, usage.stdout], [2, '']);
  const signedOut = await runCli(['me'], home, env);
  assert.deepEqual([signedOut.code, signedOut.stdout], [3, '']);
  assert.equal(signedOut.stderr, '✗ Not signed in.\n  Fix: lofty-cli auth login-browser\n');
  const away = { LOFTY_BASE_URL: 'http://127.0.0.1:9', LOFTY_ACCESS_TOKEN: 'canary-direct' };
  const unreachable = await runCli(['me'], home, away);
  assert.deepEqual([unreachable.code, unreachable.stdout], [6, '']);
});

test('as a process: help and version need no settings and no network', async (t) => {
  const { lofty, home } = await withLofty(t);
  const broken = { LOFTY_BASE_URL: 'not an address' };
  for (const argv of [['--help'], ['auth', 'login', '-h'], ['help'], ['auth', 'help', 'set']]) {
    const { code, stdout, stderr } = await runCli(argv, home, broken);
    assert.deepEqual([code, stderr], [0, ''], argv.join(' '));
    assert.match(stdout, /Usage/);
  }
  const version = await runCli(['-V'], home, broken);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  assert.equal(lofty.seen.length, 0);
});

test('as a process: a reader that stops reading is no failure', async (t) => {
  const { lofty, home, env } = await withLofty(t);
  lofty.faults.answer = { status: 200, body: JSON.stringify({ text: 'x'.repeat(1_000_000) }) };
  const run = startCli(['me', '--json'], home, { ...env, LOFTY_ACCESS_TOKEN: lofty.issue('direct') });
  run.child.stdout?.once('data', () => run.child.stdout?.destroy());
  const { stderr } = await run.ended;
  assert.equal(stderr, '');
});

test('[security 31] canary secrets appear on no stream of any command, --verbose and DEBUG included', async (t) => {
  const { lofty, home, env } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key-4f2a');
  lofty.sessions.add('canary-session-id');
  const all = {
    ...env,
    ...clientCredentials,
    DEBUG: '1',
    LOFTY_CUSTOMER_KEY: 'canary-customer-key-4f2a',
    LOFTY_TOKEN_URL: `${lofty.url}/session-token`,
    LOFTY_SESSION_ID: 'canary-session-id',
    LOFTY_ACCESS_TOKEN: lofty.issue('direct'),
    LOFTY_REFRESH_TOKEN: 'canary-refresh-token',
  };
  const said: string[] = [];
  const run = async (argv: readonly string[], more = {}, stdin = ''): Promise<void> => {
    const { stdout, stderr } = await runCli(argv, home, { ...all, ...more }, stdin);
    said.push(stdout, stderr);
  };
  const login = startCli(['auth', 'login-browser'], home, all);
  const [address = ''] = await login.said(shortAddress);
  await (await fetch(address)).text();
  const { stdout, stderr } = await login.ended;
  said.push(stdout, stderr);
  await run(['auth', 'set', '-'], {}, 'canary-customer-key-4f2a');
  await run(['auth', 'show']);
  await run(['auth', 'login']);
  await run(['auth', 'login-session', '--sessionid', '-'], {}, 'canary-session-id');
  await run(['auth', 'status', '--json']);
  for (const method of ['token-url', 'browser-oauth', 'client-credentials', 'direct-token']) {
    await run(['auth', 'test', '--verbose', '--auth-method', method]);
  }
  lofty.live.clear();
  lofty.refreshTokens.clear();
  lofty.customerKeys.clear();
  lofty.sessions.clear();
  for (const method of ['token-url', 'browser-oauth', 'client-credentials', 'direct-token']) {
    await run(['me', '--auth-method', method]);
  }
  await run(['auth', 'logout', '--json']);
  assert.ok(
    said.some((text) => text.includes('> GET ')),
    'verbose lines were written',
  );
  for (const text of said) assert.doesNotMatch(text, /canary-/);
});

test('what argv cannot hold is refused: bytes that are no UTF-8', async (t) => {
  const { home, env } = await withLofty(t);
  const { code, stderr } = await runCli(
    ['auth', 'set', '-'],
    home,
    env,
    Uint8Array.of(0x63, 0xff, 0xfe, 0x41),
  );
  assert.equal(code, 2);
  assert.match(stderr, /^✗ The key holds characters that no key has\.\n/);
  await assert.rejects(readFile(join(home, '.config/lofty-cli/customer-key')));
});
