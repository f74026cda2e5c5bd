// Behaviour 10 of cli.md: what `--verbose` shows of every request of the kit, and that no secret is in it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { chain } from '../chain.ts';
import { exchangeClientCredentials, exchangeTokenUrl } from '../exchanges.ts';
import { browserPkce } from '../sources/browser-pkce.ts';
import { writeTokenCache } from '../store/token-cache.ts';
import { fakeIo } from '../testing/fake-io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import { authorizedFetch } from './authorized-fetch.ts';
import { exchangeLines, traceExchanges } from './exchange.ts';
import type { Exchange } from './exchange.ts';

/** What is told of one request whose answer is given. */
async function trace(
  url: string,
  init: RequestInit,
  answer: Response | Error,
  env: Record<string, string> = {},
): Promise<string> {
  const told: Exchange[] = [];
  const fetch = (): Promise<Response> =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  const io = traceExchanges(fakeIo({ fetch, env }), (exchange) => told.push(exchange));
  await io.fetch(url, init).catch(() => undefined);
  const [exchange] = told;
  assert.ok(exchange !== undefined && told.length === 1);
  return JSON.stringify(exchange) + exchangeLines(exchange).join('\n');
}

const json = (body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', ...headers } });
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const home = 'https://api.example.com/oauth/token';

/** Each place that a secret goes out by. */
const sent: readonly ((secret: string) => readonly [string, RequestInit])[] = [
  (s) => [home, { headers: { authorization: `Bearer ${encodeURIComponent(s)}` } }],
  (s) => [home, { headers: { authorization: `Basic ${Buffer.from(`id:${s}`).toString('base64')}` } }],
  (s) => [home, { headers: { 'x-anything': encodeURIComponent(s) } }],
  (s) => [home, { headers: { cookie: `a=${encodeURIComponent(s)}` } }],
  (s) => [
    home,
    { method: 'POST', headers: form, body: new URLSearchParams({ refresh_token: s }).toString() },
  ],
  (s) => [home, { method: 'POST', body: new URLSearchParams({ customer_key: s, client_id: 'app' }) }],
  (s) => [
    home,
    { method: 'POST', headers: form, body: new URLSearchParams({ something_new: s }).toString() },
  ],
  (s) => [home, { method: 'POST', body: JSON.stringify({ session_id: s, tenant: 'a' }) }],
  (s) => [home, { method: 'POST', body: JSON.stringify([{ deep: { device_code: { of: [s] } } }]) }],
  (s) => [`https://api.example.com/cb?state=x&code=${encodeURIComponent(s)}&page=2`, {}],
  (s) => [`https://me:${encodeURIComponent(s)}@api.example.com/x`, {}],
  (s) => [`https://api.example.com/x#${encodeURIComponent(s)}`, {}],
];

/** Each place that a secret comes back by, known or new. */
const received: readonly ((secret: string) => Response)[] = [
  (s) => json({ access_token: s, expires_in: 60 }),
  (s) => json({ access_token: 'another', surprise: { of: s } }),
  (s) => json({ status: 'approved', api_key: s }),
  (s) => json({}, { 'set-cookie': `a=${encodeURIComponent(s)}` }),
  (s) => json({}, { 'x-new-token': encodeURIComponent(s) }),
  (s) => json({}, { location: `https://x.example/?code=${encodeURIComponent(s)}` }),
  (s) => new Response(`<p>${s}</p>`, { headers: { 'content-type': 'text/html' } }),
  (s) =>
    new Response(`{"access_token":"${encodeURIComponent(s)}`, {
      headers: { 'content-type': 'application/json' },
    }),
];

/** A server that says in clear what it was sent. */
const echoed: readonly ((secret: string) => Response)[] = [
  (s) => json({ error: 'invalid_grant', error_description: `unknown: ${s}` }),
  (s) => json({ note: s, list: [`at ${encodeURIComponent(s)}.`] }),
  (s) => json({}, { 'x-request-id': encodeURIComponent(s) }),
  (s) => json({}, { server: new URLSearchParams({ x: s }).toString() }),
];

const anySecret = fc
  .string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(...'abcXYZ019-._~+/= "\\%&é') })
  .map((text) => `canary${text}`);

test('[cli 10] no secret that was sent is shown, wherever it stood and whatever the server says back', async () => {
  await fc.assert(
    fc.asyncProperty(
      anySecret,
      fc.constantFrom(...sent),
      fc.constantFrom(...echoed),
      async (secret, out, back) => {
        assert.doesNotMatch(await trace(...out(secret), back(secret)), /canary/);
      },
    ),
    { numRuns: 500 },
  );
});

