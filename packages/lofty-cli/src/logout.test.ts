// Logout means logout [cli 14]: deleted in any case, revoked where it was asked for, and told exactly.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { obedientBrowser } from './testing/run-here.ts';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

test('[cli 14] --revoke revokes refresh and access token at the server, in that order, and says so', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  const cache = JSON.parse(
    await readFile(join(home, '.config/tokens/lofty-pkce-cache.json'), 'utf8'),
  ) as Record<string, string>;
  const logout = await cli(['auth', 'logout', '--revoke', '--json']);
  assert.equal(logout.code, 0, logout.stderr);
  const revocations = lofty.seen
    .filter(({ url }) => url === '/oauth/revoke')
    .map(({ body }) => new URLSearchParams(body).get('token'));
  assert.deepEqual(revocations, [cache['refreshToken'], cache['accessToken']]);
  assert.equal((JSON.parse(logout.stdout) as { revoked: unknown }).revoked, true);
  assert.match(
    logout.stderr,
    /✓ Revoked at the server: refresh token of Browser OAuth \(PKCE\)\n✓ Revoked at the server: access token/,
  );
  assert.equal((await cli(['auth', 'status'])).code, 3);
  assert.equal((await cli(['me'], { env: { LOFTY_ACCESS_TOKEN: cache['accessToken'] ?? '' } })).code, 4);
});

test('[cli 14] offline: deleted here all the same, said that it lives on at the server, exit code 6', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  await lofty.close();
  const offline = await cli(['auth', 'logout', '--revoke']);
  assert.equal(offline.code, 6);
  assert.match(offline.stderr, /Deleted ~\/\.config\/tokens\/lofty-pkce-cache\.json/);
  assert.match(offline.stderr, /! Not revoked: refresh token of Browser OAuth \(PKCE\): cannot reach/);
  assert.match(offline.stderr, /To end access at the server, disconnect lofty-cli/);
  assert.deepEqual(await readdir(join(home, '.config/tokens')), []);
});

test('[cli 14] a server that offers no revocation is named as the reason', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  lofty.faults.noRevocation = true;
  const logout = await cli(['auth', 'logout', '--revoke']);
  assert.equal(logout.code, 1);
  assert.match(logout.stderr, /Not revoked: refresh token of .*: the server offers no revocation/);
  assert.ok(!lofty.seen.some(({ url }) => url === '/oauth/revoke'));
});

test('[cli 14] --local and no option make no call, and say that nothing was revoked', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  for (const argv of [[], ['--local']]) {
    await signIn();
    const calls = lofty.seen.length;
    const { code, stderr } = await cli(['auth', 'logout', ...argv]);
    assert.equal(code, 0);
    assert.match(stderr, /Only on this computer: nothing was revoked at the server/);
    assert.equal(lofty.seen.length, calls);
  }
  assert.equal((await cli(['auth', 'logout', '--local', '--revoke'])).code, 2);
});

test('[cli 14] --all signs out of every profile; afterwards every link of every chain is empty', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key');
  lofty.sessions.add('canary-session');
  await signIn();
  const io = { openBrowser: obedientBrowser() };
  await cli(['auth', 'login-browser', '--profile', 'work'], { io });
  await cli(['auth', 'set', '-'], { stdin: 'canary-customer-key' });
  await cli(['auth', 'login'], { env: clientCredentials });
  const flags = ['--tokenurl', `${lofty.url}/session-token`, '--sessionid', '-'];
  await cli(['auth', 'login-session', ...flags], { stdin: 'canary-session' });
  await cli(['auth', 'login-browser', '--no-wait', '--profile', 'agent']);
  const logout = await cli(['auth', 'logout', '--all', '--revoke']);
  assert.match(
    logout.stderr,
    /Revoked at the server: refresh token of Browser OAuth \(PKCE\) of profile work/,
  );
  assert.match(
    logout.stderr,
    /Not revoked: access token of Token URL of profile default: it belongs to an app/,
  );
  assert.equal(lofty.refreshTokens.size, 0);
  for (const profile of ['default', 'work', 'agent']) {
    const status = await cli(['auth', 'status', '--json', '--profile', profile]);
    const { links } = JSON.parse(status.stdout) as { links: { state: string }[] };
    assert.deepEqual(
      links.map(({ state }) => state),
      Array.from({ length: 4 }, () => 'not set'),
    );
    assert.equal((await cli(['auth', 'login-browser', '--resume', '--profile', profile])).code, 3);
  }
  for (const path of ['tokens/profiles/work', 'lofty-cli/profiles/agent']) {
    assert.deepEqual(await readdir(join(home, '.config', path)), [], path);
  }
});
