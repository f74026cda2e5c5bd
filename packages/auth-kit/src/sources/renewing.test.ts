import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { CredentialSource, Resolution, ResolveContext } from '../credential.ts';
import { envSetting, fixedSetting } from '../setting.ts';
import { readTokenCache, writeTokenCache } from '../store/token-cache.ts';
import { fakeIo } from '../testing/fake-io.ts';
import type { FakeIo } from '../testing/fake-io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { outages } from '../testing/fault-outages.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';
import { browserPkce } from './browser-pkce.ts';
import { clientCredentials } from './client-credentials.ts';
import { tokenUrl } from './token-url.ts';

type Setup = {
  readonly server: FakeServer;
  readonly cachePath: string;
  readonly io: FakeIo;
  readonly notices: string[];
  readonly ask: (source: CredentialSource, more?: Partial<ResolveContext>) => Promise<Resolution>;
};

async function setUp(t: TestContext, env: Record<string, string> = {}): Promise<Setup> {
  const server = await startFakeServer();
  t.after(() => server.close());
  const cachePath = join(await temporaryHome(t), 'tokens', 'cache.json');
  const io = fakeIo({ env });
  const notices: string[] = [];
  const notice = (line: string): void => void notices.push(line);
  return { server, cachePath, io, notices, ask: (source, more) => source.resolve({ io, notice, ...more }) };
}

const pkce = ({ server, cachePath }: Setup): CredentialSource =>
  browserPkce({ cachePath, baseUrl: server.url, clientId: 'test-cli', loginCommand: 'test-cli login' });

async function saveSignIn(setup: Setup, more: Partial<TokenSet> = {}): Promise<TokenSet> {
  const { access_token: accessToken, refresh_token: refreshToken } = setup.server.issue();
  const obtainedAt = setup.io.now();
  const issuer = setup.server.url;
  const tokens = {
    accessToken,
    refreshToken,
    obtainedAt,
    expiresAt: obtainedAt + 3_600_000,
    issuer,
    ...more,
  };
  await writeTokenCache(setup.cachePath, tokens);
  return tokens;
}

test('a saved token that lives is used without a call', async (t) => {
  const setup = await setUp(t);
  const { accessToken } = await saveSignIn(setup, { identity: { email: 'ari@demo.test' } });
  const answer = await setup.ask(pkce(setup));
  assert.ok(answer.state === 'usable');
  assert.equal(answer.credential.token, accessToken);
  assert.equal(answer.credential.identity?.email, 'ari@demo.test');
  assert.equal(setup.server.seen.length, 0);
});

test('an expired token is renewed, and identity and other knowledge survive the renewal', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup, { identity: { email: 'ari@demo.test' }, renewal: { until: '2027' } });
  setup.io.advance(3_600_000);
  const answer = await setup.ask(pkce(setup));
  assert.ok(answer.state === 'usable' && setup.server.live.has(answer.credential.token));
  const saved = await readTokenCache(setup.cachePath);
  assert.equal(saved?.accessToken, answer.credential.token);
  assert.deepEqual([saved?.identity, saved?.renewal], [{ email: 'ari@demo.test' }, { until: '2027' }]);
});

test('a token that the server refused is renewed though its time is not over', async (t) => {
  const setup = await setUp(t);
  const { accessToken } = await saveSignIn(setup);
  const answer = await setup.ask(pkce(setup), { refused: accessToken });
  assert.ok(answer.state === 'usable' && answer.credential.token !== accessToken);
  // Another process refused the same old token: the new one is there already.
  await setup.ask(pkce(setup), { refused: accessToken });
  assert.equal(setup.server.count('/oauth/token'), 1);
});

