// Behaviour 7 of cli.md: which credential, from where, and why not the others; offline without a call.
import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { chain } from './chain.ts';
import type { Chain, ChainOptions } from './chain.ts';
import { explanationData } from './explanation.ts';
import type { ExplanationData } from './explanation.ts';
import { envSetting } from './setting.ts';
import { apiKeyFile } from './sources/api-key.ts';
import { browserPkce } from './sources/browser-pkce.ts';
import { clientCredentials } from './sources/client-credentials.ts';
import { directToken } from './sources/direct-token.ts';
import { tokenUrl } from './sources/token-url.ts';
import { keychainStore } from './store/keychain-store.ts';
import { writePrivateFile } from './store/private-file.ts';
import { writeTokenCache } from './store/token-cache.ts';
import { fakeIo } from './testing/fake-io.ts';
import type { FakeIo } from './testing/fake-io.ts';
import { fakeKeychain } from './testing/fake-keychain.ts';
import { temporaryHome } from './testing/temporary-home.ts';
import type { TokenSet } from './token-set.ts';

const baseUrl = 'https://api.example.com';
const everything = {
  TOKEN_URL: 'https://auth.example.com/token',
  SESSION_ID: 'canary-session',
  CLIENT_ID: 'app',
  CLIENT_SECRET: 'canary-secret',
  CUSTOMER_KEY: 'canary-key',
  ACCESS_TOKEN: 'canary-direct',
};

type Setup = {
  readonly io: FakeIo;
  readonly home: string;
  readonly path: (name: string) => string;
  readonly make: (options?: Partial<ChainOptions>) => Chain;
  readonly save: (name: string, more?: Partial<TokenSet>) => Promise<void>;
  readonly explain: (how?: { offline?: boolean } & Partial<ChainOptions>) => Promise<ExplanationData>;
};

async function setUp(
  t: TestContext,
  env: Record<string, string>,
  fetch?: typeof globalThis.fetch,
): Promise<Setup> {
  const home = await temporaryHome(t);
  const io = fakeIo({ env, homedir: () => home, ...(fetch !== undefined && { fetch }) });
  const path = (name: string): string => join(home, 'tokens', `${name}.json`);
  const loginCommand = 'cli login';
  const make = (options: Partial<ChainOptions> = {}): Chain =>
    chain(
      [
        tokenUrl({
          cachePath: path('session'),
          baseUrl,
          tokenUrl: envSetting('TOKEN_URL'),
          sessionId: envSetting('SESSION_ID'),
          loginCommand,
        }),
        browserPkce({ cachePath: path('browser'), baseUrl, clientId: 'cli', loginCommand }),
        clientCredentials({
          cachePath: path('oauth'),
          baseUrl,
          clientId: envSetting('CLIENT_ID'),
          clientSecret: envSetting('CLIENT_SECRET'),
          parameters: { customer_key: envSetting('CUSTOMER_KEY') },
          loginCommand,
        }),
        directToken({ variable: 'ACCESS_TOKEN' }),
      ],
      { io, startWith: loginCommand, ...options },
    );
  return {
    io,
    home,
    path,
    make,
    save: async (name, more = {}) => {
      const obtainedAt = io.now();
      await writeTokenCache(path(name), {
        accessToken: 'canary-saved',
        refreshToken: 'canary-refresh',
        obtainedAt,
        expiresAt: obtainedAt + 3_600_000,
        issuer: baseUrl,
        ...more,
      });
    },
    explain: async ({ offline, ...options } = {}) =>
      explanationData(await make(options).explain({ offline }), io.now()),
  };
}

const states = ({ links }: ExplanationData): unknown =>
  links.map(({ name, state, reason }) => [name, state, reason]);

test('[cli 7] every link is there with its state and reason, and the one in use with all that is known', async (t) => {
  const { io, save, explain } = await setUp(t, { ACCESS_TOKEN: 'canary-direct', CLIENT_ID: 'app' });
  await save('browser', { identity: { email: 'ari@demo.test' }, clockSkewMs: 600_000 });
  io.advance(60_000);
  const data = await explain({ offline: true });
  assert.deepEqual(states(data), [
    ['token-url', 'not set', 'TOKEN_URL, SESSION_ID missing'],
    ['browser-pkce', 'in use', '~/tokens/browser.json'],
    ['client-credentials', 'not set', 'CLIENT_SECRET, CUSTOMER_KEY missing'],
    ['direct-token', 'shadowed', 'ACCESS_TOKEN is set; method 2 wins'],
  ]);
  assert.deepEqual(data.links[1], {
    name: 'browser-pkce',
    label: 'Browser OAuth (PKCE)',
    state: 'in use',
    reason: '~/tokens/browser.json',
    failure: null,
    next: null,
    identity: { email: 'ari@demo.test' },
    storedIn: { kind: 'file', name: '~/tokens/browser.json' },
    expiresAt: new Date(io.now() + 3_540_000).toISOString(),
    expiresInSeconds: 3540,
    renewsItself: true,
    clockSkewSeconds: 600,
    shadowedBy: null,
    variable: null,
  });
  const { shadowedBy, variable, storedIn } = data.links[3] ?? {};
  assert.deepEqual(
    [shadowedBy, variable, storedIn],
    ['browser-pkce', 'ACCESS_TOKEN', { kind: 'variable', name: 'ACCESS_TOKEN' }],
  );
  assert.deepEqual(data.warnings, [
    "The clock of this computer is 10 min ahead of the server's.",
    'ACCESS_TOKEN is set but not used: Browser OAuth (PKCE) comes first.',
  ]);
});

