import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { chain } from '../chain.ts';
import { browserPkce } from '../sources/browser-pkce.ts';
import { writeTokenCache } from '../store/token-cache.ts';
import { fakeIo } from '../testing/fake-io.ts';
import type { FakeIo } from '../testing/fake-io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import { authorizedFetch } from './authorized-fetch.ts';
import type { AuthorizedFetch, AuthorizedFetchOptions } from './authorized-fetch.ts';

type Setup = {
  readonly server: FakeServer;
  readonly io: FakeIo;
  readonly call: AuthorizedFetch;
  readonly token: string;
};

async function setUp(t: TestContext, more: Partial<AuthorizedFetchOptions> = {}): Promise<Setup> {
  const server = await startFakeServer();
  t.after(() => server.close());
  const io = fakeIo();
  const cachePath = join(await temporaryHome(t), 'tokens', 'cache.json');
  const { access_token: accessToken, refresh_token: refreshToken } = server.issue();
  await writeTokenCache(cachePath, { accessToken, refreshToken, obtainedAt: io.now(), issuer: server.url });
  const source = browserPkce({ cachePath, baseUrl: server.url, clientId: 'cli', loginCommand: 'cli login' });
  const call = authorizedFetch({ io, chain: chain([source], { io }), baseUrl: server.url, ...more });
  return { server, io, call, token: accessToken };
}

test('[cli 13] the credential goes in the header, and the answer comes with source, time and clock skew', async (t) => {
  const { call, server, token } = await setUp(t);
  server.fault('/v1.0/me', { skewMs: -432_000 });
  const answer = await call('/v1.0/me');
  assert.ok(answer.ok);
  assert.equal(answer.response.status, 200);
  assert.equal(server.seen[0]?.headers.authorization, `Bearer ${token}`);
  assert.equal(answer.source.name, 'browser-pkce');
  assert.ok(Math.abs((answer.clockSkewMs ?? 0) - 432_000) < 2500);
});

test('a 401 renews once and the call is repeated with the new token', async (t) => {
  const { call, server, token } = await setUp(t);
  server.live.clear();
  const answer = await call('/v1.0/leads', { method: 'POST', body: '{"a":1}' });
  assert.ok(answer.ok && answer.response.status === 200);
  assert.notEqual(answer.credential.token, token);
  assert.deepEqual(
    server.seen.map(({ path, body }) => [path, path === '/v1.0/leads' ? body : '']),
    [
      ['/v1.0/leads', '{"a":1}'],
      ['/oauth/token', ''],
      ['/v1.0/leads', '{"a":1}'],
    ],
  );
});

test('a server that always says 401 is asked twice, not for ever', async (t) => {
  const { call, server } = await setUp(t);
  server.fault('/v1.0/me', { status: 401, body: '{"code":"BAD_CREDENTIALS","message":"no"}' });
  const answer = await call('/v1.0/me');
  assert.ok(answer.ok && answer.response.status === 401);
  assert.equal(server.count('/v1.0/me'), 2);
  assert.equal(server.count('/oauth/token'), 1);
});

test('a 401 that renewal cannot help is a failure that names the next command', async (t) => {
  const { call, server } = await setUp(t);
  server.live.clear();
  server.fault('/oauth/token', { status: 400, body: '{"error":"invalid_grant"}' });
  const answer = await call('/v1.0/me');
  assert.ok(!answer.ok);
  assert.deepEqual([answer.failure.kind, answer.failure.next], ['expired', 'cli login']);
});

test('[cli 3] Retry-After is honoured for reads, within the budget', async (t) => {
  const waits: number[][] = [];
  const onWait = (...wait: number[]): void => void waits.push(wait);
  const { call, server, io } = await setUp(t, { retryBudgetMs: 10_000, onWait });
  server.fault('/v1.0/me', {
    status: 429,
    body: '{"message":"Too Many Requests"}',
    headers: { 'retry-after': '3' },
    times: 2,
  });
  const answer = await call('/v1.0/me');
  assert.ok(answer.ok && answer.response.status === 200);
  assert.deepEqual(io.slept, [3000, 3000]);
  assert.deepEqual(
    waits,
    [
      [3000, 429],
      [3000, 429],
    ],
    'a person can be told',
  );
  server.fault('/v1.0/me', { status: 503, body: '{}', headers: { 'retry-after': '11' } });
  const beyond = await call('/v1.0/me');
  assert.ok(beyond.ok && beyond.response.status === 503);
  assert.deepEqual(io.slept, [3000, 3000]);
});

test('[cli 3] Retry-After of zero for ever ends with the budget', async (t) => {
  const { call, server } = await setUp(t, { retryBudgetMs: 1000 });
  server.fault('/v1.0/me', { status: 503, body: '{}', headers: { 'retry-after': '0' } });
  const answer = await call('/v1.0/me');
  assert.ok(answer.ok && answer.response.status === 503);
  assert.ok(server.count('/v1.0/me') <= 6);
});

test('[cli 3] a write is never repeated for 429, 503 or a lost connection', async (t) => {
  const { call, server } = await setUp(t);
  server.fault('/v1.0/leads', { status: 503, body: '{}', headers: { 'retry-after': '1' } });
  const answer = await call('/v1.0/leads', { method: 'POST', body: '{}' });
  assert.ok(answer.ok && answer.response.status === 503);
  assert.equal(server.count('/v1.0/leads'), 1);
});

test('[cli 10] a redirect is an answer; the credential does not follow it', async (t) => {
  const { call, server } = await setUp(t);
  server.fault('/v1.0/me', { status: 302, body: '', headers: { location: `${server.url}/elsewhere` } });
  const answer = await call('/v1.0/me');
  assert.ok(answer.ok && answer.response.status === 302);
  assert.equal(server.count('/elsewhere'), 0);
});

test('a slow server, a closed one and Ctrl-C are told apart', async (t) => {
  const slow = await setUp(t, { timeoutMs: 50 });
  slow.server.fault('/v1.0/me', { delayMs: 5000 });
  const late = await slow.call('/v1.0/me');
  assert.ok(!late.ok && late.failure.kind === 'network' && /no answer within/.test(late.failure.reason));
  const stopped = slow.call('/v1.0/me');
  slow.io.interrupt();
  const cancelled = await stopped;
  assert.ok(!cancelled.ok && cancelled.failure.kind === 'cancelled');
  const gone = await setUp(t);
  await gone.server.close();
  const refused = await gone.call('/v1.0/me');
  assert.ok(!refused.ok && /connection refused/.test(refused.failure.reason));
});

test('plain http to another machine is refused before a credential is even looked up', async () => {
  const io = fakeIo();
  const resolve = (): never => assert.fail('no credential is needed to refuse');
  const answer = await authorizedFetch({ io, chain: { resolve }, baseUrl: 'http://api.example.com' })('/x');
  assert.ok(!answer.ok && answer.failure.kind === 'insecure');
});
