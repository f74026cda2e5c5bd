// What a person and a script meet when the identity server or the API misbehaves: the words, the exit code, and a saved
// sign-in that is byte for byte as it was.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Io } from '@latchkey/auth-kit';
import { outages } from '../../auth-kit/src/testing/fault-outages.ts';
import { startFakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import type { FakeServer, Fault } from '../../auth-kit/src/testing/fake-server.ts';
import { makeHome } from './testing/run-cli.ts';
import { obedientBrowser, runHere } from './testing/run-here.ts';
import type { EndedHere } from './testing/run-here.ts';

type Setup = {
  readonly server: FakeServer;
  readonly cli: (argv: readonly string[], more?: Partial<Io>) => Promise<EndedHere>;
  readonly saved: () => Promise<string>;
  /** Seconds until the saved token ends. */
  readonly leave: (seconds: number) => Promise<void>;
  /** Milliseconds waited, in order; a wait takes no time. */
  readonly waits: number[];
};

async function signedIn(t: TestContext): Promise<Setup> {
  const server = await startFakeServer();
  // A lost answer leaves a rotated token behind, which a good server bears with.
  server.settings.rotatedUses = 10;
  const home = await makeHome();
  t.after(async () => {
    await server.close();
    await home.remove();
  });
  const path = join(home.path, '.config/tokens/lofty-pkce-cache.json');
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const cli: Setup['cli'] = (argv, more = {}) =>
    runHere(argv, { home: home.path, env: { LOFTY_BASE_URL: server.url }, io: { sleep, ...more } });
  const login = await runHere(['auth', 'login-browser'], {
    home: home.path,
    env: { LOFTY_BASE_URL: server.url },
    io: { openBrowser: obedientBrowser() },
  });
  assert.equal(login.code, 0, login.stderr);
  const saved = (): Promise<string> => readFile(path, 'utf8');
  const leave = async (seconds: number): Promise<void> => {
    const tokens = JSON.parse(await saved()) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...tokens, expiresAt: Date.now() + seconds * 1000 }));
  };
  return { server, cli, saved, leave, waits };
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

for (const { name, fault, said } of outages) {
  test(`[cli 3] [cli 8] lofty-cli, ${name}: a token that lives is used; one that ended is 6, with cause and next step`, async (t) => {
    const { server, cli, saved, leave } = await signedIn(t);
    server.fault('/oauth/token', fault);
    await leave(30);
    const before = await saved();
    const alive = await cli(['auth', 'token']);
    assert.deepEqual([alive.code, alive.stderr], [0, '']);
    assert.ok(before.includes(alive.stdout.trim()));
    assert.equal(await saved(), before);

    await leave(-1);
    const after = await saved();
    const ended = await cli(['auth', 'token']);
    assert.deepEqual([ended.code, ended.stdout], [6, '']);
    assert.match(flat(ended.stderr), said);
    assert.match(flat(ended.stderr), /Fix: .*the saved sign-in is kept/);
    assert.doesNotMatch(ended.stderr, /lk_at_|<html|login-browser/);
    assert.equal(await saved(), after);

    server.fault('/oauth/token', undefined);
    assert.equal((await cli(['me', 'get'])).code, 0, 'when it is over, the sign-in goes on');
  });
}

test('[cli 3] [cli 8] lofty-cli, a server that never answers: 6 after fifteen seconds, and nothing is lost', async (t) => {
  const { cli, saved, leave } = await signedIn(t);
  await leave(-1);
  const before = await saved();
  const asked = Promise.withResolvers<undefined>();
  const fetch = (_: unknown, init?: RequestInit): Promise<Response> =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      asked.resolve(undefined);
    });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const running = cli(['auth', 'token'], { fetch });
  await asked.promise;
  t.mock.timers.tick(15_000);
  const { code, stderr } = await running;
  assert.equal(code, 6);
  assert.match(flat(stderr), /no answer within 15 s.*Fix: check the address, the network and the proxy/);
  assert.equal(await saved(), before);
});

test('[cli 3] lofty-cli waits as long as the server asks, in seconds or until a date, and not a minute', async (t) => {
  const { server, cli, leave, waits } = await signedIn(t);
  const busy = { status: 503, body: '<html>busy</html>' };
  await leave(-1);
  server.fault('/oauth/token', { ...busy, headers: { 'retry-after': '3' }, times: 2 });
  assert.equal((await cli(['auth', 'token'])).code, 0);
  assert.deepEqual(waits.splice(0), [3000, 3000]);

  await leave(-1);
  const until = new Date(Date.now() + 4000).toUTCString();
  server.fault('/oauth/token', { ...busy, headers: { 'retry-after': until }, times: 1 });
  assert.equal((await cli(['auth', 'token'])).code, 0);
  const [waited = 0] = waits.splice(0);
  assert.ok(waited >= 1000 && waited <= 5000, `${waited}`);

  await leave(-1);
  server.fault('/oauth/token', { ...busy, headers: { 'retry-after': '3600' } });
  assert.equal((await cli(['auth', 'token'])).code, 6);
  assert.deepEqual(waits, []);
});

