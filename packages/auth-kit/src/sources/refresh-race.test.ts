// Behaviour 2 of cli.md: a session is never lost to a race, between real processes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeIo } from '../io.ts';
import { browserPkce } from './browser-pkce.ts';
import { readTokenCache, writeTokenCache } from '../store/token-cache.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import { temporaryHome } from '../testing/temporary-home.ts';

const script = fileURLToPath(new URL('../testing/resolve-once.ts', import.meta.url));

function startResolving(cachePath: string, server: FakeServer): ChildProcess {
  const args = ['--conditions=@latchkey/source', script, cachePath, server.url];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  await once(child, 'close');
  return text.trim();
}

async function saveExpired(cachePath: string, server: FakeServer): Promise<void> {
  const { access_token: accessToken, refresh_token: refreshToken } = server.issue();
  server.live.delete(accessToken);
  const obtainedAt = Date.now() - 7_200_000;
  await writeTokenCache(cachePath, {
    accessToken,
    refreshToken,
    obtainedAt,
    expiresAt: obtainedAt + 3_600_000,
    issuer: server.url,
  });
}

test('20 processes with an expired token make exactly one refresh, and all get its token [security 23]', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  server.fault('/oauth/token', { delayMs: 300 });
  const cachePath = join(await temporaryHome(t), 'tokens', 'cache.json');
  await saveExpired(cachePath, server);
  const outputs = await Promise.all(
    Array.from({ length: 20 }, () => outputOf(startResolving(cachePath, server))),
  );
  assert.equal(server.count('/oauth/token'), 1);
  assert.deepEqual([...new Set(outputs)], [`usable ${[...server.live].join()}`]);
  assert.deepEqual(await readdir(join(cachePath, '..')), ['cache.json']);
});

test('a process killed while it refreshes does not hold up the next one', async (t) => {
  const server = await startFakeServer();
  t.after(() => server.close());
  const cachePath = join(await temporaryHome(t), 'tokens', 'cache.json');
  await saveExpired(cachePath, server);
  // The first never gets its answer, and the server never came to rotate.
  server.fault('/oauth/token', { delayMs: 60_000, status: 503, times: 1 });
  const first = startResolving(cachePath, server);
  while (server.count('/oauth/token') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const source = browserPkce({ cachePath, baseUrl: server.url, clientId: 'test-cli', loginCommand: 'login' });
  const answer = source.resolve({
    io: nodeIo({ signal: new AbortController().signal }),
    notice: () => undefined,
  });
  // Several rounds of its waiting at the lock.
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(server.count('/oauth/token'), 1);
  first.kill('SIGKILL');
  const killedAt = performance.now();
  assert.equal((await answer).state, 'usable');
  assert.ok(performance.now() - killedAt < 1000);
  assert.equal(server.count('/oauth/token'), 2);
  assert.match((await readTokenCache(cachePath))?.accessToken ?? '', /^lk_at_/);
});
