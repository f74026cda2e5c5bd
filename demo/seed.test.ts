import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openBrowser, type Browser } from '../packages/server/src/portal/routes/testing/browser.ts';
import { startDemo } from './start.ts';

const dataFolder = await mkdtemp(join(tmpdir(), 'latchkey-seed-'));
after(() => rm(dataFolder, { recursive: true, force: true }));
const demo = await startDemo({ dataFolder, port: 0 });
after(demo.close);

const browserOf = async (role: string): Promise<Browser> => {
  const person = demo.file.people.find((one) => one.role === role) ?? assert.fail(role);
  const browser = openBrowser(demo.issuer);
  const form = await browser.get('/sign-in');
  const { email, password } = person;
  assert.equal((await browser.submit(form, '/sign-in', { email, password })).status, 303);
  return browser;
};

const rowsOf = (body: string): readonly string[] => body.match(/<tr[^]*?<\/tr>/g) ?? [];

test('Vera has an app in each state of its road, each with a logo that is served', async () => {
  const vera = await browserOf('vendor');
  const dashboard = await vera.get('/developer/authorizations');
  for (const [name, status] of [
    ['Pipeline Sync', 'Production'],
    ['Open House', 'Development'],
    ['Lead Digest', 'Under Review'],
    ['Call Notes', 'Declined'],
  ] as const) {
    const row = rowsOf(dashboard.body).find((one) => one.includes(name)) ?? assert.fail(name);
    assert.ok(row.includes(status), `${name} is not ${status}`);
    const logo = /src="(\/logos\/[0-9a-f]{64})"/.exec(row)?.[1] ?? assert.fail(`${name} has no logo`);
    assert.equal((await vera.get(logo)).headers['content-type'], 'image/png');
  }
  assert.equal(demo.file.apps[0]?.name, 'Pipeline Sync', 'programs take the first');
});

test('the app in development lacks nothing for a review, and the declined one says what to put right', async () => {
  const vera = await browserOf('vendor');
  const dashboard = await vera.get('/developer/authorizations');
  const reviewOf = async (name: string): Promise<string> => {
    const row = rowsOf(dashboard.body).find((one) => one.includes(name)) ?? '';
    const url = /href="(\/developer\/apps\/[^"/]+)"/.exec(row)?.[1] ?? assert.fail(name);
    return (await vera.get(`${url}/review`)).body;
  };
  const openHouse = await reviewOf('Open House');
  assert.doesNotMatch(openHouse, /<li class="missing"/);
  assert.match(openHouse, /Submit for review/);
  assert.match(await reviewOf('Call Notes'), /Leave out webhooks\.create/);
});

test('one app waits in Rory’s queue', async () => {
  const rory = await browserOf('reviewer');
  const queue = await rory.get('/review');
  assert.match(queue.body, /Lead Digest/);
  assert.doesNotMatch(queue.body, /Call Notes/);
});