for (const { name, fault, kind } of outages) {
  test(`[cli 3] an outage never signs anybody out: ${name}`, async (t) => {
    const setup = await setUp(t);
    await saveSignIn(setup);
    const before = await readFile(setup.cachePath);
    setup.server.fault('/oauth/token', fault);
    // Near its end a renewal is tried, fails, and the token that still lives is used.
    setup.io.advance(3_600_000 - 30_000);
    assert.equal((await setup.ask(pkce(setup))).state, 'usable');
    assert.equal(setup.server.count('/oauth/token'), 1);
    setup.io.advance(60_000);
    const ended = await setup.ask(pkce(setup));
    assert.ok(ended.state === 'failed');
    assert.equal(ended.failure.kind, kind);
    assert.match(ended.failure.next ?? '', /the saved sign-in is kept$/);
    assert.deepEqual(await readFile(setup.cachePath), before);
  });
}

test('[cli 3] an unreachable server leaves the saved sign-in as it is and says what to check', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  const before = await readFile(setup.cachePath);
  await setup.server.close();
  setup.io.advance(3_700_000);
  const answer = await setup.ask(pkce(setup));
  assert.ok(answer.state === 'failed');
  assert.equal(answer.failure.kind, 'network');
  assert.match(answer.failure.reason, /^cannot reach http:\/\/127\.0\.0\.1:\d+ \(connection refused\)$/);
  assert.deepEqual(await readFile(setup.cachePath), before);
});

test('[cli 3] a name that cannot be looked up costs nothing, with a token left or without', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  const before = await readFile(setup.cachePath);
  const lookup = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  const io = { ...setup.io, fetch: () => Promise.reject(new TypeError('fetch failed', { cause: lookup })) };
  const ask = (): Promise<Resolution> => pkce(setup).resolve({ io, notice: () => undefined });
  setup.io.advance(3_600_000 - 30_000);
  assert.equal((await ask()).state, 'usable');
  setup.io.advance(60_000);
  const ended = await ask();
  assert.ok(ended.state === 'failed' && ended.failure.kind === 'network');
  assert.match(ended.failure.reason, /the host name is not known/);
  assert.deepEqual(await readFile(setup.cachePath), before);
});

test('[cli 3] a server that never answers ends with a time-out, and the saved sign-in stays', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  const before = await readFile(setup.cachePath);
  setup.io.advance(3_700_000);
  const asked = Promise.withResolvers<undefined>();
  const fetch = (_: unknown, init?: RequestInit): Promise<Response> =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      asked.resolve(undefined);
    });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const answer = pkce(setup).resolve({ io: { ...setup.io, fetch }, notice: () => undefined });
  await asked.promise;
  t.mock.timers.tick(15_000);
  const ended = await answer;
  assert.ok(ended.state === 'failed' && ended.failure.kind === 'network');
  assert.match(ended.failure.reason, /no answer within 15 s/);
  assert.deepEqual(await readFile(setup.cachePath), before);
});

test('[cli 3] with no token left, Retry-After is waited for within a budget, and then the sign-in is renewed', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(3_700_000);
  const busy = { status: 429, body: '{"error":"slow"}', headers: { 'retry-after': '4' } };
  setup.server.fault('/oauth/token', { ...busy, times: 2 });
  assert.equal((await setup.ask(pkce(setup))).state, 'usable');
  assert.deepEqual(setup.io.slept, [4000, 4000]);
  setup.io.advance(3_700_000);
  setup.server.fault('/oauth/token', { ...busy, headers: { 'retry-after': '60' } });
  const ended = await setup.ask(pkce(setup));
  assert.ok(ended.state === 'failed' && ended.failure.retryAfterSeconds === 60);
  assert.match(ended.failure.next ?? '', /try again in 60 s; the saved sign-in is kept/);
  assert.equal(setup.io.slept.length, 2, 'a minute is not waited');
});

test('[cli 3] Retry-After as a date is counted by the clock of the server that wrote it', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(3_700_000);
  // Its clock is ten minutes behind, and it wants five seconds.
  const until = new Date(Date.now() - 600_000 + 5000).toUTCString();
  const late = { status: 503, body: '<html>', skewMs: -600_000, headers: { 'retry-after': until } };
  setup.server.fault('/oauth/token', { ...late, times: 1 });
  assert.equal((await setup.ask(pkce(setup))).state, 'usable');
  const [waited = 0] = setup.io.slept;
  assert.ok(setup.io.slept.length === 1 && waited >= 1000 && waited <= 6000, `${waited} ms`);
});

