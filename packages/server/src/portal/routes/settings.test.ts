import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createAccess } from '../../domain/access/check.ts';
import { exchangeKey } from '../../domain/connections/exchange-key.ts';
import { databases } from '../../storage/testing/databases.ts';
import { caused, type Person } from '../../testing/service.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const KEYS = '/settings/integrations/api';
const NEW = `${KEYS}/new`;
const APPS = '/settings/integrations/authorizations';

const linksTo = (shown: Shown, ending: string): string[] =>
  [...shown.body.matchAll(/href="([^"]+)"/g)]
    .map(([, url = '']) => url)
    .filter((url) => url.endsWith(ending));
const keyOn = (shown: Shown): string => /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}/.exec(shown.body)?.[0] ?? '';

describe('API keys', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
  });

  const create = async (fields: Record<string, string> = {}): Promise<Shown> =>
    browser.submit(await browser.get(NEW), NEW, { name: 'CI runner', acknowledged: 'yes', ...fields });
  const check = async (text: string): Promise<boolean> =>
    (await createAccess(portal.domain).checkApiKey(text, new Set(['signed', 'opaque'] as const))).ok;

  it('the documented address leads there, and a new person sees how to begin', async () => {
    assert.equal((await browser.get('/dashboard/api-keys')).location, KEYS);
    const page = await browser.get(KEYS);
    assert.equal(page.status, 200);
    assert.match(page.body, /No API keys yet/);
  });

  it('makes a signed key that works, records who said yes from where, and lists it by its end', async () => {
    const made = await create({ description: 'nightly' });
    assert.equal(made.status, 200);
    assert.equal(made.headers['cache-control'], 'no-store');
    const text = keyOn(made);
    assert.ok(await check(text));
    const [key] = await portal.domain.stores.keys.listOf(ari.user.id);
    assert.equal(key?.acknowledged.address, '127.0.0.1');
    assert.equal(key?.acknowledged.atMs, portal.domain.now());
    const list = await browser.get(KEYS);
    assert.ok(list.body.includes(text.slice(-4)));
    assert.ok(!list.body.includes(text));
  });

  it('makes a plain key when asked for one: shown once, hashed, good where plain keys are taken', async () => {
    const made = await create({ form: 'opaque' });
    const text = /loomta_sk_[\w-]{48}/.exec(made.body)?.[0] ?? '';
    assert.ok(await check(text));
    const [key] = await portal.domain.stores.keys.listOf(ari.user.id);
    assert.equal(key?.form, 'opaque');
    assert.equal(key.hash?.length, 32);
    assert.ok(!(await browser.get(KEYS)).body.includes(text));
    const member = await portal.makePerson('member');
    const theirs = await portal.signedIn(member);
    const refused = await theirs.submit(await theirs.get(NEW), NEW, {
      name: 'x',
      acknowledged: 'yes',
      form: 'opaque',
    });
    assert.equal(refused.status, 403);
    assert.match(refused.body, /owners and admins/);
    assert.deepEqual(await portal.domain.stores.keys.listOf(member.user.id), []);
  });

  it('ends at 12:01 AM of the day in the person’s zone', async () => {
    const day = new Date(portal.domain.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await create({ expires: day });
    const [key] = await portal.domain.stores.keys.listOf(ari.user.id);
    assert.equal(new Date(key?.expiresAtMs ?? 0).toISOString(), `${day}T00:01:00.000Z`);
  });

  it('names each thing to put right and keeps what was typed', async () => {
    const page = await browser.submit(await browser.get(NEW), NEW, {
      name: ' ',
      description: 'kept <text>',
      expires: '2020-01-01',
      workspace: 'nonsense',
    });
    assert.equal(page.status, 400);
    for (const words of [/Enter a name/, /Tick this/, /kept &lt;text&gt;/]) assert.match(page.body, words);
    assert.deepEqual(await portal.domain.stores.keys.listOf(ari.user.id), []);
    const dated = await create({ expires: '2020-01-01' });
    assert.match(dated.body, /Choose a day after today/);
    assert.match((await create({ expires: 'soon' })).body, /Enter a date/);
    assert.match((await create({ workspace: 'nonsense' })).body, /Choose a workspace/);
    assert.deepEqual(await portal.domain.stores.keys.listOf(ari.user.id), []);
  });

  it('stops at ten active keys', async () => {
    for (let made = 0; made < 10; made += 1) assert.equal((await create()).status, 200);
    const full = await create();
    assert.equal(full.status, 409);
    assert.match(full.body, /10 of 10 active keys\. Revoke one first\./);
  });

  it('revokes for good after a confirmation', async () => {
    const text = keyOn(await create());
    const [link = ''] = linksTo(await browser.get(KEYS), '/revoke');
    const ask = await browser.get(link);
    assert.match(ask.body, /Programs using it fail at once\. This cannot be undone\./);
    const done = await browser.submit(ask, link);
    assert.equal(done.status, 303);
    assert.equal(done.location, KEYS);
    assert.equal(await check(text), false);
    const list = await browser.get(KEYS);
    assert.match(list.body, /The key is revoked\./);
    assert.doesNotMatch((await browser.get(KEYS)).body, /The key is revoked\./);
    assert.equal((await browser.get(link)).status, 404);
  });

  it('shows a signed key again, never an opaque one', async () => {
    const text = keyOn(await create());
    const [link = ''] = linksTo(await browser.get(KEYS), '/show');
    assert.equal(keyOn(await browser.get(link)), text);
    const { key } = await portal.makeKey(ari, 'opaque');
    const refused = await browser.get(`${KEYS}/${key.publicId}/show`);
    assert.equal(refused.status, 409);
    assert.match(refused.body, /Cannot be shown again\./);
  });

  it('asks for the password again after ten minutes, before making, showing and revoking', async () => {
    await create();
    const list = await browser.get(KEYS);
    const page = await browser.get(NEW);
    const [revoke = ''] = linksTo(list, '/revoke');
    const ask = await browser.get(revoke);
    portal.pass(600_000);
    for (const url of [NEW, revoke, linksTo(list, '/show')[0] ?? '']) {
      const sent = await browser.get(url);
      assert.equal(sent.status, 303, url);
      assert.equal(sent.location, `/step-up?return_to=${encodeURIComponent(url)}`);
    }
    for (const late of [
      await browser.submit(page, NEW, { name: 'x', acknowledged: 'yes' }),
      await browser.submit(ask, revoke),
    ]) {
      assert.equal(late.status, 303);
      assert.match(late.location, /^\/step-up\?/);
    }
    const keys = await portal.domain.stores.keys.listOf(ari.user.id);
    assert.deepEqual(
      keys.map((key) => key.revokedAtMs),
      [undefined],
    );
  });

  it('another person’s key is as unknown as one that never was [security 49]', async () => {
    const { key } = await portal.makeKey(await portal.makePerson(), 'signed');
    for (const what of ['revoke', 'show']) {
      const theirs = await browser.get(`${KEYS}/${key.publicId}/${what}`);
      const never = await browser.get(`${KEYS}/key_never/${what}`);
      assert.equal(theirs.status, 404);
      assert.equal(never.status, 404);
    }
    const [form] = formsOf((await browser.get(KEYS)).body);
    const forged = await browser.post(`${KEYS}/${key.publicId}/revoke`, { csrf: form?.hidden['csrf'] ?? '' });
    assert.equal(forged.status, 403);
    assert.equal((await portal.domain.stores.keys.find(key.id))?.revokedAtMs, undefined);
  });
});

