import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { nodeIo } from '../io.ts';
import type { Io } from '../io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import type { TokenSet } from '../token-set.ts';
import { loginWithBrowser } from './browser.ts';
import type { BrowserLoginEvent, BrowserLoginOptions } from './browser.ts';

type Listening = Extract<BrowserLoginEvent, { type: 'listening' }> & { readonly shortUrl: string };
type Started = {
  readonly server: FakeServer;
  readonly listening: Listening;
  readonly result: Promise<Result<TokenSet>>;
  readonly saved: TokenSet[];
  readonly interrupt: AbortController;
  /** Visits as a browser: follows redirects by hand up to the loopback callback. */
  readonly authorize: () => Promise<Response>;
  /** The callback address that authorizing leads to, not visited. */
  readonly callbackUrl: () => Promise<URL>;
};

async function start(
  t: TestContext,
  more: Partial<BrowserLoginOptions> = {},
  io: Partial<Io> = {},
): Promise<Started> {
  const server = await startFakeServer();
  const interrupt = new AbortController();
  const saved: TokenSet[] = [];
  const { promise, resolve } = Promise.withResolvers<Listening>();
  const result = loginWithBrowser({
    io: nodeIo({ signal: interrupt.signal, openBrowser: () => Promise.resolve(true), ...io }),
    baseUrl: server.url,
    clientId: 'test-cli',
    loginCommand: 'test-cli login',
    onEvent: (event) => {
      if (event.type === 'listening') resolve({ ...event, shortUrl: event.shortUrl ?? '' });
    },
    save: (tokens) => {
      saved.push(tokens);
      return Promise.resolve(ok(undefined));
    },
    ...more,
  });
  t.after(async () => {
    interrupt.abort();
    await result;
    await server.close();
  });
  const listening = await promise;
  const callbackUrl = async (): Promise<URL> => {
    const answer = await fetch(listening.url, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  };
  return {
    server,
    listening,
    result,
    saved,
    interrupt,
    callbackUrl,
    authorize: async () => fetch(await callbackUrl()),
  };
}

const canConnect = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

test('[cli 4] a login asks with PKCE and state, redeems once, saves, and then says so in the browser', async (t) => {
  const opened: string[] = [];
  const login = await start(
    t,
    { identify: () => Promise.resolve({ email: 'ari@demo.test' }) },
    {
      openBrowser: (url) => Promise.resolve(opened.push(url) > 0),
    },
  );
  const { searchParams } = new URL(login.listening.url);
  assert.deepEqual(opened, [login.listening.url]);
  assert.equal(searchParams.get('code_challenge_method'), 'S256');
  assert.match(searchParams.get('code_challenge') ?? '', /^[\w-]{43}$/);
  assert.match(searchParams.get('state') ?? '', /^[\w-]{43}$/);
  assert.match(searchParams.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  const page = await login.authorize();
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Signed in\. Go back to your terminal\./);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  const result = await login.result;
  assert.ok(result.ok);
  assert.deepEqual(login.saved, [result.value]);
  assert.equal(result.value.identity?.email, 'ari@demo.test');
  assert.equal(result.value.issuer, login.server.url);
  assert.equal(login.server.count('/oauth/token'), 1);
});

test('the short address leads to the long one', async (t) => {
  const { listening } = await start(t);
  assert.match(listening.shortUrl, /^http:\/\/127\.0\.0\.1:\d+\/\w{4}$/);
  const answer = await fetch(listening.shortUrl, { redirect: 'manual' });
  assert.deepEqual([answer.status, answer.headers.get('location')], [302, listening.url]);
});

test('[cli 4] strangers are answered and change nothing; the login still completes with one redemption', async (t) => {
  const store = Promise.withResolvers<Result<void>>();
  const login = await start(t, { save: () => store.promise });
  const callback = await login.callbackUrl();
  const with_ = (change: (url: URL) => void): string => {
    const url = new URL(callback);
    change(url);
    return url.href;
  };
  const { origin } = callback;
  for (const [expected, url, init] of [
    [404, `${origin}/favicon.ico`, {}],
    [404, `${origin}/`, {}],
    [
      204,
      callback.href,
      { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET', origin: 'https://x' } },
    ],
    [204, callback.href, { method: 'HEAD' }],
    [405, callback.href, { method: 'POST' }],
    [400, with_((each) => each.searchParams.set('state', 'wrong')), {}],
    [400, with_((each) => each.searchParams.delete('state')), {}],
    [400, with_((each) => each.searchParams.append('state', 'wrong')), {}],
    [400, `${origin}/callback?error=access_denied`, {}],
  ] as const) {
    const answer = await fetch(url, init);
    assert.equal(answer.status, expected, url);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  assert.equal(login.server.count('/oauth/token'), 0);
  const first = fetch(callback);
  await login.server.arrived('/oauth/token');
  // The tab is loaded again while the first visit is being worked on.
  for (const again of [await fetch(callback), await fetch(callback)]) {
    assert.equal(again.status, 200);
    assert.match(await again.text(), /being finished/);
  }
  store.resolve(ok(undefined));
  assert.match(await (await first).text(), /Signed in/);
  assert.ok((await login.result).ok);
  assert.equal(login.server.count('/oauth/token'), 1);
});

test('[cli 4] a page that points its own name at the port is refused', async (t) => {
  const { listening } = await start(t);
  const { port } = new URL(listening.shortUrl);
  const status = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('GET /callback HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    });
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString('utf8').split('\r\n')[0] ?? '');
      socket.destroy();
    });
  });
  assert.equal(status, 'HTTP/1.1 403 Forbidden');
});

