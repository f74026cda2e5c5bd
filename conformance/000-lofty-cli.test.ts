// Document 000, "lofty-cli authentication": the command as a process, against the server, in a home of its own.
import assert from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { AGENT_WORKSPACE, ownApp, productionApp, vendor } from './apps/known.ts';
import { authorize, codeFor, exchangeKey, json, landed, redeem, text, tokensOf } from './apps/tokens.ts';
import { createHome } from './cli/process.ts';
import { startSkewedRelay } from './cli/skewed-relay.ts';
import type { Ended, Environment, Home } from './cli/process.ts';
import { createPerson } from './person/person.ts';
import { fillSignIn, signedInAs } from './person/sign-in.ts';
import { approveTerminal, typeCode } from './person/terminal.ts';
import { customerKey, demo, issuer, personAs } from './target.ts';

const agent = personAs('agent');
const key = customerKey('signed').key;
const SESSION_CACHE = '.config/tokens/lofty-session-cache.json';
const PKCE_CACHE = '.config/tokens/lofty-pkce-cache.json';
const OAUTH_CACHE = '.config/tokens/lofty-oauth-cache.json';
const CUSTOMER_KEY = '.config/lofty-cli/customer-key';

const tokenUrl: Environment = { LOFTY_TOKEN_URL: demo.tokenServiceUrl, LOFTY_SESSION_ID: demo.sessionId };
const credentials: Environment = {
  LOFTY_CLIENT_ID: productionApp.clientId,
  LOFTY_CLIENT_SECRET: productionApp.clientSecret ?? '',
};

const newHome = (): Promise<Home> => createHome('lofty-cli', { LOFTY_BASE_URL: issuer });

const succeeded = (ended: Ended): Ended => {
  assert.equal(ended.code, 0, ended.stderr);
  return ended;
};
const modeOf = async (home: Home, path: string): Promise<number> =>
  (await stat(join(home.folder, path))).mode & 0o777;

type Status = {
  readonly method: string | null;
  readonly links: readonly Readonly<Record<string, unknown>>[];
};
const statusOf = async (home: Home, env: Environment = {}): Promise<Status> =>
  JSON.parse((await home.run(['auth', 'status', '--json'], env)).stdout) as Status;

/** The browser is sent straight to the server, or by a short address of the command's own. */
const authorizeAddress = async (home: Home): Promise<URL> => {
  const opened = new URL(await home.opened());
  if (opened.origin === issuer) return opened;
  const local = await fetch(opened, { redirect: 'manual' });
  return new URL(local.headers.get('location') ?? '', opened);
};

/** `auth login-browser` with our person in the place of the browser. */
const loginByBrowser = async (home: Home, button: 'Authorize' | 'Cancel'): Promise<Ended> => {
  const login = home.start(['auth', 'login-browser'], { BROWSER: home.browser });
  await login.says(/Opened your browser/);
  const address = await authorizeAddress(home);
  assert.equal(address.searchParams.get('code_challenge_method'), 'S256');
  const person = createPerson(issuer);
  const consent = await fillSignIn(person, await person.open(address.href), agent);
  const answered =
    button === 'Authorize'
      ? await authorize(person, consent, AGENT_WORKSPACE)
      : await person.press(consent, 'Cancel');
  const back = landed(answered);
  assert.match(back.hostname, /^(127\.0\.0\.1|\[::1\])$/);
  await fetch(back);
  return login.ended;
};

describe('document 000: Token URL', () => {
  it('auth login-session exchanges LOFTY_SESSION_ID at LOFTY_TOKEN_URL and caches the answer', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'login-session'], tokenUrl));
    assert.equal(await modeOf(home, SESSION_CACHE), 0o600);
    assert.equal((await statusOf(home, tokenUrl)).method, 'token-url');
    succeeded(await home.run(['leads', 'list', '--limit', '1'], tokenUrl));
  });

  it('auth login-session takes --tokenurl and --sessionid inline', async () => {
    const home = await newHome();
    const argv = ['auth', 'login-session', '--tokenurl', demo.tokenServiceUrl, '--sessionid', demo.sessionId];
    succeeded(await home.run(argv));
    assert.ok((await home.read(SESSION_CACHE)).length > 0);
    succeeded(await home.run(['me']));
  });

  it('renews a cached session token that expired, without a word from the person', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'login-session'], tokenUrl));
    const before = await expire(home, SESSION_CACHE);
    succeeded(await home.run(['me'], tokenUrl));
    assert.notEqual(accessOf(await home.read(SESSION_CACHE)), before);
  });
});