describe('connected apps', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
  });

  /** Through the pages, up to an access token. */
  const connect = async (clientId: string): Promise<string> => {
    const link = `/page/vendor-auth.html?clientId=${clientId}`;
    const fields = { decision: 'authorize', workspace: ari.workspace.publicId };
    const { location } = await browser.submit(await browser.get(link), link, fields);
    const { redeemCode } = await import('../../domain/codes/redeem-code.ts');
    const entry = await portal.domain.memory.appByClientId(clientId);
    assert.ok(entry);
    const code = new URL(location).searchParams.get('code') ?? '';
    const redeemed = await redeemCode(
      portal.domain,
      { app: entry.app, code, redirectUri: undefined, verifier: undefined },
      caused,
    );
    assert.ok(redeemed.ok);
    return redeemed.tokens.accessToken;
  };
  const lives = async (token: string): Promise<boolean> =>
    (await createAccess(portal.domain).checkAccessToken(token)).ok;

  it('Disconnect ends every connection of the app in the workspace, and says so once', async () => {
    const { app } = await portal.makeApp();
    const tokens = [await connect(app.clientId), await connect(app.clientId)];
    const list = await browser.get(APPS);
    assert.match(list.body, /Pipeline Sync/);
    const links = linksTo(list, '/disconnect');
    assert.equal(links.length, 1, 'one row for app and workspace');
    const [link = ''] = links;
    assert.equal((await browser.get(link.replace('/disconnect', ''))).status, 200);
    const ask = await browser.get(link);
    assert.match(ask.body, /ends within a second/);
    for (const token of tokens) assert.equal(await lives(token), true);
    const done = await browser.submit(ask, link);
    assert.equal(done.location, APPS);
    for (const token of tokens) assert.equal(await lives(token), false);
    assert.match((await browser.get(APPS)).body, /No app is connected/);
  });

  it('a customer key whose use was ended can be allowed again; what ended stays ended', async () => {
    const { app } = await portal.makeApp();
    const key = await portal.makeKey(ari, 'opaque');
    const exchange = () => exchangeKey(portal.domain, { app, customerKey: key.text, scope: 'all' }, caused);
    const first = await exchange();
    assert.ok(first.ok);
    const [link = ''] = linksTo(await browser.get(APPS), '/disconnect');
    await browser.submit(await browser.get(link), link);
    assert.deepEqual(await exchange(), { ok: false, reason: 'ended-by-owner' });
    const list = await browser.get(APPS);
    assert.match(list.body, /Ended use of your API keys/);
    const action = formsOf(list.body).find((form) => form.action.endsWith('/allow-again'))?.action ?? '';
    const done = await browser.submit(list, action);
    assert.equal(done.location, APPS);
    assert.ok((await exchange()).ok);
    assert.equal(await lives(first.tokens.accessToken), false);
    const again = await browser.submit(list, action);
    assert.equal(again.status, 409);
  });

  it('another person’s connection is as unknown as one that never was [security 49]', async () => {
    const { app } = await portal.makeApp();
    await connect(app.clientId);
    const [link = ''] = linksTo(await browser.get(APPS), '/disconnect');
    const other = await portal.signedIn(await portal.makePerson());
    for (const url of [link, link.replace('/disconnect', ''), `${APPS}/con_never`])
      assert.equal((await other.get(url)).status, 404);
    const [form] = formsOf((await other.get(APPS)).body);
    assert.equal((await other.post(link, { csrf: form?.hidden['csrf'] ?? '' })).status, 403);
    assert.equal((await browser.get(link)).status, 200);
  });
});
