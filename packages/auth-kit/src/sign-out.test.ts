// Behaviour 14 of cli.md: logout means logout, at the server and in every place the chain could read.
import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { chain } from './chain.ts';
import type { CredentialSource } from './credential.ts';
import { nodeIo } from './io.ts';
import { signOut } from './sign-out.ts';
import type { SavedSignIn, SignOutReport } from './sign-out.ts';
import { fileSetting } from './setting.ts';
import { apiKeyFile } from './sources/api-key.ts';
import { browserPkce } from './sources/browser-pkce.ts';
import { autoStore } from './store/auto-store.ts';
import { writePrivateFile } from './store/private-file.ts';
import { forProfile } from './store/profiles.ts';
import { writeTokenCache } from './store/token-cache.ts';
import { fileStore } from './store/file-store.ts';
import { fakeIo } from './testing/fake-io.ts';
import type { FakeIo } from './testing/fake-io.ts';
import { fakeKeychain } from './testing/fake-keychain.ts';
import { startFakeServer } from './testing/fake-server.ts';
import type { FakeServer } from './testing/fake-server.ts';
import { temporaryHome } from './testing/temporary-home.ts';
import type { TokenSet } from './token-set.ts';

type Setup = {
  readonly server: FakeServer;
  readonly io: FakeIo;
  readonly path: string;
  readonly browser: SavedSignIn;
  readonly tokens: TokenSet;
};

async function setUp(t: TestContext): Promise<Setup> {
  const server = await startFakeServer();
  t.after(() => server.close());
  const home = await temporaryHome(t);
  const path = join(home, 'tokens', 'browser.json');
  const io = fakeIo({ homedir: () => home });
  const tokens = issue(server);
  await writeTokenCache(path, tokens);
  return {
    server,
    io,
    path,
    tokens,
    browser: { name: 'browser', store: fileStore(path), client: { clientId: 'cli' } },
  };
}

function issue(server: FakeServer): TokenSet {
  const { access_token: accessToken, refresh_token: refreshToken } = server.issue();
  return { accessToken, refreshToken, obtainedAt: Date.now(), issuer: server.url };
}

function source({ server, path }: Pick<Setup, 'server' | 'path'>): CredentialSource {
  return browserPkce({ cachePath: path, baseUrl: server.url, clientId: 'cli', loginCommand: 'cli login' });
}

const revoked = (server: FakeServer): unknown =>
  server.seen
    .filter(({ path }) => path === '/oauth/revoke')
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
const deleted = ({ places }: SignOutReport): unknown => places.map((each) => [each.place.name, each.deleted]);

test('[cli 14] the refresh token and then the access token are revoked, and nothing is left to sign in with', async (t) => {
  const setup = await setUp(t);
  const { server, io, browser, tokens, path } = setup;
  const report = await signOut({ io, signIns: [browser] });
  assert.deepEqual(revoked(server), [
    { token: tokens.refreshToken, client_id: 'cli', token_type_hint: 'refresh_token' },
    { token: tokens.accessToken, client_id: 'cli', token_type_hint: 'access_token' },
  ]);
  assert.equal(server.live.size, 0);
  assert.deepEqual(report.tokens, [
    { signIn: 'browser', token: 'refresh', revoked: true },
    { signIn: 'browser', token: 'access', revoked: true },
  ]);
  assert.deepEqual(deleted(report), [['~/tokens/browser.json', true]]);
  await assert.rejects(stat(path));
  const { links } = await chain([source(setup)], { io }).explain();
  assert.deepEqual(
    links.map(({ state }) => state),
    ['not set'],
  );
});

test('[cli 14] offline it deletes all the same, says what is still alive and why, and asks once', async (t) => {
  const { server, io, browser, path } = await setUp(t);
  await server.close();
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    asked.push(new Request(input).url);
    return globalThis.fetch(input, init);
  };
  const report = await signOut({ io: { ...io, fetch }, signIns: [browser] });
  assert.deepEqual(
    report.tokens.map(({ token, revoked, reason }) => [
      token,
      revoked,
      /connection refused/.test(reason ?? ''),
    ]),
    [
      ['refresh', false, true],
      ['access', false, true],
    ],
  );
  assert.equal(asked.length, 1);
  await assert.rejects(stat(path));
});

for (const [name, body] of [
  ['says so by its metadata', undefined],
  ['has no metadata', ''],
] as const) {
  test(`[cli 14] a server that ${name} offers no revocation is not asked for it, and the person is told`, async (t) => {
    const { server, io, browser, path } = await setUp(t);
    const metadata = {
      issuer: server.url,
      authorization_endpoint: `${server.url}/a`,
      token_endpoint: `${server.url}/t`,
    };
    const fault =
      body === undefined ? { status: 200, body: JSON.stringify(metadata) } : { status: 404, body };
    server.fault('/.well-known/oauth-authorization-server', fault);
    const report = await signOut({ io, signIns: [browser] });
    assert.deepEqual(
      report.tokens.map(({ revoked, reason }) => [revoked, reason]),
      [
        [false, 'the server offers no revocation'],
        [false, 'the server offers no revocation'],
      ],
    );
    assert.equal(server.count('/oauth/revoke'), 0);
    await assert.rejects(stat(path));
  });
}

test('[cli 14] a server that refuses one token is still asked for the other', async (t) => {
  const { server, io, browser } = await setUp(t);
  server.fault('/oauth/revoke', { status: 400, body: '{"error":"unsupported_token_type"}', times: 1 });
  const report = await signOut({ io, signIns: [browser] });
  assert.deepEqual(
    report.tokens.map(({ token, revoked }) => [token, revoked]),
    [
      ['refresh', false],
      ['access', true],
    ],
  );
  assert.match(report.tokens[0]?.reason ?? '', /unsupported_token_type/);
});

