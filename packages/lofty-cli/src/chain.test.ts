import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientCredentials, withLofty } from './testing/with-lofty.ts';

const who = (stdout: string): unknown => (JSON.parse(stdout) as { readonly roleName: unknown }).roleName;

test('the four methods are used in the documented order, each shadowing those below', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key');
  lofty.sessions.add('canary-session');
  const env: Record<string, string> = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  const used = async (): Promise<unknown> => who((await cli(['me', '--json'], { env })).stdout);

  assert.equal(await used(), 'direct');
  Object.assign(env, clientCredentials, { LOFTY_CUSTOMER_KEY: 'canary-customer-key' });
  assert.equal(await used(), 'client-credentials');
  await signIn();
  assert.equal(await used(), 'browser');
  Object.assign(env, { LOFTY_TOKEN_URL: `${lofty.url}/session-token`, LOFTY_SESSION_ID: 'canary-session' });
  assert.equal(await used(), 'session');
});

test('a set token that is shadowed earns one line on stderr, and --auth-method pins it', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  const env = { LOFTY_ACCESS_TOKEN: lofty.issue('direct') };
  const shadowed = await cli(['me', '--json'], { env });
  assert.equal(who(shadowed.stdout), 'browser');
  assert.match(shadowed.stderr, /^! LOFTY_ACCESS_TOKEN is set but not used[^\n]*\n$/);
  const pinned = await cli(['me', '--json', '--auth-method', 'direct-token'], { env });
  assert.equal(who(pinned.stdout), 'direct');
  assert.equal(pinned.stderr, '');
  const byVariable = await cli(['me', '--json'], { env: { ...env, LOFTY_AUTH_METHOD: 'direct-token' } });
  assert.equal(who(byVariable.stdout), 'direct');
});

test('cached tokens are used without another exchange and renewed when they end', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  const exchanges = (): number => lofty.seen.filter(({ url }) => url === '/oauth/token').length;
  const before = exchanges();
  assert.equal((await cli(['me'])).code, 0);
  assert.equal(exchanges(), before);
  const path = join(home, '.config/tokens/lofty-pkce-cache.json');
  const cache = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...cache, expiresAt: Date.now() - 1000 }));
  const renewed = await cli(['me', '--json']);
  assert.equal(who(renewed.stdout), 'refreshed');
  assert.equal(exchanges(), before + 1);
});

test('every method keeps its secrets in the documented file, readable only by its owner', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key');
  lofty.sessions.add('canary-session');
  await signIn();
  assert.equal((await cli(['auth', 'set', '-'], { stdin: 'canary-customer-key\n' })).code, 0);
  assert.equal((await cli(['auth', 'login'], { env: clientCredentials })).code, 0);
  const session = await cli(
    ['auth', 'login-session', '--tokenurl', `${lofty.url}/session-token`, '--sessionid', '-'],
    { stdin: 'canary-session' },
  );
  assert.equal(session.code, 0, session.stderr);
  const config = join(home, '.config');
  assert.deepEqual((await readdir(join(config, 'tokens'))).sort(), [
    'lofty-oauth-cache.json',
    'lofty-pkce-cache.json',
    'lofty-session-cache.json',
  ]);
  assert.deepEqual(await readdir(join(config, 'lofty-cli')), ['customer-key']);
  assert.equal(await readFile(join(config, 'lofty-cli', 'customer-key'), 'utf8'), 'canary-customer-key\n');
  const mode = async (path: string): Promise<number> => (await stat(join(config, path))).mode & 0o777;
  assert.equal(await mode('tokens'), 0o700);
  assert.equal(await mode('lofty-cli'), 0o700);
  for (const path of [
    'lofty-cli/customer-key',
    'tokens/lofty-oauth-cache.json',
    'tokens/lofty-pkce-cache.json',
    'tokens/lofty-session-cache.json',
  ]) {
    assert.equal(await mode(path), 0o600, path);
  }
});

