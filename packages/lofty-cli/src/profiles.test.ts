// Several accounts and hosts side by side; the default profile's documented paths stay as they are.
import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFakeLofty } from './testing/fake-lofty.ts';
import { obedientBrowser } from './testing/run-here.ts';
import { withLofty } from './testing/with-lofty.ts';

const browser = { openBrowser: obedientBrowser() };

test('a login with --profile keeps its tokens apart, remembers its host, and leaves the default profile alone', async (t) => {
  const { cli, home, signIn, lofty } = await withLofty(t);
  await signIn();
  const documented = join(home, '.config/tokens/lofty-pkce-cache.json');
  const before = await readFile(documented, 'utf8');
  const other = await startFakeLofty();
  t.after(() => other.close());
  const at = { LOFTY_BASE_URL: other.url };
  const login = await cli(['auth', 'login-browser', '--profile', 'work'], { env: at, io: browser });
  assert.equal(login.code, 0, login.stderr);
  assert.match(login.stderr, /Saved in ~\/\.config\/tokens\/profiles\/work\/lofty-pkce-cache\.json/);
  assert.equal(await readFile(documented, 'utf8'), before);
  assert.equal((await stat(join(home, '.config/tokens/profiles/work'))).mode & 0o777, 0o700);

  const calls = [lofty.seen.length, other.seen.length] as const;
  assert.equal((await cli(['me', '--profile', 'work'])).code, 0);
  assert.deepEqual([lofty.seen.length, other.seen.length], [calls[0], calls[1] + 1], 'its own host');
  assert.equal((await cli(['me'], { env: { LOFTY_PROFILE: 'work' } })).code, 0);
  assert.equal(other.seen.length, calls[1] + 2);
  assert.equal((await cli(['me'])).code, 0);
  assert.equal(lofty.seen.length, calls[0] + 1);
});

test('auth profiles lists them, auth switch chooses one, and what is named on the command line wins', async (t) => {
  const { cli, lofty } = await withLofty(t);
  await cli(['auth', 'login-browser', '--profile', 'work'], { io: browser });
  assert.equal((await cli(['auth', 'switch', 'nowhere'])).code, 2);
  assert.equal(
    (await cli(['auth', 'switch', 'work'])).stderr,
    `✓ Commands now use profile work, at ${lofty.url}\n`,
  );
  const listed = await cli(['auth', 'profiles', '--json']);
  assert.deepEqual(JSON.parse(listed.stdout), [
    { name: 'default', inUse: false, host: lofty.url },
    { name: 'work', inUse: true, host: lofty.url },
  ]);
  assert.match((await cli(['auth', 'profiles'])).stdout, /^ +Profile +Host\n +default .*\n\* +work .*\n$/);
  assert.equal((await cli(['me'])).code, 0);
  assert.equal((await cli(['me', '--profile', 'default'])).code, 3);
  assert.equal((await cli(['me'], { env: { LOFTY_PROFILE: 'default' } })).code, 3);
});

test('a profile that is not there is refused before any call, and its login is named as the way to begin it', async (t) => {
  const { cli, lofty, home } = await withLofty(t);
  for (const argv of [['me'], ['auth', 'status'], ['auth', 'logout'], ['auth', 'token']]) {
    const { code, stdout, stderr } = await cli([...argv, '--profile', 'wrok']);
    assert.deepEqual([code, stdout], [2, ''], argv.join(' '));
    assert.match(stderr, /There is no profile "wrok"\.\n.*lofty-cli auth login-browser --profile wrok/);
  }
  const bad = await cli(['auth', 'set', '-', '--profile', '../x'], { stdin: 'k'.repeat(12) });
  assert.equal(bad.code, 2);
  assert.equal(lofty.seen.length, 0);
  await assert.rejects(readdir(join(home, '.config')));
});

test('a profile that is named wins over credentials of the environment, which is said', async (t) => {
  const { cli, lofty } = await withLofty(t);
  await cli(['auth', 'login-browser', '--profile', 'work'], { io: browser });
  const env = {
    LOFTY_ACCESS_TOKEN: lofty.issue('direct'),
    LOFTY_TOKEN_URL: `${lofty.url}/session-token`,
    LOFTY_SESSION_ID: 'x',
  };
  const named = await cli(['me', '--json', '--profile', 'work'], { env });
  assert.match(named.stdout, /"roleName": "browser"/);
  assert.match(named.stderr, /! LOFTY_ACCESS_TOKEN is set but not used: --profile work comes first\.\n/);
  const pinned = await cli(['me', '--json', '--profile', 'work', '--auth-method', 'direct-token'], { env });
  assert.match(pinned.stdout, /"roleName": "direct"/, 'a pinned method is a choice too');
});

test("the way to sign in again is that profile's", async (t) => {
  const { cli, lofty } = await withLofty(t);
  await cli(['auth', 'login-browser', '--profile', 'work'], { io: browser });
  lofty.live.clear();
  lofty.refreshTokens.clear();
  const { code, stderr } = await cli(['me', '--profile', 'work']);
  assert.equal(code, 4);
  assert.match(stderr, /Fix: lofty-cli auth login-browser --profile work\n$/);
});

test('a removed profile is gone with all that was saved for it; the default one cannot be removed', async (t) => {
  const { cli, home } = await withLofty(t);
  await cli(['auth', 'login-browser', '--profile', 'work'], { io: browser });
  await cli(['auth', 'set', '-', '--profile', 'work'], { stdin: 'canary-customer-key' });
  await cli(['auth', 'switch', 'work']);
  const removed = await cli(['auth', 'profiles', '--remove', 'work']);
  assert.equal(removed.code, 0, removed.stderr);
  assert.deepEqual(await readdir(join(home, '.config/tokens/profiles/work')), []);
  assert.deepEqual(await readdir(join(home, '.config/lofty-cli/profiles/work')), []);
  const left = JSON.parse((await cli(['auth', 'profiles', '--json'])).stdout) as { name: string }[];
  assert.deepEqual(
    left.map(({ name }) => name),
    ['default'],
  );
  assert.equal((await cli(['auth', 'profiles', '--remove', 'default'])).code, 2);
  assert.equal((await cli(['auth', 'profiles', '--remove', 'work'])).code, 2);
});