/** Makes a cached token old and dead; answers the text that stood there. */
const expire = async (home: Home, path: string): Promise<string> => {
  const cache = JSON.parse(await home.read(path)) as Record<string, unknown>;
  const before = text(cache['accessToken']);
  const old = { ...cache, accessToken: `${before.slice(0, -4)}AAAA`, expiresAt: Date.now() - 60_000 };
  await writeFile(join(home.folder, path), JSON.stringify(old), { mode: 0o600 });
  return before;
};
const accessOf = (cache: string): string =>
  text((JSON.parse(cache) as Record<string, unknown>)['accessToken']);

describe('document 000: Browser OAuth (PKCE)', () => {
  it('auth login-browser signs in by the browser, without a secret, and caches the tokens', async () => {
    const home = await newHome();
    const ended = succeeded(await loginByBrowser(home, 'Authorize'));
    assert.match(ended.stderr, /Signed in as Ari Mendes/);
    assert.equal(await modeOf(home, PKCE_CACHE), 0o600);
    assert.equal((await statusOf(home)).method, 'browser-oauth');
    const listed = succeeded(await home.run(['leads', 'list', '--limit', '2', '--json']));
    assert.equal((JSON.parse(listed.stdout) as { leads: unknown[] }).leads.length, 2);
  });

  it("auth login-browser is the tool's own public app, whatever LOFTY_CLIENT_ID says", async () => {
    const home = await newHome();
    const login = home.start(['auth', 'login-browser'], { BROWSER: home.browser, ...credentials });
    await login.says(/Opened your browser/);
    const asked = (await authorizeAddress(home)).searchParams;
    assert.equal(asked.get('client_id'), 'lofty-cli');
    const back = new URL(text(asked.get('redirect_uri')));
    back.search = new URLSearchParams({
      error: 'access_denied',
      state: text(asked.get('state')),
      iss: issuer,
    }).toString();
    await fetch(back);
    assert.equal((await login.ended).code, 1);
  });

  it('auth login-browser saves nothing after Cancel and says so', async () => {
    const home = await newHome();
    const ended = await loginByBrowser(home, 'Cancel');
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, /Not authorized: Cancel was pressed in the browser\. Nothing was saved\./);
    await assert.rejects(home.read(PKCE_CACHE));
  });

  it('refreshes an expired browser token by itself', async () => {
    const home = await newHome();
    succeeded(await loginByBrowser(home, 'Authorize'));
    const before = await expire(home, PKCE_CACHE);
    succeeded(await home.run(['me']));
    assert.notEqual(accessOf(await home.read(PKCE_CACHE)), before);
  });

  it('auth login-browser --no-browser signs in by a code on any device', async () => {
    const home = await newHome();
    const login = home.start(['auth', 'login-browser', '--no-browser']);
    const [, userCode = ''] = await login.says(/\b(LFT-\w{4}-\w{4})\b/);
    const person = await signedInAs(agent);
    const page = await typeCode(person, '/device', userCode);
    assert.match((await approveTerminal(person, page, AGENT_WORKSPACE)).text, /Approved/);
    succeeded(await login.ended);
    succeeded(await home.run(['me']));
  });
});

describe('document 000: client credentials', () => {
  it('auth login exchanges id, secret and customer key and caches the token', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'login'], { ...credentials, LOFTY_CUSTOMER_KEY: key }));
    assert.equal(await modeOf(home, OAUTH_CACHE), 0o600);
    const me = succeeded(await home.run(['me', '--json'], { ...credentials, LOFTY_CUSTOMER_KEY: key }));
    assert.equal((JSON.parse(me.stdout) as Record<string, unknown>)['email'], customerKey('signed').email);
  });

  it('renews an expired client-credentials token by itself', async () => {
    const home = await newHome();
    const env = { ...credentials, LOFTY_CUSTOMER_KEY: key };
    succeeded(await home.run(['auth', 'login'], env));
    const before = await expire(home, OAUTH_CACHE);
    succeeded(await home.run(['me'], env));
    assert.notEqual(accessOf(await home.read(OAUTH_CACHE)), before);
  });

  it('auth set saves the customer key with mode 600; auth show masks it, --raw prints it; auth remove deletes it', async () => {
    const home = await newHome();
    const set = succeeded(await home.run(['auth', 'set', '-'], {}, key));
    assert.ok(!set.stdout.includes(key) && !set.stderr.includes(key));
    assert.equal(await modeOf(home, CUSTOMER_KEY), 0o600);
    assert.equal((await home.read(CUSTOMER_KEY)).trim(), key);
    const masked = succeeded(await home.run(['auth', 'show']));
    assert.ok(!masked.stdout.includes(key));
    assert.ok(masked.stdout.includes(key.slice(-4)));
    const raw = succeeded(await home.run(['auth', 'show', '--raw']));
    assert.equal(raw.stdout.trim(), key);
    succeeded(await home.run(['me'], credentials));
    succeeded(await home.run(['auth', 'remove']));
    await assert.rejects(home.read(CUSTOMER_KEY));
  });

  it('auth set takes the key as an argument too', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'set', key]));
    assert.equal((await home.read(CUSTOMER_KEY)).trim(), key);
  });
});