test('browser login is the first-party app, whatever LOFTY_CLIENT_ID says', async (t) => {
  const { lofty, cli } = await withLofty(t);
  const asked: string[] = [];
  const openBrowser = (url: string): Promise<boolean> => {
    asked.push(url);
    void fetch(url).then((page) => page.text());
    return Promise.resolve(true);
  };
  const login = await cli(['auth', 'login-browser'], { env: clientCredentials, io: { openBrowser } });
  assert.equal(login.code, 0, login.stderr);
  const query = new URL(asked[0] ?? '').searchParams;
  assert.equal(query.get('client_id'), 'lofty-cli');
  assert.equal(query.get('code_challenge_method'), 'S256');
  assert.match(query.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  const exchange = lofty.seen.find(({ body }) => body.includes('authorization_code'));
  assert.equal(new URLSearchParams(exchange?.body).get('client_id'), 'lofty-cli');
  assert.ok(!lofty.seen.some(({ body }) => body.includes('canary-client-secret')));
});

test('a session id that came by flag renews later commands; by argument it is warned about', async (t) => {
  const { lofty, cli } = await withLofty(t);
  lofty.sessions.add('canary-session');
  lofty.faults.lifetimeSeconds = 0;
  const login = await cli([
    'auth',
    'login-session',
    '--tokenurl',
    `${lofty.url}/session-token`,
    '--sessionid',
    'canary-session',
  ]);
  assert.match(login.stderr, /^! The session id was on the command line/);
  assert.equal(login.code, 0);
  lofty.faults.lifetimeSeconds = 3600;
  assert.equal(who((await cli(['me', '--json'])).stdout), 'session');
});

test('login-session takes both values from the environment', async (t) => {
  const { lofty, cli, home } = await withLofty(t);
  lofty.sessions.add('canary-session');
  const env = { LOFTY_TOKEN_URL: `${lofty.url}/session-token`, LOFTY_SESSION_ID: 'canary-session' };
  assert.equal((await cli(['auth', 'login-session'], { env })).code, 0);
  const cache = await readFile(join(home, '.config/tokens/lofty-session-cache.json'), 'utf8');
  assert.ok(!cache.includes('canary-session'), 'what the environment holds is not copied to disk');
});

test('LOFTY_CUSTOMER_KEY comes before the saved key', async (t) => {
  const { cli } = await withLofty(t);
  await cli(['auth', 'set', '-'], { stdin: 'saved-customer-key' });
  const env = { LOFTY_CUSTOMER_KEY: 'variable-customer-key' };
  assert.equal((await cli(['auth', 'show', '--raw'])).stdout, 'saved-customer-key\n');
  const shown = await cli(['auth', 'show', '--raw'], { env });
  assert.equal(shown.stdout, 'variable-customer-key\n');
  assert.equal(shown.stderr, 'from LOFTY_CUSTOMER_KEY\n');
});

test('a direct token is used as it is, and renewed by LOFTY_REFRESH_TOKEN only after a 401', async (t) => {
  const { lofty, cli } = await withLofty(t);
  lofty.refreshTokens.add('canary-refresh');
  const live = { LOFTY_ACCESS_TOKEN: lofty.issue('direct'), LOFTY_REFRESH_TOKEN: 'canary-refresh' };
  assert.equal(who((await cli(['me', '--json'], { env: live })).stdout), 'direct');
  assert.ok(lofty.refreshTokens.has('canary-refresh'));
  const dead = { LOFTY_ACCESS_TOKEN: 'dead-token-123', LOFTY_REFRESH_TOKEN: 'canary-refresh' };
  assert.equal(who((await cli(['me', '--json'], { env: dead })).stdout), 'refreshed');
});

test('logout deletes every saved credential, revokes nothing and says so', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  await signIn();
  await cli(['auth', 'set', '-'], { stdin: 'canary-customer-key' });
  const calls = lofty.seen.length;
  const logout = await cli(['auth', 'logout', '--json'], { env: { LOFTY_ACCESS_TOKEN: 'still-here' } });
  assert.equal(logout.code, 0);
  assert.match(logout.stderr, /Deleted ~\/\.config\/tokens\/lofty-pkce-cache\.json/);
  assert.match(logout.stderr, /nothing was revoked at the server/);
  assert.match(logout.stderr, /Still set, unset it too: LOFTY_ACCESS_TOKEN/);
  assert.deepEqual(JSON.parse(logout.stdout), {
    removed: ['~/.config/tokens/lofty-pkce-cache.json', '~/.config/lofty-cli/customer-key'],
    revoked: false,
    stillSet: ['LOFTY_ACCESS_TOKEN'],
    tokens: ['refresh', 'access'].map((token) => ({
      signIn: 'Browser OAuth (PKCE)',
      token,
      revoked: false,
      reason: 'only this computer was asked for',
    })),
  });
  assert.deepEqual(await readdir(join(home, '.config/tokens')), []);
  assert.equal(lofty.seen.length, calls);
  assert.match((await cli(['auth', 'logout'])).stderr, /^Nothing was saved on this computer\.\n/);
});

test('remove deletes the key and the tokens got with it, and leaves the browser sign-in', async (t) => {
  const { lofty, cli, signIn, home } = await withLofty(t);
  lofty.customerKeys.add('canary-customer-key');
  await signIn();
  await cli(['auth', 'set', '-'], { stdin: 'canary-customer-key' });
  await cli(['auth', 'login'], { env: clientCredentials });
  assert.equal((await cli(['auth', 'remove'])).code, 0);
  assert.deepEqual(await readdir(join(home, '.config/tokens')), ['lofty-pkce-cache.json']);
  assert.deepEqual(await readdir(join(home, '.config/lofty-cli')), []);
});
