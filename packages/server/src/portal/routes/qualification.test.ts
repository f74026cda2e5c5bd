import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { lastMailTo } from '../../testing/outbox.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';
import { makePlatformPerson } from './testing/review-road.ts';

const URL_ = '/developer/qualification';
const DESK = '/review/vendors';
const NEW = '/developer/apps/new';

const whole = {
  companyName: 'Pipeline Sync Inc',
  companyWebsite: 'https://pipelinesync.example',
  privacyUrl: 'https://pipelinesync.example/privacy',
  assessorName: 'Vera Lindqvist',
  assessorTitle: 'CTO',
  email: 'legal@pipelinesync.example',
  phone: '+1 555 010 0123',
};

const app = { name: 'Pipeline Sync', kind: 'public', redirectUri: 'https://pipelinesync.example/cb' };

describe('vendor qualification, where it is asked for', () => {
  let portal: TestPortal;
  let vera: Person;
  let browser: Browser;
  let rory: Browser;
  before(async () => {
    portal = await startPortal(databases, undefined, { vendors: { qualification: true } });
    vera = await portal.makePerson();
    await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
    rory = await portal.signedIn(await makePlatformPerson(portal, 'reviewer'));
  });
  after(() => portal.close());

  const register = async (): Promise<Shown> => {
    const page = await browser.get(URL_);
    const csrf = formsOf(page.body);
    assert.ok(csrf.length > 0);
    return browser.get(NEW);
  };
  const decide = async (decision: string, reason = ''): Promise<Shown> =>
    rory.submit(await rory.get(DESK), DESK, { decision, reason });

  const onDashboard = async (): Promise<string> => {
    const { body } = await browser.get('/developer/authorizations');
    return /role="note"[\s\S]*?<\/div>/.exec(body)?.[0] ?? '';
  };

  it('comes before the first app', async () => {
    const page = await register();
    assert.equal(page.location, URL_);
    const form = await browser.get(URL_);
    assert.match(form.body, /Account Info/);
    assert.match(form.body, /no app can be registered until it is approved/);
    assert.match(form.body, /aria-current="page"[^>]*>\s*My Qualification/);
    assert.match(await onDashboard(), /look at who you are[\s\S]*href="\/developer\/qualification"/);
  });

  it('names every problem, then waits under a yellow banner, decided by a reviewer alone', async () => {
    const page = await browser.get(URL_);
    const bad = await browser.submit(page, URL_, {
      ...whole,
      companyWebsite: 'nowhere',
      phone: '',
      email: 'x',
    });
    assert.equal(bad.status, 400);
    for (const id of ['company-website', 'phone', 'email'])
      assert.match(bad.body, new RegExp(`href="#${id}"`));
    assert.equal((await browser.submit(page, URL_, whole)).location, URL_);
    const waiting = await browser.get(URL_);
    assert.match(waiting.body, /tone-warning[\s\S]*Under review/);
    assert.equal(
      formsOf(waiting.body).some(({ action }) => action === URL_),
      false,
    );
    assert.equal((await browser.submit(page, URL_, whole)).status, 409);
    assert.match(await onDashboard(), /Your qualification is under review/);
    assert.equal((await browser.get(NEW)).location, URL_);
    assert.equal((await browser.get(DESK)).status, 404);
  });

  it('is declined with a reason that is mailed as written, and sent again', async () => {
    const without = await decide('declined');
    assert.equal(without.status, 400);
    assert.match(without.body, /Give a reason/);
    assert.equal((await decide('', 'x')).status, 400);
    assert.equal((await decide('declined', 'The privacy policy\nis empty.')).location, DESK);
    const mail = await lastMailTo(portal.domain, whole.email);
    assert.match(mail.text, /> The privacy policy\n> is empty\./);
    const page = await browser.get(URL_);
    assert.match(await onDashboard(), /Your qualification was declined/);
    assert.match(page.body, /Declined\. The reviewer wrote:[\s\S]*is empty\./);
    assert.match(page.body, /value="Pipeline Sync Inc"/, 'filled in with what was sent');
    assert.equal((await browser.submit(page, URL_, whole)).status, 303);
  });

  it('opens registration once it is approved; a stale decision changes nothing [security 53]', async () => {
    const stale = await rory.get(DESK);
    assert.equal((await decide('qualified')).location, DESK);
    assert.equal((await rory.submit(stale, DESK, { decision: 'declined', reason: 'late' })).status, 409);
    assert.match((await lastMailTo(portal.domain, whole.email)).text, /You can register apps now/);
    assert.match((await browser.get(URL_)).body, /You are qualified/);
    assert.equal(await onDashboard(), '');
    const page = await browser.get(NEW);
    assert.equal(page.status, 200);
    assert.equal((await browser.submit(page, NEW, app)).status, 200);
  });

  it('is never decided by the vendor’s own people, nor by a forged form [security 13, 53]', async () => {
    const wes = await makePlatformPerson(portal, 'reviewer');
    await portal.makeVendor(wes);
    const own = await portal.signedIn(wes);
    await own.submit(await own.get(URL_), URL_, whole);
    const desk = await own.get(DESK);
    const refused = await own.submit(desk, DESK, { decision: 'qualified', reason: '' });
    assert.equal(refused.status, 409);
    assert.match(refused.body, /You belong to this vendor/);
    for (const csrf of ['', 'x'.repeat(43)]) {
      assert.equal((await browser.post(URL_, { ...whole, csrf })).status, 403);
      assert.equal((await rory.post(DESK, { decision: 'qualified', vendor: 'ven_x', csrf })).status, 403);
    }
    assert.deepEqual(portal.errors, []);
  });
});

describe('vendor qualification, where it is not', () => {
  it('does not exist, and stops nobody', async () => {
    const portal = await startPortal(databases);
    const vera = await portal.makePerson();
    await portal.makeVendor(vera);
    const browser = await portal.signedIn(vera);
    assert.equal((await browser.get(URL_)).status, 404);
    const page = await browser.get(NEW);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.body, /My Qualification/);
    assert.equal((await browser.submit(page, NEW, app)).status, 200);
    await portal.close();
  });
});