describe('document 000: direct token', () => {
  const direct = async (): Promise<string> =>
    text(json(await exchangeKey(productionApp, key))['access_token']);

  it('uses LOFTY_ACCESS_TOKEN as it is, without any login, and writes nothing', async () => {
    const home = await newHome();
    const env = { LOFTY_ACCESS_TOKEN: await direct() };
    succeeded(await home.run(['me'], env));
    assert.equal((await statusOf(home, env)).method, 'direct-token');
    assert.ok(!(await readdir(home.folder)).includes('.config'));
  });

  it('takes the optional LOFTY_REFRESH_TOKEN when the token has ended', async () => {
    const app = await ownApp('Direct');
    const tokens = tokensOf(await redeem(app, await codeFor(await signedInAs(vendor), app)));
    const home = await newHome();
    const ended = await home.run(['me'], {
      LOFTY_ACCESS_TOKEN: `${tokens.access.slice(0, -4)}AAAA`,
      LOFTY_REFRESH_TOKEN: tokens.refresh,
      LOFTY_CLIENT_ID: app.clientId,
      LOFTY_CLIENT_SECRET: app.clientSecret ?? '',
    });
    succeeded(ended);
  });
});

describe('document 000: the order of the four methods', () => {
  it('evaluates Token URL, browser, client credentials, direct token in this order at every invocation', async () => {
    const home = await newHome();
    succeeded(await loginByBrowser(home, 'Authorize'));
    const access = text(json(await exchangeKey(productionApp, key))['access_token']);
    const direct = { LOFTY_ACCESS_TOKEN: access };
    const all = { ...tokenUrl, ...credentials, LOFTY_CUSTOMER_KEY: key, ...direct };
    const { LOFTY_SESSION_ID: _, ...withoutSession }: Record<string, string> = all;
    assert.equal((await statusOf(home, withoutSession)).method, 'browser-oauth');
    const status = await statusOf(home, all);
    assert.equal(status.method, 'token-url');
    const names = status.links.map((link) => link['name'] ?? link['method']);
    assert.deepEqual(names, ['token-url', 'browser-oauth', 'client-credentials', 'direct-token']);
    const fresh = await newHome();
    assert.equal((await statusOf(fresh, withoutSession)).method, 'client-credentials');
    const empty = await newHome();
    assert.equal((await statusOf(empty, direct)).method, 'direct-token');
    assert.equal((await statusOf(empty)).method, null);
  });

  it('says that a set LOFTY_ACCESS_TOKEN is shadowed', async () => {
    const home = await newHome();
    const env = { ...credentials, LOFTY_CUSTOMER_KEY: key, LOFTY_ACCESS_TOKEN: 'not-used' };
    const status = succeeded(await home.run(['auth', 'status'], env));
    assert.match(status.stdout, /shadowed/);
    assert.match(status.stderr, /LOFTY_ACCESS_TOKEN is set but not used/);
  });
});

describe('document 000: verifying and logging out', () => {
  const env = { ...credentials, LOFTY_CUSTOMER_KEY: key };

  it('auth status shows which method resolved and where the credentials came from', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'login'], env));
    const status = succeeded(await home.run(['auth', 'status'], env));
    assert.match(status.stdout, /Client Credentials +in use/);
    assert.match(status.stdout, /LOFTY_BASE_URL/);
    assert.ok(!status.stdout.includes(productionApp.clientSecret ?? ''));
  });

  it('auth test makes a real call to /v1.0/me', async () => {
    const home = await newHome();
    const tested = succeeded(await home.run(['auth', 'test'], env));
    assert.match(tested.stdout + tested.stderr, /GET \/v1\.0\/me answered 200 in \d+ ms as Ari Mendes/);
  });

  it('auth logout deletes the three caches and the customer key, and revokes nothing', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'login-session'], tokenUrl));
    succeeded(await loginByBrowser(home, 'Authorize'));
    succeeded(await home.run(['auth', 'set', '-'], {}, key));
    succeeded(await home.run(['auth', 'login'], credentials));
    const access = accessOf(await home.read(PKCE_CACHE));
    const logout = succeeded(await home.run(['auth', 'logout']));
    assert.match(logout.stderr + logout.stdout, /nothing was revoked at the server/i);
    for (const path of [SESSION_CACHE, PKCE_CACHE, OAUTH_CACHE, CUSTOMER_KEY])
      await assert.rejects(home.read(path), path);
    succeeded(await home.run(['me'], { LOFTY_ACCESS_TOKEN: access }));
    assert.equal((await home.run(['me'])).code, 3);
  });
});

