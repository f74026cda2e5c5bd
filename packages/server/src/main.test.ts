// `latchkey start` as a process: what it shows on the console while there is no operator.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './portal/routes/testing/browser.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const OPENAPI = fileURLToPath(new URL('../../../demo/openapi.yaml', import.meta.url));

let folder: string;
const running = new Set<ChildProcess>();
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-start-'));
  const config = {
    issuer: 'http://localhost:4999',
    listen: { hosts: ['127.0.0.1'], port: 0 },
    data: join(folder, 'data'),
    brand: { name: 'Test CRM', support: 'support@crm.test' },
    staff_second_factor: false,
    upstream: 'http://127.0.0.1:9',
    openapi: OPENAPI,
    gateway: { shared_origin: true },
  };
  // JSON is YAML.
  await writeFile(join(folder, 'latchkey.yaml'), JSON.stringify(config));
});
after(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

type Started = {
  readonly url: string;
  readonly out: () => string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

const start = async (): Promise<Started> => {
  const child = spawn(
    process.execPath,
    ['--conditions=@latchkey/source', MAIN, 'start', '--config', join(folder, 'latchkey.yaml')],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  let [out, log] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const port = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const found = /"port":\s*(\d+)/.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`did not start: ${log}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    out: () => out,
    log: () => log,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      running.delete(child);
    },
  };
};

const linkIn = (out: string): string => /\/operate\/claim\/lk_claim_[\w-]+/.exec(out)?.[0] ?? '';

it('shows a link once at each start until somebody is the operator by it, on the console and in no log [security 67]', async () => {
  const first = await start();
  const old = linkIn(first.out());
  assert.equal((await openBrowser(first.url).get(old)).status, 200);
  assert.equal(first.out().split('lk_claim_').length, 2);
  assert.doesNotMatch(first.log(), /lk_claim_[\w-]{8}/);
  await first.stop();

  const second = await start();
  const link = linkIn(second.out());
  assert.notEqual(link, old);
  const browser = openBrowser(second.url);
  assert.equal((await browser.get(old)).status, 404, 'overtaken');
  const fields = { fullName: 'Olive Tan', email: 'olive@crm.test', password: 'ample violet crane 41' };
  assert.equal((await browser.submit(await browser.get(link), link, fields)).location, '/operate');
  assert.equal((await browser.get('/operate/people')).status, 200);
  await second.stop();
  assert.doesNotMatch(second.log(), /lk_claim_[\w-]{8}|ample violet/);

  const third = await start();
  assert.equal(third.out(), '');
  await third.stop();
});