test('[cli 10] no secret that was received is shown', async () => {
  await fc.assert(
    fc.asyncProperty(anySecret, fc.constantFrom(...received), async (secret, back) => {
      assert.doesNotMatch(await trace(home, {}, back(secret)), /canary/);
    }),
    { numRuns: 300 },
  );
});

test('[cli 10] no secret of the environment is shown, though a server knew it', async () => {
  await fc.assert(
    fc.asyncProperty(anySecret, fc.constantFrom(...echoed), async (secret, back) => {
      const name = fc.sample(
        fc.constantFrom('LOFTY_ACCESS_TOKEN', 'X_CLIENT_SECRET', 'LOFTY_CUSTOMER_KEY', 'MY_SESSION_ID'),
        1,
      )[0];
      assert.doesNotMatch(await trace(home, {}, back(secret), { [name ?? '']: secret }), /canary/);
    }),
    { numRuns: 300 },
  );
});

test('[cli 10] a request that failed is told without the words of its error', async () => {
  const text = await trace(home, { method: 'POST' }, new TypeError('to https://me:canary@x failed'));
  assert.match(
    text,
    /> POST https:\/\/api\.example\.com\/oauth\/token\n< no answer, the connection failed, in 0 ms/,
  );
  assert.doesNotMatch(text, /canary/);
});

test('what is no secret stays readable', async () => {
  const answer = json(
    { expires_in: 3600, token_type: 'Bearer', access_token: 'canary' },
    { 'x-request-id': 'req-7', 'retry-after': '3', 'x-ratelimit-limit': '100' },
  );
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'cli',
    refresh_token: 'canary',
  });
  const text = await trace(`${home}?page=2`, { method: 'POST', body }, answer);
  for (const part of [
    '> POST https://api.example.com/oauth/token?page=2',
    'grant_type=refresh_token&client_id=cli&refresh_token=[hidden]',
    '< 200 in 0 ms, request req-7',
    'retry-after: 3',
    'x-ratelimit-limit: 100',
    '{"expires_in":3600,"token_type":"Bearer","access_token":"[hidden]"}',
  ]) {
    assert.ok(text.includes(part), part);
  }
});

test('an answer with broken text is told like any other', async () => {
  const answer = new Response(String.raw`{"access_token":"canary\ud800","note":"\udc00"}`, {
    headers: { 'content-type': 'application/json' },
  });
  assert.doesNotMatch(await trace(home, {}, answer), /canary/);
});

test('[cli 10] every request of the kit is told: token endpoint, Token URL, renewal and API', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const told: Exchange[] = [];
  const io = traceExchanges(fakeIo(), (exchange) => told.push(exchange));
  const credentials = {
    clientId: 'app',
    clientSecret: server.settings.clientSecret,
    parameters: { customer_key: server.settings.customerKey },
  };
  await exchangeClientCredentials({ io, baseUrl: server.url, ...credentials });
  const tokenUrl = `${server.url}/session-token`;
  await exchangeTokenUrl({ io, tokenUrl, sessionId: server.settings.sessionId, baseUrl: server.url });
  const cachePath = join(await temporaryHome(t), 'cache.json');
  const { refresh_token: refreshToken } = server.issue();
  await writeTokenCache(cachePath, {
    accessToken: 'canary-dead',
    refreshToken,
    obtainedAt: io.now(),
    issuer: server.url,
  });
  const source = browserPkce({ cachePath, baseUrl: server.url, clientId: 'cli', loginCommand: 'login' });
  const call = authorizedFetch({ io, chain: chain([source], { io }), baseUrl: server.url });
  const answer = await call('/v1.0/me');
  assert.ok(answer.ok);
  assert.match(await answer.response.text(), /ari@demo\.test/, 'the body is still there for whoever asked');
  assert.deepEqual(
    told.map(({ method, url, status }) => [method, url.replace(server.url, ''), status]),
    [
      ['POST', '/oauth/token', 200],
      ['POST', '/session-token', 200],
      ['GET', '/v1.0/me', 401],
      ['POST', '/oauth/token', 200],
      ['GET', '/v1.0/me', 200],
    ],
  );
  assert.equal(told.length, server.seen.length);
  assert.doesNotMatch(told.flatMap(exchangeLines).join('\n'), /canary/);
});
