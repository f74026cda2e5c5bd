// The walk-through's echo page over HTTP: what it shows to whom, and that no link leads anybody's code there.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';
import { makeCompleteApp } from './testing/review-road.ts';

const VERIFIER = 'v'.repeat(43);
const CHALLENGE = hash('sha256', VERIFIER, 'base64url');

describe('the echo page', () => {
  let portal: TestPortal;
  let vera: Person;
  let vendor: Vendor;
  let browser: Browser;
  let app: App;
  let secret: string;
  before(async () => {
    portal = await startPortal(databases);
    vera = await portal.makePerson();
    vendor = await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
    ({ app, secret } = await makeCompleteApp(portal, vendor.id, vera));
  });
  after(() => portal.close());

  const echoOf = (): string => `${portal.domain.settings.issuer}/developer/echo`;
  const attribute = (shown: Shown, name: string): string =>
    new RegExp(`data-${name}="([^"]*)"`).exec(shown.body)?.[1] ?? '';
  /** As walk-through.js makes it, from the page of whoever asks. */
  const stateIn = async (at: Browser, of = app): Promise<string> => {
    const page = await at.get(`/developer/apps/${of.publicId}/walk-through`);
    assert.equal(page.status, 200);
    return `${attribute(page, 'state-begin')}random${attribute(page, 'state-end')}`;
  };
  const asked = (state: string, of = app, redirect = echoOf()): string =>
    `/oauth/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: of.clientId,
      redirect_uri: redirect,
      state,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    })}`;
  const authorized = async (at: Browser, url: string): Promise<Shown> => {
    const consent = await at.get(url);
    assert.equal(consent.status, 200);
    return at.submit(consent, url, { decision: 'authorize', workspace: vera.workspace.publicId });
  };
  const pathOf = (location: string): string => {
    const { pathname, search } = new URL(location);
    return `${pathname}${search}`;
  };

  it('shows who began the walk-through the answer with its code masked; the code then works with the echo address', async () => {
    const answer = await authorized(browser, asked(await stateIn(browser)));
    assert.equal(answer.status, 303);
    const landed = new URL(answer.location);
    assert.equal(`${landed.origin}${landed.pathname}`, echoOf());
    const code = landed.searchParams.get('code') ?? assert.fail();
    const shown = await browser.get(pathOf(answer.location));
    assert.equal(shown.status, 200);
    assert.match(shown.body, new RegExp(`code=••••${code.slice(-4)}`));
    assert.ok(!shown.body.includes(code));
    assert.equal(shown.headers['referrer-policy'], 'no-referrer');
    const tokens = await portal.post('/oauth/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: echoOf(),
      code_verifier: VERIFIER,
      client_id: app.clientId,
      client_secret: secret,
    });
    assert.equal(tokens.status, 200, tokens.text);
  });

  it('shows that the person pressed Cancel', async () => {
    const url = asked(await stateIn(browser));
    const consent = await browser.get(url);
    const answer = await browser.submit(consent, url, { decision: 'cancel' });
    const shown = await browser.get(pathOf(answer.location));
    assert.match(shown.body, /error=access_denied/);
    assert.match(shown.body, /pressed Cancel/);
  });

  it('is asked for by nobody but the session that began: not by a teammate, a tester, the same person elsewhere, or with a made-up state [security 18]', async () => {
    const state = await stateIn(browser);
    const teammate = await portal.makePerson();
    const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: 0 } as const;
    assert.ok(await portal.domain.stores.vendors.addToTeam(vendor.id, teammate.user.id, trace));
    const tester = await portal.makePerson();
    await portal.domain.stores.apps.addTester(app.id, tester.user.id, 10, trace);
    const others = await Promise.all([teammate, tester, vera].map((person) => portal.signedIn(person)));
    for (const other of others) {
      const refused = await other.get(asked(state));
      assert.equal(refused.status, 403);
      assert.match(refused.body, /This walk-through is not yours/);
      assert.doesNotMatch(refused.body, /Authorize</);
    }
    for (const made of ['', 'x', `${app.publicId}.random.`, `${app.publicId}.random.${'A'.repeat(43)}`])
      assert.equal((await browser.get(asked(made))).status, 403, made);
    // The form cannot be sent past the page either: it was never shown.
    const url = asked(state);
    const own = await browser.get(url);
    const [first] = others;
    assert.ok(first);
    const sent = await first.submit(own, url, { decision: 'authorize' });
    assert.notEqual(sent.status, 303);
  });

  it('shows an answer to nobody else, whatever stands in the address', async () => {
    const { location } = await authorized(browser, asked(await stateIn(browser)));
    const code = new URL(location).searchParams.get('code') ?? assert.fail();
    const elsewhere = await portal.signedIn(vera);
    const refused = await elsewhere.get(pathOf(location));
    assert.equal(refused.status, 403);
    assert.ok(!refused.body.includes(code.slice(-4)));
    const nobody = await portal.browser().get(pathOf(location));
    assert.equal(nobody.location, `/sign-in?return_to=${encodeURIComponent('/developer/echo')}`);
  });

  it('takes no state of another app, and no other spelling of its address', async () => {
    const { app: other } = await makeCompleteApp(portal, vendor.id, vera);
    assert.equal((await browser.get(asked(await stateIn(browser, other)))).status, 403);
    for (const spelling of [
      `${echoOf()}?x=1`,
      `${echoOf()}/`,
      `${echoOf()}#`,
      echoOf().replace('echo', 'ech%6f'),
    ])
      assert.equal((await browser.get(asked(await stateIn(browser), app, spelling))).status, 400, spelling);
  });

  it('is closed to an app in production, also when it registered the address [security 1, 40]', async () => {
    const registered = [echoOf(), `${echoOf()}?x=1`];
    const fields = { redirectUris: registered, status: 'production' } as const;
    const { app: live } = await makeCompleteApp(portal, vendor.id, vera, fields);
    const page = await browser.get(`/developer/apps/${live.publicId}/walk-through`);
    assert.equal(attribute(page, 'echo'), '');
    // With the session's own state of another app: nothing else would stand in the way.
    const state = await stateIn(browser);
    for (const redirect of registered) {
      const refused = await browser.get(asked(state, live, redirect));
      assert.equal(refused.status, 400);
      assert.match(refused.body, /has not registered/);
    }
  });
});
