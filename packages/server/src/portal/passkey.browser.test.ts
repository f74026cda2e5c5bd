// Passkeys in a real browser with Chromium's virtual authenticator: adding one, signing in with it alone, as the second
// step, for step-up, and each answer once.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { databases } from '../storage/testing/databases.ts';
import { launchChromium, noChromium as skip } from '../testing/chromium.ts';
import type { Person } from '../testing/service.ts';
import { startPortal, type TestPortal } from './routes/testing/portal.ts';

/** The harness's issuer; the browser is told where it really listens. */
const ISSUER = 'http://localhost:4000';
const SECURITY = `${ISSUER}/settings/security`;

/**
 * The virtual authenticator answers the e-mail field's offer at once, as no person would, and signs in before the
 * button can be pressed. A browser without that offer leaves the button alone to be tried.
 */
function offerNoPasskeyInFields(): void {
  PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
}
function offerPasskeyInFields(): void {
  PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(true);
}

describe('passkeys in a browser', { skip }, () => {
  let portal: TestPortal;
  let chrome: Browser;
  let context: BrowserContext;
  let page: Page;
  let cdp: CDPSession;
  let authenticatorId: string;
  let ari: Person;

  before(async () => {
    portal = await startPortal(databases);
    chrome = await launchChromium(`--host-resolver-rules=MAP localhost:4000 ${new URL(portal.url).host}`);
  });
  after(async () => {
    await chrome.close();
    await portal.close();
  });
  beforeEach(async () => {
    await context?.close();
    context = await chrome.newContext();
    await context.addInitScript(offerNoPasskeyInFields);
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable', { enableUI: false });
    ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }));
    ari = await portal.makePerson();
  });

  const typePassword = async (): Promise<void> => {
    await page.goto(`${ISSUER}/sign-in?return_to=%2Fsettings%2Fsecurity`);
    await page.getByLabel('E-mail').fill(ari.user.email);
    await page.getByLabel('Password', { exact: true }).fill(ari.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const signIn = async (): Promise<void> => {
    await typePassword();
    await page.waitForURL(SECURITY);
  };
  const addPasskey = async (): Promise<void> => {
    await page.goto(`${SECURITY}/passkeys/new`);
    await page.getByLabel('Name').fill('Laptop');
    await page.getByRole('button', { name: 'Create passkey' }).click();
    await page.getByRole('heading', { name: 'Store your recovery codes' }).waitFor();
  };
  const h1 = async (): Promise<string> => (await page.locator('h1').textContent()) ?? '';

  it('adds a passkey, lists it, and signs in with it alone', async () => {
    await signIn();
    await addPasskey();
    assert.equal((await page.locator('#recovery-codes').textContent())?.trim().split('\n').length, 10);
    await page.getByRole('link', { name: 'I have stored them' }).click();
    await page.getByRole('rowheader', { name: 'Laptop' }).waitFor();
    const [passkey] = await portal.domain.stores.factors.passkeysOf(ari.user.id);
    assert.equal(passkey?.name, 'Laptop');

    await context.clearCookies();
    await page.goto(`${ISSUER}/sign-in?return_to=%2Fsettings%2Fsecurity`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(SECURITY);
    assert.equal(await h1(), 'Security');
    const [used] = await portal.domain.stores.factors.passkeysOf(ari.user.id);
    assert.equal(used?.lastUsedAtMs, portal.domain.now());
  });

  it('signs in by the offer in the e-mail field, without a button', async () => {
    await signIn();
    await addPasskey();
    await context.clearCookies();
    await context.addInitScript(offerPasskeyInFields);
    await page.goto(`${ISSUER}/sign-in?return_to=%2Fsettings%2Fsecurity`);
    await page.waitForURL(SECURITY);
    assert.equal(await h1(), 'Security');
  });

  it('is asked for after the password, and for step-up; it counts as both', async () => {
    await signIn();
    await addPasskey();
    await context.clearCookies();
    await typePassword();
    await page.getByRole('heading', { name: 'Confirm with your passkey' }).waitFor();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL(SECURITY);

    portal.pass(600_000);
    await page.goto(`${SECURITY}/password`);
    assert.equal(await h1(), 'Confirm that it is you');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL(`${SECURITY}/password`);
    assert.equal(await h1(), 'Change your password');
  });

  it('an answer works once, and in no other place than the one it was made for', async () => {
    await signIn();
    await addPasskey();
    await context.clearCookies();
    await page.goto(`${ISSUER}/sign-in?return_to=%2Fsettings%2Fsecurity`);
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    const body = (await sent).postData() ?? '';
    await page.waitForURL(SECURITY);

    const browserCookie = (await context.cookies()).find(({ name }) => name === 'latchkey-browser');
    const again = portal.browser();
    again.cookies.set('latchkey-browser', browserCookie?.value ?? '');
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const replayed = await again.send('POST', '/sign-in/passkey', body, type);
    assert.equal(replayed.status, 403);
    assert.match(replayed.body, /This passkey did not work here/);
    assert.equal(again.cookies.has('latchkey-session'), false);

    const half = portal.browser();
    const owed = await portal.signIn(half, ari);
    const step = await half.get(owed.location);
    const credential = new URLSearchParams(body).get('credential') ?? '';
    const elsewhere = await half.submit(step, '/sign-in/second-step/passkey', { credential });
    assert.equal(elsewhere.status, 403);
    const stranger = portal.browser();
    const form = await stranger.get('/sign-in');
    const foreign = await stranger.submit(form, '/sign-in/passkey', { credential });
    assert.equal(foreign.status, 403, 'made in another browser');
    for (const nonsense of ['', '{}', '[]', 'null', '{"id":"x"}', 'x'.repeat(2000)]) {
      const page = await stranger.get('/sign-in');
      assert.equal((await stranger.submit(page, '/sign-in/passkey', { credential: nonsense })).status, 403);
    }
  });

  it('gives up without harm when the authenticator does not know the person', async () => {
    await signIn();
    await addPasskey();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.goto(SECURITY);
    portal.pass(600_000);
    await page.goto(`${SECURITY}/password`);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('Nothing was sent.').waitFor();
    assert.equal(await h1(), 'Confirm that it is you');
  });
});