test('[cli 14] local means local: no call is made', async (t) => {
  const { server, io, browser, path } = await setUp(t);
  const report = await signOut({ io, signIns: [browser], local: true });
  assert.equal(server.seen.length, 0);
  assert.ok(
    report.tokens.every(({ revoked, reason }) => !revoked && /only this computer/.test(reason ?? '')),
  );
  await assert.rejects(stat(path));
});

test("[cli 14] tokens of somebody else's app are forgotten, not revoked, and the person is told", async (t) => {
  const { server, io, browser, path } = await setUp(t);
  const report = await signOut({ io, signIns: [{ ...browser, client: undefined }] });
  assert.equal(server.seen.length, 0);
  assert.ok(
    report.tokens.every(({ revoked, reason }) => !revoked && /whose owner ends it/.test(reason ?? '')),
  );
  await assert.rejects(stat(path));
});

test('[cli 14] every place is emptied: file, keychain, profile and saved key', async (t) => {
  const { server, io, browser, path } = await setUp(t);
  const keychain = await fakeKeychain(t);
  const own = { ...io, env: keychain.env };
  const elsewhere = join(path, '..', 'auto.json');
  const auto = autoStore({
    path: elsewhere,
    keychain: { service: 'cli', account: 'auto', timeoutMs: 60_000 },
  });
  await auto.write(issue(server), { io: own });
  const work = forProfile(path, 'work');
  await writeTokenCache(work, issue(server));
  const key = join(path, '..', 'customer-key');
  await writePrivateFile(key, 'canary-key');
  const client = { clientId: 'cli' };
  const signIns = [
    browser,
    { name: 'browser of work', store: fileStore(work), client },
    { name: 'auto', store: auto, client },
  ];
  const report = await signOut({ io: own, signIns, files: [key, `${key}-that-never-was`] });
  assert.deepEqual(deleted(report), [
    ['~/tokens/browser.json', true],
    ['~/tokens/profiles/work/browser.json', true],
    ['the Secret Service keychain', true],
    ['~/tokens/customer-key', true],
    ['~/tokens/customer-key-that-never-was', false],
  ]);
  assert.ok(report.tokens.every(({ revoked }) => revoked));
  assert.equal(report.tokens.length, 6);
  assert.deepEqual(await keychain.entries(), []);
  assert.equal(server.live.size, 0);
  const links = [
    ...[path, work].map((cachePath) => source({ server, path: cachePath })),
    browserPkce({ store: auto, baseUrl: server.url, clientId: 'cli', loginCommand: 'cli login' }),
    apiKeyFile({ path: key, pick: (text) => text, loginCommand: 'cli login' }),
  ];
  const explained = await chain(links, { io: own }).explain();
  assert.ok(explained.links.every(({ state }) => state === 'not set'));
  assert.equal(await fileSetting(key).read(own), undefined);
});

test('[cli 14] what could not be deleted is reported as still there', async (t) => {
  const { io, path, browser } = await setUp(t);
  const stuck = join(path, '..', 'stuck');
  await mkdir(stuck);
  const { places } = await signOut({ io, signIns: [browser], files: [stuck], local: true });
  assert.equal(places[1]?.deleted, false);
  assert.match(places[1]?.failure?.reason ?? '', /could not be deleted/);
  assert.match(places[1]?.failure?.next ?? '', /by hand/);
});

test('[cli 14] Ctrl-C while the server is asked does not keep the sign-in', async (t) => {
  const { server, io, browser, path } = await setUp(t);
  server.fault('/oauth/revoke', { delayMs: 60_000 });
  const fetch: typeof globalThis.fetch = (input, init) => {
    if (new Request(input).url.endsWith('/oauth/revoke')) setImmediate(() => io.interrupt());
    return globalThis.fetch(input, init);
  };
  const report = await signOut({ io: { ...io, fetch }, signIns: [browser] });
  assert.deepEqual(
    report.tokens.map(({ reason }) => reason),
    ['cancelled', 'cancelled'],
  );
  await assert.rejects(stat(path));
});

test('[cli 14] a renewal that is under way is waited for, and what it got is revoked too', async (t) => {
  const setup = await setUp(t);
  const { server, browser, path, tokens } = setup;
  const io = nodeIo({ signal: new AbortController().signal });
  server.fault('/oauth/token', { delayMs: 300 });
  const renewal = source(setup).resolve({ io, notice: () => undefined, refused: tokens.accessToken });
  while (server.count('/oauth/token') === 0) await new Promise((resolve) => setImmediate(resolve));
  // A clock that stands: its patience does not end.
  await signOut({ io: { ...io, monotonicMs: () => 0 }, signIns: [browser] });
  assert.equal((await renewal).state, 'usable');
  assert.equal(server.live.size, 0);
  await assert.rejects(stat(path));
});

test('[cli 14] a renewal that takes too long to be waited for does not bring the sign-in back', async (t) => {
  const setup = await setUp(t);
  const { server, io, browser, path, tokens } = setup;
  server.fault('/oauth/token', { delayMs: 500 });
  const renewal = source(setup).resolve({
    io: nodeIo({ signal: new AbortController().signal }),
    notice: () => undefined,
    refused: tokens.accessToken,
  });
  while (server.count('/oauth/token') === 0) await new Promise((resolve) => setImmediate(resolve));
  // Its clock runs as it sleeps, so its patience ends at once.
  const report = await signOut({ io, signIns: [browser], local: true });
  assert.deepEqual(deleted(report), [['~/tokens/browser.json', true]]);
  await renewal;
  await assert.rejects(stat(path));
});
