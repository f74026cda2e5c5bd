import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

async function changeCache(home: string, change: Record<string, unknown>): Promise<void> {
  const path = join(home, '.config/tokens/lofty-pkce-cache.json');
  const cache = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...cache, ...change }));
}

test('a working call is one line with time, person and method', async (t) => {
  const { cli, signIn } = await withLofty(t);
  await signIn();
  const { code, stdout, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^✓ GET \/v1\.0\/me answered 200 in \d+ ms as Ari Mendes, by Browser OAuth \(PKCE\)\n$/,
  );
  assert.equal(stderr, '');
});

test('clock skew with a working call is only a note', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  lofty.faults.dateOffsetMs = -432_000;
  const { code, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 0);
  assert.match(stderr, /^! Clock: this computer is 7 min 1\d s ahead of the server\.\n$/);
});

test('cause 1, clock skew: a token that only our clock calls ended', async (t) => {
  const { lofty, cli } = await withLofty(t);
  lofty.faults.dateOffsetMs = -432_000;
  const claims = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) - 60 })).toString(
    'base64url',
  );
  const { code, stderr } = await cli(['auth', 'test'], { env: { LOFTY_ACCESS_TOKEN: `eyJh.${claims}.x` } });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^✗ Clock skew: this computer is 7 min 1\d s ahead of the server\.\n {2}Fix: set the clock \(Linux: sudo timedatectl set-ntp true\), try again\.\n$/,
  );
});

test('cause 2, expired refresh token: the day it ended, and the login that helps', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  lofty.refreshTokens.clear();
  await changeCache(home, { expiresAt: Date.now() - 1000, renewal: { until: '2026-05-21T12:00:00.000Z' } });
  const { code, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 4);
  assert.equal(
    stderr,
    '✗ Expired refresh token: this sign-in ended on 21 May 2026.\n  Fix: lofty-cli auth login-browser\n',
  );
});

test('cause 2 without a known day', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  lofty.refreshTokens.clear();
  await changeCache(home, { expiresAt: Date.now() - 1000, renewal: undefined });
  const { code, stdout, stderr } = await cli(['auth', 'test', '--json']);
  assert.equal(code, 4);
  assert.match(stderr, /^✗ Expired refresh token: this sign-in has ended, or was disconnected\.\n/);
  const data = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(
    { ok: data['ok'], cause: data['cause'], method: data['method'], exitCode: data['exitCode'] },
    { ok: false, cause: 'expired-refresh-token', method: 'browser-oauth', exitCode: 4 },
  );
});

test('cause 3, wrong customer key: which key, from where, never the whole', async (t) => {
  const { cli } = await withLofty(t);
  await cli(['auth', 'set', '-'], { stdin: 'canary-wrong-key-4f2a' });
  const { code, stderr } = await cli(['auth', 'test'], { env: clientCredentials });
  assert.equal(code, 4);
  assert.equal(
    stderr,
    '✗ Wrong customer key: …4f2a (~/.config/lofty-cli/customer-key) is unknown,\n  revoked or expired.\n' +
      '  Fix: copy a key from Settings > Integrations > API; lofty-cli auth set -\n',
  );
});

test('cause 4, missing permission: 403 with code 200100', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  const message = 'Sorry, the vendor does not have permission for this API.';
  lofty.faults.answer = { status: 403, body: JSON.stringify({ code: 200100, message }) };
  const { code, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 5);
  assert.equal(
    stderr,
    '✗ Missing permission: this app may not call GET /v1.0/me (403, code 200100).\n' +
      '  Fix: its developer adds the permission; then sign in again.\n',
  );
});

test('access ended: the token was still good by its time, and the server refuses it', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  lofty.live.clear();
  lofty.refreshTokens.clear();
  const { code, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 4);
  assert.equal(
    stderr,
    "✗ Access ended: disconnected, or the app's permissions changed.\n  Fix: lofty-cli auth login-browser\n",
  );
});

test('cannot reach: the saved sign-in is kept', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  await lofty.close();
  const { code, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 6);
  assert.equal(
    stderr,
    `✗ Cannot reach ${lofty.url} (connection refused).\n` +
      '  Your saved sign-in is kept. Fix: check LOFTY_BASE_URL, network, proxy.\n',
  );
  const cache = await readFile(join(home, '.config/tokens/lofty-pkce-cache.json'), 'utf8');
  assert.match(cache, /canary-rt-/);
});

test('not signed in: exit 3 and where to start', async (t) => {
  const { cli } = await withLofty(t);
  const { code, stderr } = await cli(['auth', 'test']);
  assert.equal(code, 3);
  assert.equal(stderr, '✗ Not signed in.\n  Start with: lofty-cli auth login-browser\n');
});

test('wrong client secret, refused session and dead direct token are told apart', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const key = { LOFTY_CUSTOMER_KEY: 'canary-customer-key' };
  const secret = await cli(['auth', 'test'], {
    env: { ...key, LOFTY_CLIENT_ID: 'a', LOFTY_CLIENT_SECRET: 'wrong-secret' },
  });
  assert.equal(secret.code, 4);
  assert.match(secret.stderr, /Client id or secret is wrong/);
  const session = await cli(['auth', 'test'], {
    env: { LOFTY_TOKEN_URL: `${lofty.url}/session-token`, LOFTY_SESSION_ID: 'no-such-session' },
  });
  assert.equal(session.code, 4);
  assert.match(session.stderr, /The Token URL does not accept this session id/);
  const direct = await cli(['auth', 'test'], { env: { LOFTY_ACCESS_TOKEN: 'dead-token-123' } });
  assert.equal(direct.code, 4);
  assert.match(direct.stderr, /^✗ Access ended: LOFTY_ACCESS_TOKEN is wrong, expired or revoked\.\n/);
});
