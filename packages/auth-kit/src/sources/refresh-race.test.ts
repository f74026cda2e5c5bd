// Behaviour 2 of cli.md: a session is never lost to a race, between real processes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { nodeIo } from '../io.ts';
import { browserPkce } from './browser-pkce.ts';
import { readTokenCache, writeTokenCache } from '../store/token-cache.ts';
import { keychainStore } from '../store/keychain-store.ts';
import { fakeIo } from '../testing/fake-io.ts';
import { fakeKeychain } from '../testing/fake-keychain.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';

/** One file of plain JavaScript: a hundred processes would spend their time on stripping types. */
async function bundle(t: TestContext): Promise<string> {
  const input = fileURLToPath(new URL('../testing/resolve-once.ts', import.meta.url));
  const file = join(await temporaryHome(t), 'resolve-once.mjs');
  await build({ input, platform: 'node', output: { format: 'esm', file, codeSplitting: false } });
  return file;
}

async function startResolving(
  script: string,
  cachePath: string,
  server: FakeServer,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const args = [script, cachePath, server.url];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  await once(child.stdout, 'data');
  return child;
}

/** All at once, when all are ready. */
async function race(starting: readonly ReturnType<typeof startResolving>[]): Promise<readonly string[]> {
  const children = await Promise.all(starting);
  const outputs = children.map(async (child) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    await once(child, 'close');
    return text.trim();
  });
  for (const child of children) child.stdin.end('go\n');
  return await Promise.all(outputs);
}

function expired(server: FakeServer): TokenSet {
  const { access_token: accessToken, refresh_token: refreshToken } = server.issue();
  server.live.delete(accessToken);
  const obtainedAt = Date.now() - 7_200_000;
  return { accessToken, refreshToken, obtainedAt, expiresAt: obtainedAt + 3_600_000, issuer: server.url };
}

for (const processes of [20, 100]) {
  test(`[cli 2] ${processes} processes with an expired token make exactly one refresh, and all get its token [security 23]`, async (t) => {
    const server = await startFakeServer();
    t.after(() => server.close());
    server.fault('/oauth/token', { delayMs: 300 });
    const cachePath = join(await temporaryHome(t), 'tokens', 'cache.json');
    await writeTokenCache(cachePath, expired(server));
    const script = await bundle(t);
    const outputs = await race(
      Array.from({ length: processes }, () => startResolving(script, cachePath, server)),
    );
    assert.equal(server.count('/oauth/token'), 1);
    assert.deepEqual([...new Set(outputs)], [`usable ${[...server.live].join()}`]);
    assert.deepEqual(await readdir(join(cachePath, '..')), ['cache.json']);
  });
}

test('[cli 2] one keychain and two XDG directories: still one refresh', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const keychain = await fakeKeychain(t);
  const home = await temporaryHome(t);
  const environment = (xdg: string): NodeJS.ProcessEnv => ({
    ...keychain.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, xdg),
    XDG_STATE_HOME: join(home, xdg),
    XDG_CACHE_HOME: join(home, xdg),
    KEYCHAIN: 'browser',
  });
  const store = keychainStore({ service: 'test-cli', account: 'browser', timeoutMs: 60_000 });
  const saved = await store.write(expired(server), { io: fakeIo({ env: keychain.env }) });
  assert.ok(saved.ok);
  const script = await bundle(t);
  const outputs = await race(
    ['one', 'two', 'one', 'two', 'one', 'two'].map((xdg) =>
      startResolving(script, join(home, xdg, 'cache.json'), server, environment(xdg)),
    ),
  );
  assert.equal(server.count('/oauth/token'), 1);
  assert.deepEqual([...new Set(outputs)], [`usable ${[...server.live].join()}`]);
});

test('[cli 2] a process killed while it refreshes does not hold up the next one', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const cachePath = join(await temporaryHome(t), 'tokens', 'cache.json');
  await writeTokenCache(cachePath, expired(server));
  // The first never gets its answer, and the server never came to rotate.
  server.fault('/oauth/token', { delayMs: 60_000, status: 503, times: 1 });
  const first = await startResolving(await bundle(t), cachePath, server);
  first.stdin.end('go\n');
  while (server.count('/oauth/token') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const source = browserPkce({ cachePath, baseUrl: server.url, clientId: 'test-cli', loginCommand: 'login' });
  const real = nodeIo({ signal: new AbortController().signal });
  let waitedMs = 0;
  const waits = Promise.withResolvers<undefined>();
  const sleep: typeof real.sleep = async (ms, signal) => {
    waitedMs += ms;
    if (waitedMs > 300) waits.resolve(undefined);
    await real.sleep(ms, signal);
  };
  const answer = source.resolve({ io: { ...real, sleep }, notice: () => undefined });
  await waits.promise;
  assert.equal(server.count('/oauth/token'), 1, 'while the holder lives, it is waited for');
  waitedMs = 0;
  first.kill('SIGKILL');
  assert.equal((await answer).state, 'usable');
  assert.ok(waitedMs < 1000, `waited ${waitedMs} ms`);
  assert.equal(server.count('/oauth/token'), 2);
  assert.match((await readTokenCache(cachePath))?.accessToken ?? '', /^lk_at_/);
});