test('[cli 7] nothing set, nothing signed in: every reason says what is missing', async (t) => {
  const { explain } = await setUp(t, {});
  const data = await explain();
  assert.deepEqual([data.signedIn, data.inUse, data.warnings], [false, null, []]);
  assert.deepEqual(states(data), [
    ['token-url', 'not set', 'TOKEN_URL, SESSION_ID missing'],
    ['browser-pkce', 'not set', 'no sign-in saved for api.example.com'],
    ['client-credentials', 'not set', 'CLIENT_ID, CLIENT_SECRET, CUSTOMER_KEY missing'],
    ['direct-token', 'not set', 'ACCESS_TOKEN missing'],
  ]);
});

test('[cli 7] a link that failed says why and what to do, and what is used instead', async (t) => {
  const down = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
  const { explain } = await setUp(t, everything, down);
  const data = await explain();
  const [first] = data.links;
  assert.deepEqual([first?.state, first?.failure], ['failed', 'network']);
  assert.match(first?.next ?? '', /check the address/);
  assert.equal(data.inUse, 'direct-token');
  assert.equal(
    data.warnings[0],
    'Token URL failed: cannot reach https://auth.example.com (the connection failed). Direct Token is used instead.',
  );
});

test('[cli 7] a pinned method is the only one that is looked at, and who pinned it is said', async (t) => {
  const { explain, make } = await setUp(t, everything);
  const data = await explain({ offline: true, pin: 'direct-token', pinnedBy: 'CLI_AUTH_METHOD' });
  assert.deepEqual(states(data), [
    ['token-url', 'not pinned', 'direct-token is pinned by CLI_AUTH_METHOD'],
    ['browser-pkce', 'not pinned', 'direct-token is pinned by CLI_AUTH_METHOD'],
    ['client-credentials', 'not pinned', 'direct-token is pinned by CLI_AUTH_METHOD'],
    ['direct-token', 'in use', 'ACCESS_TOKEN'],
  ]);
  const unknown = await make({ pin: 'sso', pinnedBy: '--auth-method' }).resolve();
  assert.ok(!unknown.ok);
  assert.equal(unknown.failure.reason, 'there is no sign-in method "sso", as --auth-method says');
});

test('[cli 7] offline makes no call and opens no socket, whatever is set, saved or ended', async (t) => {
  const connect = t.mock.method(Socket.prototype, 'connect', () => assert.fail('a socket was opened'));
  const fetch = t.mock.fn(() => assert.fail('a request was sent'));
  const { io, explain, save } = await setUp(t, everything, fetch);
  const first = await explain({ offline: true });
  assert.deepEqual(
    [first.inUse, first.links[0]?.reason],
    ['token-url', 'configured; a token is fetched when it is needed'],
  );
  for (const name of ['session', 'browser', 'oauth']) await save(name);
  io.advance(7_200_000);
  for (const pin of [undefined, 'token-url', 'browser-pkce', 'client-credentials', 'direct-token']) {
    const data = await explain({ offline: true, pin });
    assert.equal(data.inUse, pin ?? 'token-url');
  }
  const renewed = await explain({ offline: true, pin: 'browser-pkce' });
  assert.equal(renewed.links[1]?.reason, '~/tokens/browser.json, renewed at the next call');
  assert.deepEqual([connect.mock.callCount(), fetch.mock.callCount()], [0, 0]);
});

test('[cli 10] no secret is in it, and it is JSON through and through', async (t) => {
  const { explain, save } = await setUp(t, everything);
  for (const name of ['session', 'browser', 'oauth']) await save(name);
  for (const pin of [undefined, 'browser-pkce', 'client-credentials', 'direct-token']) {
    const data = await explain({ offline: true, pin });
    assert.doesNotMatch(JSON.stringify(data), /canary/);
    assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
  }
});

test('[cli 7] a sign-in in the keychain and a key in a file say where they are', async (t) => {
  const { home, io } = await setUp(t, {});
  const keychain = await fakeKeychain(t);
  const own = { ...io, env: keychain.env };
  const store = keychainStore({ service: 'cli', account: 'browser', timeoutMs: 60_000 });
  const tokens = { accessToken: 'canary', obtainedAt: io.now(), issuer: baseUrl };
  assert.ok((await store.write(tokens, { io: own })).ok);
  await writePrivateFile(join(home, 'key'), 'canary-key');
  const links = chain(
    [
      browserPkce({ store, baseUrl, clientId: 'cli', loginCommand: 'cli login' }),
      apiKeyFile({ path: join(home, 'key'), pick: (text) => text, loginCommand: 'cli login' }),
    ],
    { io: own },
  );
  const data = explanationData(await links.explain({ offline: true }), io.now());
  assert.deepEqual(
    data.links.map(({ storedIn }) => storedIn),
    [
      { kind: 'keychain', name: 'the Secret Service keychain' },
      { kind: 'file', name: '~/key' },
    ],
  );
  await keychain.is('locked');
  const locked = explanationData(await links.explain({ offline: true }), io.now());
  assert.match(locked.links[0]?.reason ?? '', /^the keychain refused/);
  assert.equal(locked.inUse, 'file');
});