describe('document 000: why auth test fails', () => {
  it('names a wrong customer key, with the fix', async () => {
    const home = await newHome();
    const wrong = `${key.slice(0, -4)}AAAA`;
    const tested = await home.run(['auth', 'test'], { ...credentials, LOFTY_CUSTOMER_KEY: wrong });
    assert.equal(tested.code, 4, tested.stderr);
    assert.match(tested.stderr, /Wrong customer key/);
    assert.match(tested.stderr, /Fix: /);
  });

  it('names a missing permission (missing scope), with the fix', async () => {
    const app = await ownApp('No Profile', { permissions: ['leads.list'] });
    const { access } = tokensOf(await redeem(app, await codeFor(await signedInAs(vendor), app)));
    const home = await newHome();
    const tested = await home.run(['auth', 'test'], { LOFTY_ACCESS_TOKEN: access });
    assert.equal(tested.code, 5, tested.stderr);
    assert.match(tested.stderr, /Missing permission: .*200100/s);
  });

  it('names an expired refresh token, with the fix', async () => {
    const home = await newHome();
    succeeded(await loginByBrowser(home, 'Authorize'));
    const cache = JSON.parse(await home.read(PKCE_CACHE)) as Record<string, unknown>;
    const past = { accessToken: 'lk_at_dead', expiresAt: Date.now() - 60_000, refreshToken: 'lk_rt_dead' };
    const renewal = { until: new Date(Date.now() - 60_000).toISOString() };
    await writeFile(join(home.folder, PKCE_CACHE), JSON.stringify({ ...cache, ...past, renewal }), {
      mode: 0o600,
    });
    const tested = await home.run(['auth', 'test']);
    assert.equal(tested.code, 4, tested.stderr);
    assert.match(tested.stderr, /Expired refresh token/);
    assert.match(tested.stderr, /Fix: lofty-cli auth login-browser/);
  });

  it('names clock skew, with the fix', async () => {
    const home = await newHome();
    const relay = await startSkewedRelay(issuer, 10 * 60_000);
    const env = { LOFTY_BASE_URL: relay, LOFTY_ACCESS_TOKEN: 'lk_at_judged-by-the-wrong-time' };
    const tested = await home.run(['auth', 'test'], env);
    assert.equal(tested.code, 1, tested.stderr);
    assert.match(tested.stderr, /Clock skew: this computer is (9 min \d+ s|10 min) behind the server/);
    assert.match(tested.stderr, /Fix: set the clock/);
  });

  it('names an unreachable server and keeps what was saved', async () => {
    const home = await newHome();
    succeeded(await home.run(['auth', 'login'], env()));
    const tested = await home.run(['auth', 'test'], { ...env(), LOFTY_BASE_URL: 'http://127.0.0.1:9' });
    assert.equal(tested.code, 6, tested.stderr);
    assert.match(tested.stderr, /Cannot reach/);
    assert.ok(accessOf(await home.read(OAUTH_CACHE)));
  });

  const env = (): Environment => ({ ...credentials, LOFTY_CUSTOMER_KEY: key });
});

describe('document 000: commands beside auth', () => {
  const env = { ...credentials, LOFTY_CUSTOMER_KEY: key };

  it('leads list --limit N lists leads, and 64-bit ids arrive unharmed', async () => {
    const home = await newHome();
    const direct = await home.run(['api', 'GET', '/v1.0/me', '--json'], env);
    assert.match(succeeded(direct).stdout, /9007199254740993\b/);
    const leads = succeeded(await home.run(['leads', 'list', '--limit', '3', '--json'], env));
    assert.equal((JSON.parse(leads.stdout) as { leads: unknown[] }).leads.length, 3);
  });

  it('prints help at every depth and a version', async () => {
    const home = await newHome();
    for (const argv of [['--help'], ['auth', 'help'], ['auth', 'help', 'login'], ['leads', 'list', '-h']])
      assert.match(succeeded(await home.run(argv)).stdout, /lofty-cli/);
    assert.match(succeeded(await home.run(['-V'])).stdout, /^\d+\.\d+\.\d+/);
  });

  it('answers bad input with exit code 2 and a word on how to put it right', async () => {
    const home = await newHome();
    for (const argv of [
      ['auth', 'logn'],
      ['leads', 'list', '--limit', '0'],
      ['leads', 'list', '--limit'],
      ['me', 'x'],
      ['--nope'],
    ]) {
      const ended = await home.run(argv, env);
      assert.equal(ended.code, 2, `${argv.join(' ')}: ${ended.stderr}`);
      assert.equal(ended.stdout, '');
      assert.ok(ended.stderr.trim().length > 10);
    }
  });
});
