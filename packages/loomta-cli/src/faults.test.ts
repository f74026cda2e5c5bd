// What loomta says when its server misbehaves: exit 1 as documented, one JSON line with a code, no data, and a saved key
// that is byte for byte as it was.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fakeIo } from '../../auth-kit/src/testing/fake-io.ts';
import type { FakeIo } from '../../auth-kit/src/testing/fake-io.ts';
import { startFakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import type { FakeServer } from '../../auth-kit/src/testing/fake-server.ts';
import { outages } from '../../auth-kit/src/testing/fault-outages.ts';
import { temporaryHome } from '../../auth-kit/src/testing/temporary-home.ts';
import { run } from './run.ts';

type Setup = {
  readonly server: FakeServer;
  readonly path: string;
  readonly loomta: (...argv: string[]) => Promise<{ readonly code: number; readonly io: FakeIo }>;
};

const key = 'loomta_sk_canary0000000001';

async function signedIn(t: TestContext): Promise<Setup> {
  const server = await startFakeServer();
  t.after(() => server.close());
  const home = await temporaryHome(t);
  const loomta: Setup['loomta'] = async (...argv) => {
    const env = { LOOMTA_API_URL: server.url, LANG: 'C.UTF-8' };
    const io = fakeIo({ env, homedir: () => home, readStdin: () => Promise.resolve(key) });
    return { code: await run(argv, io), io };
  };
  server.live.add(key);
  const login = await loomta('auth:login', '--api-key', '-');
  assert.equal(login.code, 0, login.io.err());
  return { server, path: join(home, '.loomta', 'credentials.json'), loomta };
}

for (const { name, fault } of outages) {
  test(`[cli 3] loomta, ${name}: exit 1, a JSON line with code and next step, and the key stays`, async (t) => {
    const { server, path, loomta } = await signedIn(t);
    const before = await readFile(path);
    server.fault('/public/v1/platforms', fault);
    for (const command of ['platforms:list', 'auth:status']) {
      const { code, io } = await loomta(command);
      assert.deepEqual([code, io.out()], [1, '']);
      const last = JSON.parse(io.err().trimEnd().split('\n').at(-1) ?? '') as {
        readonly error: { readonly code: string; readonly message: string };
      };
      assert.match(last.error.code, /^(?:network_error|server_error)$/);
      assert.match(last.error.message, / Next: .*(?:check|try again)/);
      assert.doesNotMatch(io.err(), /loomta_sk_|<html/);
      assert.deepEqual(io.slept, [], 'a minute is not waited');
    }
    assert.deepEqual(await readFile(path), before);
    server.fault('/public/v1/platforms', undefined);
    assert.equal((await loomta('platforms:list')).code, 0);
  });
}

test('[cli 3] loomta waits as long as the server asks, in seconds or until a date', async (t) => {
  const { server, loomta } = await signedIn(t);
  const busy = { status: 503, body: '{}', times: 1 };
  server.fault('/public/v1/platforms', { ...busy, headers: { 'retry-after': '3' } });
  const seconds = await loomta('platforms:list');
  assert.deepEqual([seconds.code, seconds.io.slept], [0, [3000]]);
  const until = new Date(Date.now() + 4000).toUTCString();
  server.fault('/public/v1/platforms', { ...busy, headers: { 'retry-after': until } });
  const date = await loomta('platforms:list');
  const [waited = 0] = date.io.slept;
  assert.ok(date.code === 0 && waited >= 1000 && waited <= 5000, `${waited} ms`);
});
