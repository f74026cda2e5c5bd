// The checklist's line about the website over HTTP: what was found out, and what only holds up whose fault it is.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WebsiteAnswer } from '../../domain/websites/website.ts';
import type { App } from '../../domain/apps/app.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';
import { makeCompleteApp, makePlatformPerson, openOf } from './testing/review-road.ts';

const ANSWERS = {
  purpose: 'Copies leads.',
  permissionReasons: 'To read them.',
  howToTry: 'https://app.example/demo',
};

describe('a website that is looked at', () => {
  let portal: TestPortal;
  let browser: Browser;
  let app: App;
  let answer: WebsiteAnswer;
  before(async () => {
    portal = await startPortal(databases);
    const vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
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

  it('is shown to the reviewer as it is by then, whatever it was when the app was submitted', async () => {
    const desk = await portal.signedIn(await makePlatformPerson(portal, 'reviewer'));
    const page = async () => (await desk.get(`/review/${(await openOf(portal, app)).id}`)).body;
    answer = { kind: 'no-such-host' };
    assert.match(await page(), /Its website: shop\.test: no such host\./);
    answer = { kind: 'answers', status: 200 };
    assert.doesNotMatch(await page(), /Its website/);
  });
});
