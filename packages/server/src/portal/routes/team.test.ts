import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import { connectRefusal } from '../../domain/apps/may-connect.ts';
import { emailKey } from '../../domain/users/user.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import { databases } from '../../storage/testing/databases.ts';
import { lastMailTo, linkIn, mailsTo } from '../../testing/outbox.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const TEAM = '/developer/team';
const DAY_MS = 86_400_000;

describe('a vendor’s team, testers and transfers', () => {
  let portal: TestPortal;
  let vera: Person;
  let vendor: Vendor;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    portal.pass(600_000);
    vera = await portal.makePerson();
    vendor = await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
  });

  const trace = () =>
    ({
      verb: 'test.make',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: portal.domain.now(),
    }) as const;
  const registered = async (): Promise<App> => {
    const page = await browser.get('/developer/apps/new');
    await browser.submit(page, '/developer/apps/new', {
      name: 'Pipeline Sync',
      kind: 'confidential',
      redirectUri: 'https://pipelinesync.example/cb',
    });
    const [app] = await portal.domain.stores.apps.listOf(vendor.id);
    return app ?? assert.fail();
  };
  const invite = async (email: string, url = TEAM): Promise<Shown> =>
    browser.submit(await browser.get(url), url, { email });
  const linkFor = async (email: string): Promise<string> => linkIn(await lastMailTo(portal.domain, email));
  const accept = async (link: string, who: Browser): Promise<Shown> =>
    who.submit(await who.get(link), `${link}/accept`);

  describe('team', () => {
    it('grows by a mailed invitation that the invited person accepts, once', async () => {
      const wes = await portal.makePerson();
      assert.equal((await invite(wes.user.email)).status, 303);
      const link = await linkFor(wes.user.email);
      assert.match(link, /^\/invitations\/lk_invite_[\w-]{48}$/);
      const waiting = await browser.get(TEAM);
      assert.match(waiting.body, /Waiting invitations/);
      const wesBrowser = portal.browser();
      const outside = await wesBrowser.get(link);
      assert.match(outside.body, /Sign in as/);
      const signedIn = await portal.signedIn(wes);
      const page = await signedIn.get(link);
      assert.match(page.body, /asks you to join the team of/);
      const done = await signedIn.submit(page, `${link}/accept`);
      assert.equal(done.location, '/developer/authorizations');
      assert.equal((await portal.domain.stores.vendors.ofUser(wes.user.id))?.id, vendor.id);
      assert.equal((await signedIn.submit(page, `${link}/accept`)).status, 410);
      assert.match((await lastMailTo(portal.domain, vera.user.email)).text, /is on the team of/);
      assert.match((await browser.get(TEAM)).body, new RegExp(wes.user.email));
    });

    it('takes nobody by somebody else’s invitation [security 49]', async () => {
      const [wes, eve] = [await portal.makePerson(), await portal.makePerson()];
      await invite(wes.user.email);
      const link = await linkFor(wes.user.email);
      const evil = await portal.signedIn(eve);
      assert.equal((await evil.get(link)).status, 403);
      assert.deepEqual(
        formsOf((await evil.get(link)).body).filter(({ action }) => action.includes('accept')),
        [],
      );
      // Even with a token of their own for another invitation's form.
      await invite(eve.user.email);
      const own = await linkFor(eve.user.email);
      const form = formsOf((await evil.get(own)).body).find(({ action }) => action === `${own}/accept`);
      assert.equal((await evil.post(`${link}/accept`, form?.hidden ?? {})).status, 403);
      assert.equal(await portal.domain.stores.vendors.ofUser(eve.user.id), undefined);
    });

    it('makes a sign-in for somebody who has none, with the same step', async () => {
      const email = `${randomUUID()}@new.test`;
      await invite(email);
      const link = await linkFor(email);
      const fresh = portal.browser();
      const page = await fresh.get(link);
      const weak = await fresh.submit(page, `${link}/new`, { fullName: '', password: 'password123' });
      assert.equal(weak.status, 400);
      assert.match(weak.body, /href="#full-name"/);
      const done = await fresh.submit(page, `${link}/new`, {
        fullName: 'Nina Newman',
        password: 'linen harbor kestrel',
      });
      assert.equal(done.status, 303);
      const user = await portal.domain.stores.users.findByEmailKey(emailKey(email));
      assert.equal((await portal.domain.stores.vendors.ofUser(user?.id ?? 0))?.id, vendor.id);
      assert.equal((await portal.domain.stores.workspaces.membershipsOf(user?.id ?? 0)).length, 1);
      assert.equal((await fresh.get(TEAM)).status, 200, 'and is signed in');
      const twice = await fresh.submit(page, `${link}/new`, {
        fullName: 'Nina Newman',
        password: 'linen harbor kestrel',
      });
      assert.equal(twice.status, 410);
    });

    it('answers known and unknown addresses alike, and mails both [security 59]', async () => {
      const wes = await portal.makePerson();
      const unknown = `${randomUUID()}@new.test`;
      const answers = [await invite(wes.user.email), await invite(unknown)];
      assert.deepEqual(
        answers.map(({ status, location, body }) => [status, location, body]),
        [
          [303, TEAM, ''],
          [303, TEAM, ''],
        ],
      );
      const [one, two] = [
        await lastMailTo(portal.domain, wes.user.email),
        await lastMailTo(portal.domain, unknown),
      ];
      assert.equal(one.subject, two.subject);
    });

    it('withdraws an invitation; a second one replaces the first; a week ends it', async () => {
      const email = `${randomUUID()}@new.test`;
      await invite(email);
      const first = await linkFor(email);
      await invite(email);
      const second = await linkFor(email);
      assert.equal((await portal.browser().get(first)).status, 410);
      assert.equal((await portal.browser().get(second)).status, 200);
      const page = await browser.get(TEAM);
      assert.equal((await browser.submit(page, `${TEAM}/withdraw`)).status, 303);
      assert.equal((await portal.browser().get(second)).status, 410);
      assert.equal((await browser.submit(page, `${TEAM}/withdraw`)).status, 404);
      await invite(email);
      const third = await linkFor(email);
      portal.pass(7 * DAY_MS - 1);
      assert.equal((await portal.browser().get(third)).status, 200);
      portal.pass(1);
      assert.equal((await portal.browser().get(third)).status, 410);
    });

    it('ends an invitation with the place of whoever sent it', async () => {
      const [wes, xan] = [await portal.makePerson(), await portal.makePerson()];
      await invite(wes.user.email);
      const wesBrowser = await portal.signedIn(wes);
      await accept(await linkFor(wes.user.email), wesBrowser);
      await wesBrowser.submit(await wesBrowser.get(TEAM), TEAM, { email: xan.user.email });
      const link = await linkFor(xan.user.email);
      const removal = `${TEAM}/${wes.user.publicId}/remove`;
      const gone = await browser.submit(await browser.get(removal), removal);
      assert.equal(gone.location, TEAM);
      assert.equal((await (await portal.signedIn(xan)).get(link)).status, 410);
      assert.equal((await wesBrowser.get(TEAM)).status, 404, 'and the team is closed to who left');
      assert.match((await lastMailTo(portal.domain, wes.user.email)).text, /removed from the team/);
    });

    it('keeps its last member, and moves a person only from an empty team of their own', async () => {
      const own = `${TEAM}/${vera.user.publicId}/remove`;
      const page = await browser.get(own);
      assert.equal((await browser.submit(page, own)).status, 409);
      const wes = await portal.makePerson();
      await portal.makeVendor(wes);
      await invite(wes.user.email);
      const wesBrowser = await portal.signedIn(wes);
      const link = await linkFor(wes.user.email);
      await wesBrowser.submit(await wesBrowser.get('/developer/apps/new'), '/developer/apps/new', {
        name: 'Own app',
        kind: 'public',
        redirectUri: 'https://own.example/cb',
      });
      assert.equal((await accept(link, wesBrowser)).status, 409);
      assert.notEqual((await portal.domain.stores.vendors.ofUser(wes.user.id))?.id, vendor.id);
    });

    it('is nobody else’s business: other vendors and people without one get a 404 [security 49]', async () => {
      const stranger = await portal.signedIn(await portal.makePerson());
      for (const url of [TEAM, '/developer/profile', `${TEAM}/${vera.user.publicId}/remove`])
        assert.equal((await stranger.get(url)).status, 404, url);
      const other = await portal.makePerson();
      await portal.makeVendor(other);
      const others = await portal.signedIn(other);
      assert.equal((await others.get(`${TEAM}/${vera.user.publicId}/remove`)).status, 404);
      const form = formsOf((await others.get(TEAM)).body).find(({ action }) => action === TEAM);
      const forged = await others.post(`${TEAM}/${vera.user.publicId}/remove`, form?.hidden ?? {});
      assert.equal(forged.status, 403);
      assert.equal((await portal.domain.stores.vendors.teamOf(vendor.id, 10)).length, 1);
    });

    it('refuses every form without its token [security 13]', async () => {
      for (const [url, fields] of [
        [TEAM, { email: 'x@new.test' }],
        [`${TEAM}/withdraw`, { email: 'x@new.test' }],
        [`${TEAM}/${vera.user.publicId}/remove`, {}],
        ['/developer/profile', { name: 'Evil', contactEmail: 'x@new.test' }],
      ] as [string, Record<string, string>][])
        for (const csrf of ['', 'x'.repeat(43)])
          assert.equal((await browser.post(url, { ...fields, csrf })).status, 403, url);
      assert.deepEqual(await mailsTo(portal.domain, 'x@new.test'), []);
    });

    it('has a profile that fills in the next registration', async () => {
      const url = '/developer/profile';
      const page = await browser.get(url);
      const bad = await browser.submit(page, url, {
        name: '',
        contactName: 'Vera',
        contactEmail: 'nobody',
        contactPhone: 'call me',
      });
      assert.equal(bad.status, 400);
      for (const id of ['vendor-name', 'contact-email', 'contact-phone'])
        assert.match(bad.body, new RegExp(`href="#${id}"`));
      const saved = await browser.submit(page, url, {
        name: 'Pipeline GmbH',
        contactName: 'Vera L.',
        contactEmail: 'hello@pipeline.test',
        contactPhone: '',
      });
      assert.equal(saved.status, 303);
      assert.match((await browser.get('/developer/apps/new')).body, /value="hello@pipeline\.test"/);
      assert.equal((await portal.domain.stores.vendors.find(vendor.id))?.name, 'Pipeline GmbH');
    });
  });

  describe('testers', () => {
    it('accept a mailed invitation and may connect; removing them ends it [security 40]', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/testing`;
      const tess = await portal.makePerson();
      assert.match((await browser.get(url)).body, /0 of 25/);
      await invite(tess.user.email, url);
      assert.match((await browser.get(url)).body, /1 of 25/);
      assert.equal(await connectRefusal(portal.domain, app, tess.user.id), 'not-a-tester');
      const tessBrowser = await portal.signedIn(tess);
      const done = await accept(await linkFor(tess.user.email), tessBrowser);
      assert.equal(done.location, '/settings/integrations/authorizations');
      assert.equal(await connectRefusal(portal.domain, app, tess.user.id), undefined);
      const page = await browser.get(url);
      assert.match(page.body, /1 of 25/);
      await portal.makeCode(app, tess);
      const removal = `${url}/${tess.user.publicId}/remove`;
      const gone = await browser.submit(await browser.get(removal), removal);
      assert.equal(gone.location, url);
      assert.match((await browser.get(url)).body, /0 of 25/);
      assert.equal(await connectRefusal(portal.domain, app, tess.user.id), 'not-a-tester');
      const [code] = await portal.domain.stores.connections.entriesOf(tess.user.id);
      assert.equal(code, undefined);
      assert.equal(
        (await browser.submit(await browser.get(url), url, { email: tess.user.email })).status,
        303,
      );
    });

    it('are 25 at most, the waiting ones included', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/testing`;
      for (let index = 0; index < 25; index += 1) {
        portal.pass(60_000);
        assert.equal((await invite(`${randomUUID()}@new.test`, url)).status, 303, String(index));
      }
      const full = await browser.get(url);
      assert.match(full.body, /25 of 25/);
      assert.match(full.body, /All seats are taken/);
      const csrf = formsOf(full.body).find(({ action }) => action === `${url}/withdraw`);
      assert.ok(csrf);
      await browser.post(`${url}/withdraw`, csrf.hidden);
      portal.pass(60_000);
      assert.equal((await invite(`${randomUUID()}@new.test`, url)).status, 303);
      portal.pass(7 * DAY_MS);
      const again = await portal.signedIn(vera);
      assert.match((await again.get(url)).body, /0 of 25/, 'what nobody accepted gives its seat back');
    });

    it('are not invited twice, nor from the team', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/testing`;
      assert.equal((await invite(vera.user.email, url)).status, 409);
      assert.equal((await invite('nobody', url)).status, 400);
    });

    it('are another team’s secret, like the app [security 49]', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/testing`;
      const other = await portal.makePerson();
      await portal.makeVendor(other);
      const others = await portal.signedIn(other);
      for (const path of [url, `${url}/usr_x/remove`, `/developer/apps/${app.publicId}/transfer`])
        assert.equal((await others.get(path)).status, 404, path);
      for (const csrf of ['', 'x'.repeat(43)])
        assert.equal((await browser.post(url, { email: 'x@new.test', csrf })).status, 403);
    });
  });

  describe('transfer', () => {
    it('gives the app to the team of whoever accepts, and takes it from ours', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/transfer`;
      const wes = await portal.makePerson();
      const theirs = await portal.makeVendor(wes);
      const sent = await invite(wes.user.email, url);
      assert.equal(sent.location, url);
      assert.match((await browser.get(url)).body, /The app stays yours until/);
      const wesBrowser = await portal.signedIn(wes);
      const link = await linkFor(wes.user.email);
      const done = await accept(link, wesBrowser);
      assert.equal(done.location, `/developer/apps/${app.publicId}/credentials`);
      assert.equal((await portal.domain.stores.apps.find(app.id))?.vendorId, theirs.id);
      assert.equal((await browser.get(`/developer/apps/${app.publicId}`)).status, 404);
      assert.equal((await wesBrowser.get(`/developer/apps/${app.publicId}`)).status, 200);
      assert.match((await lastMailTo(portal.domain, vera.user.email)).text, /accepted the app/);
      const history = await wesBrowser.get(`/developer/apps/${app.publicId}/history`);
      assert.match(history.body, /Took the app over from another vendor/);
      assert.equal((await wesBrowser.get(link)).status, 410);
    });

    it('can be withdrawn, needs the password again, and a vendor to take it', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/transfer`;
      const tom = await portal.makePerson();
      await invite(tom.user.email, url);
      const link = await linkFor(tom.user.email);
      const tomBrowser = await portal.signedIn(tom);
      assert.equal((await accept(link, tomBrowser)).status, 409, 'Tom is no vendor');
      await browser.submit(await browser.get(url), `${url}/withdraw`);
      assert.equal((await tomBrowser.get(link)).status, 410);
      assert.equal((await portal.domain.stores.apps.find(app.id))?.vendorId, vendor.id);
      portal.pass(600_000);
      assert.match((await browser.get(url)).location, /^\/step-up/);
    });

    it('waits for the end of a review', async () => {
      const app = await registered();
      const url = `/developer/apps/${app.publicId}/transfer`;
      const page = await browser.get(url);
      await portal.domain.stores.apps.replace({ ...app, status: 'under-review', version: 2 }, 1, trace());
      const wes = await portal.makePerson();
      assert.equal((await browser.submit(page, url, { email: wes.user.email })).status, 409);
    });
  });

  it('made no page fail', () => {
    assert.deepEqual(portal.errors, []);
  });
});