test('[cli 4] it listens on both loopback families, and on neither once it has ended', async (t) => {
  const login = await start(t);
  const port = Number(new URL(login.listening.shortUrl).port);
  assert.ok(await canConnect('127.0.0.1', port));
  for (const address of otherAddresses()) assert.equal(await canConnect(address, port), false, address);
  if (await hasV6()) assert.ok(await canConnect('::1', port));
  login.interrupt.abort();
  const result = await login.result;
  assert.ok(!result.ok && result.failure.kind === 'cancelled');
  assert.equal(await canConnect('127.0.0.1', port), false);
  assert.equal(await canConnect('::1', port), false);
});

/** Where a neighbour on the network would knock. */
function otherAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address);
}

test('[cli 4] whatever is thrown at the port while it waits, the login still completes, with one redemption', async (t) => {
  const login = await start(t);
  const callback = await login.callbackUrl();
  const { port } = callback;
  const target = callback.pathname + callback.search;
  const host = `Host: 127.0.0.1:${port}`;
  const cases = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string().map((text) => `GET /${text} HTTP/1.1\r\n${host}\r\n\r\n`),
    fc
      .constantFrom('HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE', 'BREW')
      .map((method) => `${method} ${target} HTTP/1.1\r\n${host}\r\n\r\n`),
    fc.constantFrom(
      `GET ${target} HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
      `GET ${target} HTTP/1.1\r\n\r\n`,
      `GET http://evil.example${target} HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
      `GET ${callback.pathname}?code=x&state=x HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET ${target}&state=x HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET //evil.example HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET /callback HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      `POST /callback HTTP/1.1\r\n${host}\r\nContent-Length: 9999\r\n\r\nhalf`,
      '',
    ),
  );
  await fc.assert(
    fc.asyncProperty(cases, (bytes) => knock(Number(port), bytes)),
    { numRuns: 150 },
  );
  assert.equal(login.server.count('/oauth/token'), 0);
  assert.match(await (await fetch(callback)).text(), /Signed in\./);
  assert.ok((await login.result).ok);
  assert.equal(login.server.count('/oauth/token'), 1);
});

/** Says it, hears what there is to hear, and hangs up. */
function knock(port: number, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', () => undefined);
    socket.once('error', () => undefined);
    socket.once('close', () => resolve());
    socket.setTimeout(2000, () => socket.destroy());
  });
}

async function hasV6(): Promise<boolean> {
  const { createServer } = await import('node:net');
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, '::1', () => server.close(() => resolve(true)));
  });
}

test('[cli 4] the success page waits for the store: when saving fails the page says the reason and the command', async (t) => {
  const login = await start(t, { save: () => Promise.resolve(fail('storage', 'the disk is full')) });
  const page = await login.authorize();
  assert.equal(page.status, 400);
  const text = await page.text();
  assert.match(text, /Not signed in/);
  assert.match(text, /The disk is full\. Nothing was saved\./);
  assert.match(text, /test-cli login/);
  const result = await login.result;
  assert.ok(!result.ok && result.failure.kind === 'storage');
});

test('[cli 4] Cancel in the browser is said as such, in both places', async (t) => {
  const login = await start(t);
  login.server.consent = 'cancel';
  assert.match(await (await login.authorize()).text(), /Cancel was pressed/);
  const result = await login.result;
  assert.ok(!result.ok);
  assert.deepEqual([result.failure.kind, result.failure.code], ['denied', 'access_denied']);
  assert.equal(login.server.count('/oauth/token'), 0);
});

test('an answer of another server is not redeemed (RFC 9207) [security 8]', async (t) => {
  const login = await start(t);
  login.server.settings.iss = 'https://attacker.example';
  assert.equal((await login.authorize()).status, 400);
  const result = await login.result;
  assert.ok(!result.ok && result.failure.kind === 'rejected');
  assert.equal(login.server.count('/oauth/token'), 0);
  assert.deepEqual(login.saved, []);
});

test('what a server says is shown as text, never as markup', async (t) => {
  const login = await start(t);
  login.server.fault('/oauth/token', {
    status: 400,
    body: JSON.stringify({
      error: 'invalid_grant',
      error_description: '<script>alert(1)</script>\u001b[31m',
    }),
  });
  const text = await (await login.authorize()).text();
  assert.ok(!text.includes('<script') && !text.includes('\u001b'));
  assert.match(text, /&#60;script/);
  const result = await login.result;
  assert.ok(!result.ok && !result.failure.reason.includes('\u001b'));
});

test('[cli 13] when nobody comes, the login ends by the monotonic clock', async (t) => {
  const login = await start(t, { timeoutMs: 60 });
  const result = await login.result;
  assert.ok(!result.ok && result.failure.kind === 'expired');
  assert.match(result.failure.reason, /nobody authorized/);
});

test('a server without metadata is used at its documented paths; one with another name is refused', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const options = {
    baseUrl: server.url,
    clientId: 'c',
    loginCommand: 'login',
    save: () => Promise.resolve(ok(undefined)),
  };
  const interrupt = new AbortController();
  const io = nodeIo({ signal: interrupt.signal, openBrowser: () => Promise.resolve(false) });
  const path = '/.well-known/oauth-authorization-server';
  server.fault(path, { status: 404, body: 'none' });
  const { promise, resolve } = Promise.withResolvers<string>();
  const running = loginWithBrowser({
    ...options,
    io,
    onEvent: (event) => event.type === 'listening' && resolve(event.url),
  });
  assert.ok((await promise).startsWith(`${server.url}/oauth/authorize?`));
  interrupt.abort();
  await running;
  server.fault(path, { body: JSON.stringify({ issuer: 'https://other.example' }) });
  const refused = await loginWithBrowser({
    ...options,
    io: nodeIo({ signal: new AbortController().signal }),
  });
  assert.ok(!refused.ok && refused.failure.kind === 'configuration');
  assert.match(refused.failure.reason, /calls itself https:\/\/other\.example/);
});
