// The checklist's line about the website over HTTP: what was found out, and what only holds up whose fault it is.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WebsiteAnswer } from '../../domain/websites/website.ts';
import type { App } from '../../domain/apps/app.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';
import { makeCompleteApp, makePlatformPerson, openOf } from './testing/review-road.ts';

const ANSWERS = {
  purpose: 'Copies leads.',
  permissionReasons: 'To read them.',
  howToTry: 'https://app.example/demo',
};

type Submitted = {
  readonly lacking: readonly string[];
  readonly website: { host: string; answer: string; status: number | null; holdsUp: boolean } | null;
};

describe('a website that is looked at', () => {
  let portal: TestPortal;
  let browser: Browser;
  let app: App;
  let answer: WebsiteAnswer;
  let vera: Person;
  let vendorId: number;
  before(async () => {
    portal = await startPortal(databases);
    vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
    vendorId = vendor.id;
    browser = await portal.signedIn(vera);
    ({ app } = await makeCompleteApp(portal, vendor.id, vera, { website: 'https://shop.test/' }));
    Object.assign(portal.domain, {
      lookAtWebsite: () => Promise.resolve({ host: 'shop.test', answer, atMs: portal.domain.now() }),
    });
  });
  after(() => portal.close());

  const review = (): string => `/developer/apps/${app.publicId}/review`;
  const submitted = async (): Promise<Shown> =>
    browser.submit(await browser.get(review()), review(), ANSWERS);
  const line = (shown: Shown): string =>
    /<li class="(?:done|missing)">(?:(?!<\/li>)[^])*Website that answers[^]*?<\/li>/.exec(shown.body)?.[0] ??
    assert.fail('no line about the website');

  it('says what is wrong, links to where it is put right, and holds the submission up', async () => {
    for (const [given, cause] of [
      [{ kind: 'error-status', status: 503 }, /shop\.test answered 503/],
      [{ kind: 'no-such-host' }, /shop\.test: no such host/],
      [{ kind: 'not-public' }, /shop\.test: its address is not public/],
      [{ kind: 'certificate' }, /no certificate that browsers accept/],
      [{ kind: 'redirects' }, /redirects too often/],
    ] as const) {
      answer = given;
      const shown = line(await browser.get(review()));
      assert.match(shown, /^<li class="missing">/);
      assert.match(shown, cause);
      assert.match(shown, /\/settings#app-website/);
      assert.equal((await submitted()).status, 409);
      assert.equal((await portal.domain.stores.apps.find(app.id))?.status, 'development');
    }
  });

  it('is nobody’s fault when we cannot reach it: that is said, and the app is submitted', async () => {
    for (const kind of ['waiting', 'not-asked', 'unreachable'] as const) {
      answer = { kind };
      assert.match(line(await browser.get(review())), /^<li class="done">/);
    }
    assert.match(
      line(await browser.get(review())),
      /could not be reached from here[^]*This does not hold up the review\./,
    );
    assert.equal((await submitted()).status, 303);
    assert.equal((await portal.domain.stores.apps.find(app.id))?.status, 'under-review');
  });

  it('is said by the management API with its cause', async () => {
    const read = async () =>
      JSON.parse((await browser.get(`/api/apps/${app.publicId}/submission`)).body) as Submitted;
    answer = { kind: 'error-status', status: 503 };
    const { lacking, website } = await read();
    assert.ok(lacking.includes('website'));
    assert.deepEqual(
      [website?.host, website?.answer, website?.status, website?.holdsUp],
      ['shop.test', 'error-status', 503, true],
    );
    answer = { kind: 'unreachable' };
    const later = await read();
    assert.equal(later.lacking.includes('website'), false);
    assert.deepEqual([later.website?.answer, later.website?.holdsUp], ['unreachable', false]);
  });

  it('holds up an update that moves the website to a dead address, names the cause, and holds up no other update', async () => {
    const live = await makeCompleteApp(portal, vendorId, vera, {
      status: 'production',
      website: 'https://shop.test/',
    });
    const url = `/developer/apps/${live.app.publicId}/edit`;
    const changes = `${url}/changes`;
    const propose = async (fields: Record<string, string>): Promise<Shown> => {
      const saved = await browser.submit(await browser.get(url), url, {
        name: live.app.name,
        website: live.app.website,
        description: live.app.description,
        redirectUri: live.app.redirectUris[0] ?? '',
        contactName: live.app.contactName,
        contactEmail: live.app.contactEmail,
        contactPhone: '',
        ...fields,
      });
      assert.equal(saved.status, 303);
      return browser.get(changes);
    };
    const send = (page: Shown): Promise<Shown> =>
      browser.submit(page, changes, { ...ANSWERS, publish: 'at-once', note: '' });
    answer = { kind: 'no-such-host' };
    const moved = await propose({ website: 'https://gone.test/' });
    assert.match(moved.body, /What this update still lacks[^]*edit#app-website[^]*shop\.test: no such host/);
    const refused = await send(moved);
    assert.equal(refused.status, 409);
    assert.match(refused.body, /The update lacks something that a review needs\. See the list\./);
    assert.match(refused.body, /What this update still lacks/);
    const without = await propose({ website: '' });
    assert.match(without.body, /What this update still lacks/);
    const other = await propose({ description: 'Copies leads, and contacts.' });
    assert.doesNotMatch(other.body, /What this update still lacks/);
    assert.equal((await send(other)).status, 303, 'a site that is down stops no other fix');
  });

  it('is shown to the reviewer as it is by then, whatever it was when the app was submitted', async () => {
    const desk = await portal.signedIn(await makePlatformPerson(portal, 'reviewer'));
    const page = async () => (await desk.get(`/review/${(await openOf(portal, app)).id}`)).body;
    answer = { kind: 'no-such-host' };
    assert.match(await page(), /Its website: shop\.test: no such host\./);
    answer = { kind: 'answers', status: 200 };
    assert.doesNotMatch(await page(), /Its website/);
  });
});