for (const skewMs of [-600_000, 600_000]) {
  test(`[cli 13] lofty-cli at a server whose clock is ${skewMs / 60_000} min away: renewed, used, and still good later`, async (t) => {
    const { server, cli, saved, leave } = await signedIn(t);
    server.fault('/oauth/token', { skewMs });
    await leave(-1);
    const renewed = await cli(['auth', 'token']);
    assert.equal(renewed.code, 0, renewed.stderr);
    const before = await saved();
    assert.equal((await cli(['me', 'get'])).code, 0);
    assert.equal(server.count('/oauth/token'), 2, 'the login and one renewal');
    assert.equal(await saved(), before);
  });
}

test('[cli 8] lofty-cli, a refresh token that was revoked elsewhere: 4, and the login that helps', async (t) => {
  const { server, cli, leave } = await signedIn(t);
  server.fault('/oauth/token', { status: 400, body: '{"error":"invalid_grant"}' });
  await leave(-1);
  const { code, stderr } = await cli(['auth', 'token']);
  assert.equal(code, 4);
  assert.match(flat(stderr), /Fix: lofty-cli auth login-browser/);
  assert.equal((await cli(['auth', 'token'])).code, 3, 'it is gone then');
});

type Refused = { readonly name: string; readonly fault: Fault; readonly code: number; readonly said: RegExp };

const refusals: readonly Refused[] = [
  { name: '500', fault: { status: 500, body: '<html>' }, code: 1, said: /\(500\).*Fix: try again/ },
  { name: '502 with HTML', fault: { status: 502, body: '<html>' }, code: 1, said: /\(502\).*Fix: try again/ },
  {
    name: '429 and an hour to wait',
    fault: { status: 429, body: '{}', headers: { 'retry-after': '3600' } },
    code: 1,
    said: /\(429\).*Fix: too many requests: try again in 3600 s/,
  },
  {
    name: '403',
    fault: { status: 403, body: '{"code":200100,"message":"no"}' },
    code: 5,
    said: /\(403, code 200100\).*Fix: its developer adds the permission/,
  },
  { name: '404', fault: { status: 404, body: '{}' }, code: 1, said: /\(404\).*Fix: check the path/ },
  {
    name: '401 for every token',
    fault: { status: 401, body: '{"code":"BAD_CREDENTIALS"}' },
    code: 4,
    said: /\(401.*Fix: lofty-cli auth login-browser/,
  },
  { name: 'a connection that is reset', fault: { reset: true }, code: 6, said: /Cannot reach.*Fix: check/ },
  { name: 'a body that is cut half-way', fault: { truncate: true }, code: 6, said: /broke off.*Fix: check/ },
  {
    name: 'a captive portal (HTML, 200)',
    fault: { status: 200, body: '<html>Wi-Fi</html>' },
    code: 6,
    said: /A web page came instead.*Fix: check/,
  },
  {
    name: 'a redirect to a sign-in page',
    fault: { status: 302, body: '', headers: { location: '/login' } },
    code: 6,
    said: /\(302\).*Fix: check the address and the proxy/,
  },
];

for (const { name, fault, code, said } of refusals) {
  test(`[cli 8] lofty-cli, an API that answers with ${name}: ${code}, cause and next step, and no data`, async (t) => {
    const { server, cli } = await signedIn(t);
    server.fault('/v1.0/me', fault);
    const ended = await cli(['me', 'get', '--json']);
    assert.deepEqual([ended.code, ended.stdout], [code, ''], ended.stderr);
    assert.match(flat(ended.stderr), said);
    assert.doesNotMatch(ended.stderr, /lk_at_|lk_rt_|<html/);
  });
}

test('[cli 3] lofty-cli: a write is sent once, whatever happens to its answer', async (t) => {
  const { server, cli } = await signedIn(t);
  const wait = { 'retry-after': '1' };
  for (const fault of [
    { status: 503, body: '{}', headers: wait },
    { status: 429, body: '{}', headers: wait },
    { lost: true },
    { truncate: true },
  ]) {
    const before = server.count('/v1.0/leads');
    server.fault('/v1.0/leads', fault);
    const { code } = await cli(['leads', 'create', '--first-name', 'Mia']);
    assert.notEqual(code, 0);
    assert.equal(server.count('/v1.0/leads'), before + 1);
  }
});