test('[cli 3] a renewal whose answer was lost is made again by the next command, where the server bears with it', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(3_700_000);
  setup.server.settings.rotatedUses = 1;
  setup.server.fault('/oauth/token', { lost: true, times: 1 });
  const lost = await setup.ask(pkce(setup));
  assert.ok(lost.state === 'failed' && lost.failure.kind === 'network');
  assert.equal(
    setup.server.count('/oauth/token'),
    1,
    'not repeated: the server may end the sign-in for that',
  );
  assert.equal((await setup.ask(pkce(setup))).state, 'usable');
});

test('[cli 3] a renewal whose answer was lost, at a server that forgives nothing: ended, and said what helps', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(3_700_000);
  setup.server.fault('/oauth/token', { lost: true, times: 1 });
  await setup.ask(pkce(setup));
  const ended = await setup.ask(pkce(setup));
  assert.ok(ended.state === 'failed');
  assert.deepEqual([ended.failure.kind, ended.failure.next], ['expired', 'test-cli login']);
});

test('[cli 3] Retry-After of zero for ever ends with the budget', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(3_700_000);
  setup.server.fault('/oauth/token', { status: 503, body: '{}', headers: { 'retry-after': '0' } });
  assert.equal((await setup.ask(pkce(setup))).state, 'failed');
  assert.ok(setup.server.count('/oauth/token') <= 12);
});

for (const skewMs of [-600_000, 600_000]) {
  const which = skewMs < 0 ? 'slow' : 'fast';
  test(`[cli 13] on a clock ten minutes ${which} a token lives as long as the server said, and the skew is named`, async (t) => {
    const setup = await setUp(t, vendor);
    setup.server.fault('/oauth/token', { skewMs: -skewMs });
    const answer = await setup.ask(credentials(setup));
    assert.ok(answer.state === 'usable');
    assert.ok(Math.abs((answer.credential.clockSkewMs ?? 0) - skewMs) < 5000);
    setup.io.advance(3_500_000);
    const later = await setup.ask(credentials(setup));
    assert.ok(later.state === 'usable' && later.credential.token === answer.credential.token);
    assert.equal(later.credential.clockSkewMs, answer.credential.clockSkewMs, 'kept for offline status');
    setup.io.advance(100_000);
    assert.equal((await setup.ask(credentials(setup))).state, 'usable');
    assert.equal(setup.server.count('/oauth/token'), 2);
  });
}

test('[cli 13] a clock that is set back costs one renewal, not a token that is used for hours too long', async (t) => {
  const setup = await setUp(t);
  const { accessToken } = await saveSignIn(setup);
  setup.io.advance(-6 * 3_600_000);
  const answer = await setup.ask(pkce(setup));
  assert.ok(answer.state === 'usable' && answer.credential.token !== accessToken);
  await setup.ask(pkce(setup));
  assert.equal(setup.server.count('/oauth/token'), 1);
});

test('[cli 13] a clock that is set back during an outage signs nobody out', async (t) => {
  const setup = await setUp(t);
  const { accessToken } = await saveSignIn(setup);
  setup.server.fault('/oauth/token', { status: 500, body: '' });
  setup.io.advance(-6 * 3_600_000);
  const answer = await setup.ask(pkce(setup));
  assert.ok(answer.state === 'usable' && answer.credential.token === accessToken);
});

test('[cli 13] a clock that is set forward costs one renewal', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(30 * 86_400_000);
  assert.equal((await setup.ask(pkce(setup))).state, 'usable');
  assert.equal((await setup.ask(pkce(setup))).state, 'usable');
  assert.equal(setup.server.count('/oauth/token'), 1);
});

