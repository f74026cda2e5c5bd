// The demo's own pages over HTTP: who can be become, where, and what only the demo has.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const BAR = /<aside class="demo-bar"/;

describe('the demo’s bar', () => {
  let portal: TestPortal;
  let plain: TestPortal;
  let ari: Person;
  let vera: Person;
  const people: {
    slug: string;
    name: string;
    who: string;
    email: string;
    password: string;
  }[] = [];
  before(async () => {
    portal = await startPortal(databases, { sampleAppUrl: 'http://127.0.0.1:4001', people });
    plain = await startPortal(databases);
    [ari, vera] = [await portal.makePerson(), await portal.makePerson()];
    await portal.makeVendor(vera);
    const [first, second] = [ari, vera].map(({ user, password }) => ({ email: user.email, password }));
    assert.ok(first && second);
    people.push({ slug: 'ari', name: 'Ari Mendes', who: 'agent, two workspaces', ...first });
    people.push({ slug: 'vera', name: 'Vera Lindqvist', who: 'vendor, owns two apps', ...second });
  });
  after(async () => {
    await plain.close();
    await portal.close();
  });

  it('says who one is and signs in as another with one click; the session before has ended', async () => {
    const browser = portal.browser();
    const before = await browser.get('/');
    assert.match(before.body, /nobody is signed in/);
    const became = await browser.submit(before, '/demo/become', { email: ari.user.email });
    assert.equal(became.location, '/');
    const asAri = await browser.get('/');
    assert.match(asAri.body, /Demo · you are <b>Ari<\/b> \(agent\)/);
    const session = browser.cookies.get('latchkey-session') ?? '';
    const settings = await browser.get('/settings/integrations/api');
    const again = await browser.submit(settings, '/demo/become', { email: vera.user.email });
    assert.equal(again.location, '/developer/authorizations');
    assert.match((await browser.get(again.location)).body, /you are <b>Vera<\/b> \(vendor\)/);
    const old = portal.browser();
    old.cookies.set('latchkey-session', session);
    assert.equal((await old.get('/settings/integrations/api')).status, 303);
  });

  it('names whoever is signed in and none of its people', async () => {
    const nora = await portal.makePerson();
    const browser = await portal.signedIn(nora);
    const { body } = await browser.get('/settings/integrations/api');
    assert.ok(body.includes(`Demo · you are <b>${nora.user.fullName}</b></span`), body.slice(0, 2000));
    assert.doesNotMatch(body, /nobody is signed in/);
  });

  it('leads to its mails where a mail is waited for, and a start that is no demo does not', async () => {
    const link = '<a href="/demo/mail" target="_blank">Mail</a>';
    for (const [on, has] of [
      [portal, true],
      [plain, false],
    ] as const) {
      const browser = on.browser();
      const asked = await browser.submit(await browser.get('/sign-up'), '/sign-up', {
        fullName: 'Nora New',
        organization: 'Nova Tools',
        email: 'nora@nova.test',
        phone: '+1 555 010 0199',
        password: 'correct horse battery',
      });
      assert.equal(asked.status, 303);
      assert.equal((await browser.get(asked.location)).body.includes(link), has);
      const reset = await browser.submit(await browser.get('/reset'), '/reset', { email: 'o@nova.test' });
      assert.equal(reset.status, 200);
      assert.equal(reset.body.includes(link), has);
    }
  });

  it('is not on sign-in, where one click would change who decides', async () => {
    assert.doesNotMatch((await portal.browser().get('/sign-in')).body, BAR);
  });

  it('becomes nobody without the form’s own token, and nobody outside the demo [security 13]', async () => {
    const browser = portal.browser();
    const page = await browser.get('/');
    assert.equal((await browser.post('/demo/become', { email: ari.user.email, from: '/' })).status, 403);
    const stranger = await portal.makePerson();
    assert.equal((await browser.submit(page, '/demo/become', { email: stranger.user.email })).status, 400);
    assert.equal(browser.cookies.has('latchkey-session'), false);
  });

  it('sends to the sign-in page when the password is no longer the invented one', async () => {
    people.push({ slug: 'sam', name: 'Sam', who: 'stranger', email: 'sam@demo.test', password: 'changed-1' });
    const browser = portal.browser();
    const became = await browser.submit(await browser.get('/'), '/demo/become', { email: 'sam@demo.test' });
    assert.match(became.location, /^\/sign-in\?.*as=sam$/);
    people.pop();
  });

  it('has its live list as JSON that no other site can read', async () => {
    const live = await portal.browser().get('/demo/live.json');
    assert.equal(live.headers['content-type'], 'application/json');
    assert.equal(live.headers['cross-origin-resource-policy'], 'same-origin');
    assert.deepEqual(JSON.parse(live.body), { rows: [], done: [], cut: '' });
  });
});

describe('a start that is no demo', () => {
  it('has no bar, no live list, and nobody to become', async () => {
    const portal = await startPortal(databases);
    const browser = await portal.signedIn(await portal.makePerson());
    assert.doesNotMatch((await browser.get('/settings/integrations/api')).body, BAR);
    assert.equal((await browser.get('/demo/live.json')).status, 404);
    assert.equal((await browser.post('/demo/become', { email: 'ari@demo.test' })).status, 404);
    await portal.close();
  });
});
