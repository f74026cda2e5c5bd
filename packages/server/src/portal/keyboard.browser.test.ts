// The main roads in a real browser with the keyboard alone, the focus in sight at every stop.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser as Chrome, Page } from 'playwright-core';
import { databases } from '../storage/testing/databases.ts';
import { launchChromium, noChromium as skip } from '../testing/chromium.ts';
import type { Person } from '../testing/service.ts';
import { startPortal, type TestPortal } from './routes/testing/portal.ts';
import { makeCompleteApp, makePlatformPerson, openOf } from './routes/testing/review-road.ts';
import { pressAndLeave, tabThrough, tabTo } from './testing/keyboard.ts';

/** The harness's issuer; the browser is told where it really listens. */
const ISSUER = 'http://localhost:4000';

describe('with the keyboard alone', { skip }, () => {
  let portal: TestPortal;
  let chrome: Chrome;
  let page: Page;

  before(async () => {
    portal = await startPortal(databases);
    chrome = await launchChromium(`--host-resolver-rules=MAP localhost:4000 ${new URL(portal.url).host}`);
  });
  after(async () => {
    await chrome.close();
    await portal.close();
  });
  beforeEach(async () => {
    await page?.context().close();
    const context = await chrome.newContext({ reducedMotion: 'reduce' });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
  });

  const heading = (): Promise<string> =>
    page
      .getByRole('heading', { level: 1 })
      .innerText()
      .then((text) => text.replace(/[\u2066-\u2069]/g, '').trim());

  const signIn = async (person: Person, path: string): Promise<void> => {
    await page.goto(ISSUER + path);
    assert.match(await heading(), /^Sign in to/);
    await tabTo(page, /^E-mail$/);
    await page.keyboard.type(person.user.email);
    await tabTo(page, /^Password$/);
    await page.keyboard.type(person.password);
    await tabTo(page, /^Sign in$/);
    await pressAndLeave(page, 'Enter');
  };

  it('a person signs in, chooses a workspace and authorizes an app', async () => {
    const ari = await portal.makePerson();
    await portal.makeWorkspace(ari, 'Harbor Homes', 'owner');
    const { app } = await portal.makeApp();
    const [redirectUri = ''] = app.redirectUris;
    await signIn(ari, `/page/vendor-auth.html?clientId=${app.clientId}`);
    assert.match(await heading(), /^Connect /);
    await tabTo(page, /^Harbor Homes/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Show all/);
    await page.keyboard.press('Enter');
    assert.equal(
      await page
        .getByText(/^GET \//)
        .first()
        .isVisible(),
      true,
    );
    await tabTo(page, /^Authorize$/);
    const back = page.waitForRequest((request) => request.url().startsWith(redirectUri));
    await page.keyboard.press('Enter');
    assert.match((await back).url(), /[?&]code=/);
  });

  it('the first stop skips to the content, and an API key is made', async () => {
    const ari = await portal.makePerson();
    await signIn(ari, '/settings/integrations/api');
    await tabTo(page, /^Skip to content$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /Create API Key$/);
    await pressAndLeave(page, 'Enter');
    assert.equal(await heading(), 'Create API key');
    await tabTo(page, /^Name$/);
    await page.keyboard.type('CI runner');
    if ((await page.getByRole('radio').count()) > 0) {
      await tabTo(page, /^(Northside Realty|Signed)/);
      await page.keyboard.press('Space');
    }
    await tabTo(page, /^Whoever holds this key/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Create key$/);
    await pressAndLeave(page, 'Enter');
    assert.equal(await heading(), 'Your new API key');
    await tabTo(page, /^Copy API key$/);
  });

  it('a vendor searches permissions, opens a group, takes all of it, and saves', async () => {
    const vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
    const { app } = await makeCompleteApp(portal, vendor.id, vera);
    await signIn(vera, `/developer/apps/${app.publicId}/permissions`);
    await tabTo(page, /^Search permissions$/);
    await page.keyboard.type('lead');
    await tabTo(page, /^Leads\W*\d of \d/);
    await tabTo(page, /^All of Lead/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Save$/);
    await pressAndLeave(page, 'Enter');
    const saved = await portal.domain.stores.apps.find(app.id);
    assert.notEqual(saved?.permissionSetId, app.permissionSetId);
  });

  it('a reviewer reads a submission and approves it', async () => {
    const vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
    const { app } = await makeCompleteApp(portal, vendor.id, vera);
    const browser = await portal.signedIn(vera);
    const url = `/developer/apps/${app.publicId}/review`;
    const answers = { purpose: 'Copies leads.', permissionReasons: 'A board.', howToTry: 'It is open.' };
    await browser.submit(await browser.get(url), url, { ...answers, recording: '' });
    await openOf(portal, app);
    const rory = await makePlatformPerson(portal, 'reviewer');
    await signIn(rory, '/review');
    await tabTo(page, new RegExp(`^${app.name}$`));
    await pressAndLeave(page, 'Enter');
    await tabTo(page, /^Approve$/);
    await pressAndLeave(page, 'Enter');
    assert.equal((await portal.domain.stores.apps.find(app.id))?.status, 'production');
  });

  it('wide tables with fixed columns and bars that stick hide no stop, and no page holds the focus', async () => {
    const vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
    const { app } = await makeCompleteApp(portal, vendor.id, vera);
    await page.setViewportSize({ width: 1000, height: 420 });
    await signIn(vera, '/developer/authorizations');
    for (const path of [
      '/developer/authorizations',
      `/developer/apps/${app.publicId}/permissions`,
      '/settings/security',
    ]) {
      await page.goto(ISSUER + path);
      assert.ok((await tabThrough(page)) > 10, path);
    }
  });
});