test('a login that ended while another process renewed is not overwritten by the older sign-in', async (t) => {
  const setup = await setUp(t);
  const old = await saveSignIn(setup);
  setup.io.advance(3_700_000);
  const login = { ...old, accessToken: 'of-the-new-login', refreshToken: 'new', obtainedAt: setup.io.now() };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    await writeTokenCache(setup.cachePath, login);
    return await setup.io.fetch(input, init);
  };
  assert.equal(
    (await pkce(setup).resolve({ io: { ...setup.io, fetch }, notice: () => undefined })).state,
    'usable',
  );
  assert.equal((await readTokenCache(setup.cachePath))?.accessToken, 'of-the-new-login');
});

test('[cli 3] only invalid_grant ends a sign-in, and names the command that starts a new one', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup, { refreshToken: 'revoked-elsewhere' });
  setup.io.advance(3_700_000);
  const answer = await setup.ask(pkce(setup));
  assert.ok(answer.state === 'failed');
  assert.deepEqual([answer.failure.kind, answer.failure.next], ['expired', 'test-cli login']);
  assert.equal(await readTokenCache(setup.cachePath), undefined);
  assert.equal((await setup.ask(pkce(setup))).state, 'not-configured');
});

test('a refusal that is about the app, not the tokens, clears nothing', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.server.fault('/oauth/token', { status: 401, body: '{"error":"invalid_client"}' });
  setup.io.advance(3_700_000);
  assert.equal((await setup.ask(pkce(setup))).state, 'failed');
  assert.notEqual(await readTokenCache(setup.cachePath), undefined);
});

test('tokens of another host are never used or sent', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup, { issuer: 'https://other.example' });
  const answer = await setup.ask(pkce(setup));
  assert.equal(answer.state, 'not-configured');
  assert.equal(setup.server.seen.length, 0);
});

test('offline, a renewal is announced instead of made', async (t) => {
  const setup = await setUp(t);
  await saveSignIn(setup);
  setup.io.advance(3_700_000);
  assert.equal((await setup.ask(pkce(setup), { offline: true })).state, 'configured');
  assert.equal(setup.server.seen.length, 0);
});

const vendor = { ID: 'app', SECRET: 'canary-secret', KEY: 'canary-key' };
const credentials = ({ server, cachePath }: Setup): CredentialSource =>
  clientCredentials({
    cachePath,
    baseUrl: server.url,
    clientId: envSetting('ID'),
    clientSecret: envSetting('SECRET'),
    parameters: { customer_key: envSetting('KEY') },
    loginCommand: 'test-cli auth login',
  });

test('client credentials are exchanged once and cached without a setting in clear', async (t) => {
  const setup = await setUp(t, vendor);
  await setup.ask(credentials(setup));
  assert.equal((await setup.ask(credentials(setup))).state, 'usable');
  assert.equal(setup.server.count('/oauth/token'), 1);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(setup.server.seen[0]?.body)), {
    grant_type: 'client_credentials',
    client_id: 'app',
    client_secret: 'canary-secret',
    customer_key: 'canary-key',
  });
  assert.doesNotMatch(await readFile(setup.cachePath, 'utf8'), /canary-(?:secret|key)/);
});

test('a changed customer key never gets the token of the one before', async (t) => {
  const setup = await setUp(t, vendor);
  await setup.ask(credentials(setup));
  const answer = await credentials(setup).resolve({
    io: { ...setup.io, env: { ...vendor, KEY: 'another' } },
    notice: () => undefined,
  });
  assert.ok(answer.state === 'failed');
  assert.deepEqual([answer.failure.kind, answer.failure.code], ['rejected', 'invalid_grant']);
  assert.match(answer.failure.reason, /customer key is unknown, revoked or expired/);
  setup.server.settings.customerKey = 'another';
  const ask = (): Promise<Resolution> =>
    credentials(setup).resolve({
      io: { ...setup.io, env: { ...vendor, KEY: 'another' } },
      notice: () => undefined,
    });
  const exchanges = setup.server.count('/oauth/token');
  assert.equal((await ask()).state, 'usable');
  assert.equal((await ask()).state, 'usable');
  assert.equal(setup.server.count('/oauth/token'), exchanges + 1, 'the token of the new key is cached');
});

