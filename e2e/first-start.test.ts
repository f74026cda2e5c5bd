// The first `npm start` on a fresh copy of this checkout, in a folder with a blank in its name: killed half way, run
// again, then without a network; and what it says where npm reaches no registry.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const notChecked = new Set(['node_modules', 'dist', '.git', '.cache', '.latchkey-demo']);

const freshCopy = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey first start '));
  after(() => rm(folder, { recursive: true, force: true }));
  await cp(root, folder, { recursive: true, filter: (path) => !notChecked.has(basename(path)) });
  return folder;
};

const start = (folder: string, env: NodeJS.ProcessEnv = {}) =>
  npm(folder, ['start', '--', '--port', '0'], env);

const running = /Loopback only, invented people/;
/** Nobody listens there. */
const noRegistry = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };

test(
  'a first start that is killed half way begins anew, says what it does all the time, and later starts need no network',
  { timeout: 330_000 },
  async () => {
    const folder = await freshCopy();
    const killed = start(folder);
    await killed.prints(/First start: installing Node 26 and packages, about a minute, once\./);
    await killed.prints(/Packages: [1-9]\d* of \d+/);
    killed.killAll();
    await killed.ended;

    const whole = start(folder);
    await whole.prints(running);
    assert.match(whole.printed(), /First start: installing Node 26 and packages, about a minute, once\./);
    // A line each 2.5 s; the rest is what a busy machine may add.
    assert.ok(whole.silences() < 8_000, `silent for ${Math.round(whole.silences())} ms`);
    whole.signal('SIGTERM');
    assert.equal(await whole.ended, 0);

    const offline = start(folder, { ...noRegistry, npm_config_offline: 'true' });
    await offline.prints(running);
    assert.doesNotMatch(offline.printed(), /installing/);
    assert.match(offline.printed(), /Found your demo data from/);
    offline.signal('SIGTERM');
    assert.equal(await offline.ended, 0);
  },
);

test(
  'where npm reaches no registry, one line says so, and nothing is started',
  { timeout: 120_000 },
  async () => {
    const folder = await freshCopy();
    const cache = await mkdtemp(join(tmpdir(), 'latchkey-e2e-cache-'));
    after(() => rm(cache, { recursive: true, force: true }));
    const first = start(folder, { ...noRegistry, npm_config_cache: cache });
    assert.equal(await first.ended, 1);
    assert.match(
      first.printed(),
      /^npm could not reach its registry\. Check the network or proxy \(\w+\), then run npm start again\. Nothing was started\.$/m,
    );
    assert.doesNotMatch(first.printed(), /^ {4}at /m);
  },
);
