import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { matchesHash } from '../../secrets/record-secret.ts';
import type { App } from '../../domain/apps/app.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const NEW = '/developer/apps/new';
const DASHBOARD = '/developer/authorizations';
const SECRET = /lk_secret_[\w-]{48}/;

const whole = {
  name: 'Pipeline Sync',
  website: 'https://pipelinesync.example',
  description: 'Copies leads.',
  kind: 'confidential',
  contactName: 'Vera Lindqvist',
  contactEmail: 'vera@vendor.test',
  contactPhone: '+1 555 010 0123',
};

describe('a vendor’s apps', () => {
  let portal: TestPortal;
  let vera: Person;
  let vendor: Vendor;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    vera = await portal.makePerson();
    vendor = await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
  });

  const send = async (addresses: readonly string[], fields: Record<string, string> = {}): Promise<Shown> => {
    const page = await browser.get(NEW);
    const hidden = formsOf(page.body).find((form) => form.action === NEW)?.hidden;
    const body = new URLSearchParams({ ...whole, ...hidden, ...fields });
    for (const address of addresses) body.append('redirectUri', address);
    return browser.send('POST', NEW, body.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  };
  const onlyApp = async (): Promise<App> => {
    const apps = await portal.domain.stores.apps.listOf(vendor.id);
    assert.equal(apps.length, 1);
    const [app] = apps;
    assert.ok(app);
    return app;
  };
  const register = async (fields: Record<string, string> = {}): Promise<App> => {
    assert.equal((await send(['https://pipelinesync.example/cb'], fields)).status, 200);
    return onlyApp();
  };

  it('the documented address leads to the dashboard, which teaches the first steps', async () => {
    assert.equal((await browser.get('/vendor/frontend/static/index.html')).location, DASHBOARD);
    const page = await browser.get(DASHBOARD);
    assert.equal(page.status, 200);
    assert.match(page.body, /Register your first app/);
  });

  it('registers all fields of document 003, in development mode, and shows the secret once', async () => {
    const page = await send(['https://pipelinesync.example/cb', 'https://pipelinesync.example/other']);
    assert.equal(page.status, 200);
    const secret = SECRET.exec(page.body)?.[0] ?? '';
    const app = await onlyApp();
    const { kind: _kind, ...fields } = whole;
    assert.deepEqual({ ...app, ...fields }, app);
    assert.equal(app.status, 'development');
    assert.deepEqual(app.redirectUris, [
      'https://pipelinesync.example/cb',
      'https://pipelinesync.example/other',
    ]);
    const [row] = await portal.domain.stores.apps.secretsOf(app.id, portal.domain.now());
    assert.ok(row && matchesHash(secret, row.hash));
    for (const url of [
      DASHBOARD,
      `/developer/apps/${app.publicId}`,
      `/developer/apps/${app.publicId}/credentials`,
    ]) {
      const later = await browser.get(url);
      assert.equal(later.status, 200);
      assert.doesNotMatch(later.body, SECRET);
      assert.ok(later.body.includes(app.clientId));
    }
  });

  it('gives a public app no secret', async () => {
    const page = await send(['com.example.app:/callback'], { kind: 'public' });
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.body, SECRET);
    const app = await onlyApp();
    assert.deepEqual(await portal.domain.stores.apps.secretsOf(app.id, portal.domain.now()), []);
  });

  it('refuses addresses that could leak a code, each with its reason [security 3, 4]', async () => {
    for (const [address, words] of [
      ['http://pipelinesync.example/cb', /Use https\. Plain http works only for localhost\./],
      ['https://pipelinesync.example/cb#x', /Remove everything from # on\./],
      ['https://*.pipelinesync.example/cb', /Wildcards are not allowed; add each address\./],
      ['https://pipelinesync.example/cb?code=1', /are ours; remove them from the address\./],
      ['https://me:pw@pipelinesync.example/cb', /Remove name and password\./],
      ['javascript:alert(1)', /Use https, or your own scheme with a dot/],
      ['not an address', /Enter a whole address/],
    ] as const) {
      const page = await send(['https://pipelinesync.example/good', address]);
      assert.equal(page.status, 400, address);
      assert.match(page.body, words, address);
      assert.match(page.body, /href="#redirect-uri-2"/, 'at its own field');
    }
    assert.deepEqual(await portal.domain.stores.apps.listOf(vendor.id), []);
  });

  it('names every problem at once and keeps what was typed', async () => {
    const page = await send([], {
      name: '',
      kind: '',
      website: 'nowhere',
      contactEmail: 'nobody',
      contactPhone: 'call me',
      description: 'kept <b>',
    });
    assert.equal(page.status, 400);
    for (const words of [
      /Enter the name that people will see\./,
      /Choose where the app runs\./,
      /Enter at least one address\./,
      /Enter an address such as https/,
      /Enter an e-mail address such as/,
      /Enter a phone number/,
      /kept &lt;b&gt;/,
    ])
      assert.match(page.body, words);
  });

  it('adds one more address to the form without registering', async () => {
    const page = await send(['https://pipelinesync.example/cb'], { intent: 'add-address', name: '' });
    assert.equal(page.status, 200);
    assert.match(page.body, /id="redirect-uri-2"/);
    assert.deepEqual(await portal.domain.stores.apps.listOf(vendor.id), []);
  });

  it('saves permissions at once in development, and not over somebody else’s change', async () => {
    const app = await register();
    const url = `/developer/apps/${app.publicId}/permissions`;
    const [first, second] = portal.domain.permissions.map(({ id }) => id);
    const stale = await browser.get(url);
    const hidden = formsOf(stale.body).find((form) => form.action === url)?.hidden ?? {};
    const body = `${new URLSearchParams(hidden).toString()}&permission=${first}&permission=${second}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const saved = await browser.send('POST', url, body, type);
    assert.equal(saved.status, 303);
    const set = await portal.domain.stores.permissionSets.find((await onlyApp()).permissionSetId);
    assert.deepEqual(new Set(set?.permissions), new Set([first, second]));
    const late = await browser.send('POST', url, body, type);
    assert.equal(late.status, 409);
    assert.match(late.body, /Somebody changed this app since you opened the page/);
  });

  it('makes an update of what is chosen for a production app, and refuses a form of before', async () => {
    const app = await register();
    const url = `/developer/apps/${app.publicId}/permissions`;
    const page = await browser.get(url);
    const live = { ...app, status: 'production', version: 2 } as const;
    const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: 0 } as const;
    assert.ok(await portal.domain.stores.apps.replace(live, 1, trace));
    assert.equal((await browser.submit(page, url)).status, 409);
    const [first = ''] = portal.domain.permissions.map(({ id }) => id);
    const saved = await browser.submit(await browser.get(url), url, { permission: first });
    assert.equal(saved.location, `/developer/apps/${app.publicId}/edit`);
    const now = await onlyApp();
    assert.equal(now.permissionSetId, app.permissionSetId, 'the live app stays as it is');
    const edit = await portal.domain.stores.reviews.openOf(app.id);
    const chosen = await portal.domain.stores.permissionSets.find(edit?.permissionSetId ?? 0);
    assert.deepEqual(chosen?.permissions, [first]);
  });

  it('rolls the secret after step-up: the new one shown once, the old one ends when chosen', async () => {
    const app = await register();
    const url = `/developer/apps/${app.publicId}/credentials`;
    portal.pass(600_000);
    const stale = await browser.get(url);
    assert.match((await browser.submit(stale, url, { oldEnds: 'day' })).location, /^\/step-up/);
    browser = await portal.signedIn(vera);
    const page = await browser.get(url);
    assert.equal((await browser.submit(page, url)).status, 400);
    const rolled = await browser.submit(page, url, { oldEnds: 'day' });
    assert.equal(rolled.status, 200);
    assert.match(rolled.body, SECRET);
    const nowMs = portal.domain.now();
    const secrets = await portal.domain.stores.apps.secretsOf(app.id, nowMs);
    assert.deepEqual(
      secrets.map(({ endsAtMs }) => endsAtMs),
      [undefined, nowMs + 86_400_000],
    );
    const third = await browser.submit(page, url, { oldEnds: 'week' });
    assert.equal(third.status, 409);
    assert.match(third.body, /Two secrets are live already/);
    assert.equal((await browser.submit(page, url, { oldEnds: 'now' })).status, 200);
    assert.equal((await portal.domain.stores.apps.secretsOf(app.id, nowMs)).length, 1);
  });

  it('says of each secret when it was last used, and from where', async () => {
    const app = await register();
    const url = `/developer/apps/${app.publicId}/credentials`;
    const [secret] = await portal.domain.stores.apps.secretsOf(app.id, portal.domain.now());
    assert.ok(secret);
    assert.doesNotMatch((await browser.get(url)).body, /203\.0\.113\.7/);
    portal.domain.lastUsed.noteSecret(secret.id, '203.0.113.7');
    await portal.domain.lastUsed.settled();
    assert.match((await browser.get(url)).body, /203\.0\.113\.7/);
  });

  it('deletes only when its name was typed', async () => {
    const app = await register();
    const url = `/developer/apps/${app.publicId}/delete`;
    const page = await browser.get(url);
    assert.equal((await browser.submit(page, url, { name: 'pipeline' })).status, 400);
    const done = await browser.submit(page, url, { name: 'Pipeline Sync' });
    assert.equal(done.location, DASHBOARD);
    assert.match((await browser.get(DASHBOARD)).body, /The app is deleted/);
    const [told] = await portal.domain.stores.mails.list(undefined, 1);
    assert.equal(told?.subject, 'Pipeline Sync was deleted');
    assert.equal(told?.to, app.contactEmail);
    assert.equal((await browser.get(`/developer/apps/${app.publicId}`)).status, 404);
  });

  it('lists 25 apps on a page, with the filter kept on the next one', async () => {
    const app = await register();
    const { apps, nextId } = portal.domain.stores;
    const trace = { verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: 1 } as const;
    for (let number = 1; number <= 25; number += 1) {
      const other = {
        ...app,
        id: await nextId(),
        publicId: `app_more${number}`,
        clientId: `cli_more${number}`,
      };
      await apps.create({ ...other, name: `More ${number}` }, undefined, trace);
    }
    const rows = (body: string): number => body.match(/<th scope="row"/g)?.length ?? 0;
    const first = await browser.get(`${DASHBOARD}?status=development`);
    const next = /href="([^"]*after=[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(next, /status=development/);
    const second = await browser.get(next);
    assert.equal(rows(first.body) - rows(second.body), 24, '25 on the first page, 1 on the second');
    assert.doesNotMatch(second.body, /after=/);
    assert.match(second.body, /href="\/developer\/authorizations\?status=development"/);
    for (let number = 1; number <= 25; number += 1) {
      const shown = [first, second].filter(({ body }) => body.includes(`cli_more${number}<`));
      assert.equal(shown.length, 1, `app ${number} stands on one of the pages`);
    }
  });

  it('filters by status with the documents’ words, and by text', async () => {
    await register();
    assert.match((await browser.get(`${DASHBOARD}?status=development`)).body, /pipelinesync\.example/);
    for (const query of ['status=approved', 'status=Rejected', 'q=nothing'])
      assert.equal((await browser.get(`${DASHBOARD}?${query}`)).status, 200);
    assert.doesNotMatch((await browser.get(`${DASHBOARD}?status=rejected`)).body, /pipelinesync\.example/);
    assert.match((await browser.get(`${DASHBOARD}?q=PIPELINE`)).body, /pipelinesync\.example/);
  });

  it('another vendor, and a person of no vendor, get the 404 of an unknown app [security 49]', async () => {
    const app = await register();
    const rival = await portal.makePerson();
    await portal.makeVendor(rival);
    const pages = ['', '/permissions', '/credentials', '/settings', '/delete'];
    const others = [await portal.signedIn(rival), await portal.signedIn(await portal.makePerson())];
    for (const other of others)
      for (const page of pages) {
        assert.equal((await other.get(`/developer/apps/${app.publicId}${page}`)).status, 404, page);
        assert.equal((await other.get(`/developer/apps/app_never${page}`)).status, 404, page);
      }
    assert.equal((await others[1]?.get(DASHBOARD))?.status, 404);
    assert.equal((await others[1]?.get(NEW))?.status, 404);
    // A form of one's own app does not reach another's.
    const mine = formsOf((await browser.get(`/developer/apps/${app.publicId}/credentials`)).body);
    const csrf = mine.find((form) => form.action.endsWith('/credentials'))?.hidden['csrf'] ?? '';
    const forged = await others[0]?.post(`/developer/apps/${app.publicId}/credentials`, {
      csrf,
      oldEnds: 'now',
    });
    assert.equal(forged?.status, 403);
  });
});