test('without its settings a cached token serves until it ends, then the missing ones are named', async (t) => {
  const setup = await setUp(t, vendor);
  await setup.ask(credentials(setup));
  const io = { ...setup.io, env: { ID: 'app' } };
  assert.equal((await credentials(setup).resolve({ io, notice: () => undefined })).state, 'usable');
  setup.io.advance(3_700_000);
  assert.deepEqual(await credentials(setup).resolve({ io, notice: () => undefined }), {
    state: 'not-configured',
    missing: ['SECRET', 'KEY'],
    reason: undefined,
  });
});

test('a login can ask for a fresh exchange, whose failure is not hidden by the cache', async (t) => {
  const setup = await setUp(t, vendor);
  await setup.ask(credentials(setup));
  await setup.ask(credentials(setup), { fresh: true });
  assert.equal(setup.server.count('/oauth/token'), 2);
  setup.server.settings.customerKey = 'rotated';
  assert.equal((await setup.ask(credentials(setup), { fresh: true })).state, 'failed');
});

test('where nothing can be saved, client credentials still work and say so', async (t) => {
  const setup = await setUp(t, vendor);
  await writeFile(join(setup.cachePath, '..', '..', 'file'), '');
  const blocked = { ...setup, cachePath: join(setup.cachePath, '..', '..', 'file', 'cache.json') };
  assert.equal((await setup.ask(credentials(blocked))).state, 'usable');
  assert.match(setup.notices.join('\n'), /could not be saved/);
});

const session = ({ server, cachePath }: Setup, url?: string, id?: string): CredentialSource =>
  tokenUrl({
    cachePath,
    baseUrl: server.url,
    tokenUrl: url === undefined ? envSetting('TOKEN_URL') : fixedSetting('--tokenurl', url),
    sessionId: id === undefined ? envSetting('SESSION_ID') : fixedSetting('--sessionid', id),
    loginCommand: 'test-cli auth login-session',
  });

test('a session id given by flag renews later commands by itself; one from the environment is not copied to disk', async (t) => {
  const setup = await setUp(t);
  const url = `${setup.server.url}/session-token`;
  assert.equal((await setup.ask(session(setup, url, 'ses_canary_1'))).state, 'usable');
  assert.equal(setup.server.seen[0]?.body, '{"session_id":"ses_canary_1"}');
  setup.io.advance(3_700_000);
  assert.equal((await setup.ask(session(setup))).state, 'usable');
  assert.equal(setup.server.count('/session-token'), 2);

  const other = await setUp(t, { TOKEN_URL: '', SESSION_ID: 'ses_canary_1' });
  const io = {
    ...other.io,
    env: { TOKEN_URL: `${other.server.url}/session-token`, SESSION_ID: 'ses_canary_1' },
  };
  await session(other).resolve({ io, notice: () => undefined });
  assert.doesNotMatch(await readFile(other.cachePath, 'utf8'), /ses_canary/);
});

test('a kept session id is never sent to another Token URL', async (t) => {
  const setup = await setUp(t, { TOKEN_URL: 'https://elsewhere.example/token' });
  await setup.ask(session(setup, `${setup.server.url}/session-token`, 'ses_canary_1'));
  const fetched: string[] = [];
  const io = {
    ...setup.io,
    fetch: (input: unknown) => (fetched.push(String(input)), Promise.reject(new Error('no'))),
  };
  const answer = await session(setup).resolve({ io, notice: () => undefined });
  assert.deepEqual([answer.state, fetched], ['not-configured', []]);
});

test('plain http to another machine is refused before anything is sent', async (t) => {
  const setup = await setUp(t);
  const fetched: string[] = [];
  const io = {
    ...setup.io,
    fetch: (input: unknown) => (fetched.push(String(input)), Promise.reject(new Error('no'))),
  };
  const answer = await session(setup, 'http://auth.example/token', 'ses_canary_1').resolve({
    io,
    notice: () => undefined,
  });
  assert.ok(answer.state === 'failed' && answer.failure.kind === 'insecure');
  assert.deepEqual(fetched, []);
});
