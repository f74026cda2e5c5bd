// An app's traffic as its team sees it, from what the gateway and the token endpoint told the recorder.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import { MINUTE_MS } from '../../domain/usage/usage.ts';
import { REFUSAL_REASONS } from '../../gateway/refusals.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { reasonText } from '../words/usage.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const NEW = '/developer/apps/new';

describe('an app’s usage and requests', () => {
  let portal: TestPortal;
  let vera: Person;
  let browser: Browser;
  let app: App;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
    const hidden = formsOf((await browser.get(NEW)).body).find(({ action }) => action === NEW)?.hidden;
    const fields = { name: 'Pipeline Sync', kind: 'public', redirectUri: 'https://a.example/cb' };
    await browser.post(NEW, { ...hidden, ...fields });
    const [made] = await portal.domain.stores.apps.listOf(vendor.id);
    assert.ok(made);
    app = made;
  });

  const call = (status: number, reason: string, more: Partial<{ atMs: number; requestId: string }> = {}) =>
    portal.domain.usage.request({
      appId: app.id,
      atMs: portal.domain.now(),
      method: 'GET',
      path: '/v1.0/leads/9007199254740993',
      what: 'leads.list',
      status,
      reason,
      requestId: 'request-1',
      durationMs: 7,
      ...more,
    });
  const tab = (name: string): Promise<Shown> => browser.get(`/developer/apps/${app.publicId}/${name}`);
  const rowsOf = ({ body }: Shown): number => body.split('scope="row"').length - 1;

  it('says that nothing happened while nothing did', async () => {
    const usage = await tab('usage');
    assert.equal(usage.status, 200);
    assert.match(usage.body, /No requests in this hour/);
    assert.doesNotMatch(usage.body, /<svg\s+class="chart"/);
    assert.match((await tab('requests')).body, /No requests yet/);
    assert.match((await tab('requests?show=refused')).body, /Nothing refused/);
  });

  it('draws the last hour by answer against the limit, and says the peak', async () => {
    const now = portal.domain.now();
    for (let i = 0; i < 5; i += 1) call(200, 'ok');
    call(429, 'too-many-requests');
    call(403, 'not-permitted', { atMs: now - 3 * MINUTE_MS });
    call(200, 'ok', { atMs: now - 61 * MINUTE_MS });
    portal.domain.usage.token(app.id, 'refresh_token', 200, now);
    portal.domain.usage.token(app.id, 'refresh_token', 400, now);
    await portal.domain.usage.flush();
    const { body } = await tab('usage');
    const time = new Date(now).toISOString().slice(11, 16);
    assert.ok(
      body.includes(`<title id="minutes-finding">Last hour, per minute: Peak 6 of 100 at ${time}</title>`),
    );
    assert.match(body, /100\/min/);
    assert.match(body, /GET \/v1\.0\/leads/);
    assert.match(
      body,
      /refresh_token<\/code>\s*<\/th>\s*<td class="numbers"\s*>1<\/td>\s*<td class="numbers"\s*>1</,
    );
    assert.doesNotMatch(body, /style=/);
  });

  it('lists requests newest first with reason and request id, filters the refused, and pages', async () => {
    const now = portal.domain.now();
    for (let i = 0; i < 60; i += 1)
      call(i % 2 === 0 ? 200 : 403, i % 2 === 0 ? 'ok' : 'not-permitted', {
        atMs: now + i,
        requestId: `id-${i}.`,
      });
    await portal.domain.usage.flush();
    const first = await tab('requests');
    assert.equal(rowsOf(first), 50);
    assert.ok(first.body.indexOf('id-59.') < first.body.indexOf('id-58.'));
    assert.match(first.body, /The permission for this endpoint was not granted/);
    const next = /href="([^"]+)"[^>]*>Next page/.exec(first.body.replaceAll('\n', ' '))?.[1] ?? '';
    const second = await browser.get(next.replaceAll('&amp;', '&'));
    assert.equal(rowsOf(second), 10);
    assert.ok(second.body.includes('id-0.') && !second.body.includes('id-10.'));
    const refused = await tab('requests?show=refused');
    assert.equal(rowsOf(refused), 30);
    assert.ok(!refused.body.includes('id-58.'));
  });

  it('shows the last five refused requests and the busiest minute on the first page', async () => {
    for (let i = 0; i < 7; i += 1) call(403, 'not-permitted', { requestId: `refused-${i}.` });
    await portal.domain.usage.flush();
    const { body } = await browser.get(`/developer/apps/${app.publicId}`);
    assert.match(body, /7 of 100/);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].filter((i) => body.includes(`refused-${i}.`)),
      [2, 3, 4, 5, 6],
    );
  });

  it('is the team’s alone: others get the 404 of an unknown app [security 15]', async () => {
    call(200, 'ok');
    await portal.domain.usage.flush();
    const other = await portal.makePerson();
    await portal.makeVendor(other);
    const theirs = await portal.signedIn(other);
    for (const name of ['usage', 'requests']) {
      assert.equal((await theirs.get(`/developer/apps/${app.publicId}/${name}`)).status, 404);
      assert.equal((await theirs.get(`/developer/apps/app_unknown/${name}`)).status, 404);
    }
  });

  it('answers a cursor of no sense with 404, and an unknown filter with everything', async () => {
    for (const after of ['x', '-1', '1e3', '9'.repeat(40)])
      assert.equal((await tab(`requests?after=${after}`)).status, 404, after);
    assert.equal((await tab('requests?show=constructor')).status, 200);
  });

  it('escapes what was asked for', async () => {
    portal.domain.usage.request({
      appId: app.id,
      atMs: portal.domain.now(),
      method: 'GET',
      path: '/<script>alert(1)</script>',
      what: 'unknown',
      status: 404,
      reason: 'unknown-path',
      requestId: 'r',
      durationMs: 1,
    });
    await portal.domain.usage.flush();
    assert.doesNotMatch((await tab('requests')).body, /<script>alert/);
  });
});

describe('reasons', () => {
  it('every refusal of the gateway has words; an unknown one shows itself', () => {
    for (const reason of REFUSAL_REASONS) assert.notEqual(reasonText(reason), reason);
    assert.equal(reasonText('constructor'), 'constructor');
  });
});
