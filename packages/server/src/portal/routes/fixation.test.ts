// Session fixation and signing a victim in as the attacker, on every way in [security 15]: whatever session stood in the
// browser before, planted or live, the person gets one that nobody knew, and the one before opens nothing any more.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { offerOperatorClaim } from '../../domain/operate/claim.ts';
import { newRecoveryCodes } from '../../domain/factors/recovery-codes.ts';
import { lockTotpSecret, newTotpSecret } from '../../domain/factors/totp.ts';
import { databases } from '../../storage/testing/databases.ts';
import { codeIn, lastMailTo, linkIn } from '../../testing/outbox.ts';
import type { Person } from '../../testing/service.ts';
import { addSoftPasskey } from '../../testing/soft-passkey.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const SESSION = 'latchkey-session';
const HOME = '/settings/profile';
const PASSWORD = 'ample violet crane 41';
const MINUTE_MS = 60_000;

/** The last step of a way in, once the browser holds whatever it held before. */
type LastStep = () => Promise<{ readonly status: number; readonly setCookies: readonly string[] }>;
/** Everything up to there; `email` is whom the browser is to be signed in as. */
type Way = (
  portal: TestPortal,
  browser: Browser,
) => Promise<{ readonly email: string; readonly last: LastStep }>;

const trace = (portal: TestPortal) =>
  ({ verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: portal.domain.now() }) as const;

const optionsOn = ({ body }: Shown): string =>
  (/data-options="([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&quot;', '"');

const withSecondFactor = async (portal: TestPortal) => {
  const { domain } = portal;
  const person = await portal.makePerson();
  const secret = newTotpSecret(domain);
  const { codes, texts } = await newRecoveryCodes(domain, person.user.id);
  const factor = {
    id: await domain.stores.nextId(),
    userId: person.user.id,
    secret: lockTotpSecret(domain, person.user.id, secret),
    lastStep: 0,
    createdAtMs: domain.now(),
  };
  await domain.stores.factors.addTotp(factor, codes, undefined, trace(portal));
  return { person, secret, recovery: texts[0] ?? '' };
};

const half = async (portal: TestPortal, browser: Browser, person: Person): Promise<Shown> =>
  browser.get((await portal.signIn(browser, person)).location);

const WAYS: Readonly<Record<string, Way>> = {
  async password(portal, browser) {
    const { user, password } = await portal.makePerson();
    const page = await browser.get('/sign-in');
    return {
      email: user.email,
      last: () => browser.submit(page, '/sign-in', { email: user.email, password }),
    };
  },
  async 'the second step, by a code'(portal, browser) {
    const { person, secret } = await withSecondFactor(portal);
    const page = await half(portal, browser, person);
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: portal.domain.now(),
    });
    return {
      email: person.user.email,
      last: () => browser.submit(page, '/sign-in/second-step', { code }),
    };
  },
  async 'the second step, by a recovery code'(portal, browser) {
    const { person, recovery } = await withSecondFactor(portal);
    const page = await half(portal, browser, person);
    return {
      email: person.user.email,
      last: () => browser.submit(page, '/sign-in/second-step', { code: recovery }),
    };
  },
  async 'the second step, by a passkey'(portal, browser) {
    const person = await portal.makePerson();
    const passkey = await addSoftPasskey(portal.domain, person.user);
    const page = await half(portal, browser, person);
    const credential = passkey.answer(optionsOn(page));
    return {
      email: person.user.email,
      last: () => browser.submit(page, '/sign-in/second-step/passkey', { credential }),
    };
  },
  async 'a passkey alone'(portal, browser) {
    const { user } = await portal.makePerson();
    const passkey = await addSoftPasskey(portal.domain, user);
    const page = await browser.get('/sign-in');
    const credential = passkey.answer(optionsOn(page));
    return {
      email: user.email,
      last: () => browser.submit(page, '/sign-in/passkey', { credential }),
    };
  },
  async 'sign-up'(portal, browser) {
    const email = `${randomUUID()}@vendor.test`;
    const sent = await browser.submit(await browser.get('/sign-up'), '/sign-up', {
      fullName: 'Nora New',
      organization: 'Nova Tools',
      email,
      phone: '+1 555 010 0199',
      password: PASSWORD,
    });
    const page = await browser.get(sent.location);
    const code = codeIn(await lastMailTo(portal.domain, email));
    return { email, last: () => browser.submit(page, '/sign-up/verify', { code }) };
  },
  async 'an invitation'(portal, browser) {
    const vera = await portal.makePerson();
    await portal.makeVendor(vera);
    const inviting = await portal.signedIn(vera);
    const email = `${randomUUID()}@vendor.test`;
    await inviting.submit(await inviting.get('/developer/team'), '/developer/team', { email });
    const link = linkIn(await lastMailTo(portal.domain, email));
    const page = await browser.get(link);
    const fields = { fullName: 'Nora New', password: PASSWORD };
    return { email, last: () => browser.submit(page, `${link}/new`, fields) };
  },
  async 'the first operator’s link'(portal, browser) {
    const link = new URL((await offerOperatorClaim(portal.domain)) ?? assert.fail('no link')).pathname;
    const email = `${randomUUID()}@crm.test`;
    const page = await browser.get(link);
    const fields = { fullName: 'Olive Tan', email, password: PASSWORD };
    return { email, last: () => browser.submit(page, link, fields) };
  },
  async 'the management API'(portal, browser) {
    const { user, password } = await portal.makePerson();
    const body = JSON.stringify({ email: user.email, password });
    return {
      email: user.email,
      last: () => browser.send('POST', '/api/sign-in', body, { 'content-type': 'application/json' }),
    };
  },
};

describe('a session that stood in the browser before', () => {
  const portals: TestPortal[] = [];
  const fresh = async (): Promise<TestPortal> => {
    const portal = await startPortal(databases);
    portals.push(portal);
    return portal;
  };
  let mallory: { readonly portal: TestPortal; readonly person: Person };
  before(async () => {
    const portal = await fresh();
    mallory = { portal, person: await portal.makePerson() };
  });
  after(async () => {
    for (const portal of portals) await portal.close();
  });

  const holder = (portal: TestPortal, secret: string): Browser => {
    const browser = portal.browser();
    browser.cookies.set(SESSION, secret);
    return browser;
  };
  const isSignedIn = async (portal: TestPortal, secret: string): Promise<boolean> =>
    (await holder(portal, secret).get(HOME)).status === 200;

  for (const [name, way] of Object.entries(WAYS)) {
    it(`is not the person’s after ${name}, and is over [security 15]`, async () => {
      const { portal, person } = mallory;
      portal.pass(10 * MINUTE_MS);
      const browser = portal.browser();
      const { email, last } = await way(portal, browser);
      const attackers = (await portal.signedIn(person)).cookies.get(SESSION) ?? '';
      assert.ok(await isSignedIn(portal, attackers));
      browser.cookies.set(SESSION, attackers);
      const done = await last();
      assert.ok(done.status === 303 || done.status === 200, String(done.status));
      const opened = browser.cookies.get(SESSION) ?? '';
      assert.match(opened, /^lk_session_[\w-]{48}$/);
      assert.notEqual(opened, attackers);
      assert.ok((await browser.get(HOME)).body.includes(email));
      assert.equal(await isSignedIn(portal, attackers), false, 'the one before opens nothing');
    });

    it(`is replaced after ${name} when nobody’s [security 15]`, async () => {
      // The first operator comes once.
      const portal = await fresh();
      const browser = portal.browser();
      const { email, last } = await way(portal, browser);
      const planted = `lk_session_${'A'.repeat(48)}`;
      browser.cookies.set(SESSION, planted);
      await last();
      const opened = browser.cookies.get(SESSION) ?? '';
      assert.match(opened, /^lk_session_[\w-]{48}$/);
      assert.notEqual(opened, planted);
      assert.ok((await browser.get(HOME)).body.includes(email));
      assert.equal(await isSignedIn(portal, planted), false);
    });
  }

  it('ends with a reset of the password, which signs nobody in [security 15]', async () => {
    const { portal } = mallory;
    portal.pass(10 * MINUTE_MS);
    const ari = await portal.makePerson();
    const stolen = (await portal.signedIn(ari)).cookies.get(SESSION) ?? '';
    const browser = portal.browser();
    await browser.submit(await browser.get('/reset'), '/reset', { email: ari.user.email });
    const link = linkIn(await lastMailTo(portal.domain, ari.user.email));
    const done = await browser.submit(await browser.get(link), link, { password: PASSWORD });
    assert.ok(done.status < 400, String(done.status));
    assert.equal(browser.cookies.has(SESSION), false);
    assert.equal(await isSignedIn(portal, stolen), false);
  });

  it('never finishes what the victim began: consent that one person saw is not given by another who signs in [security 15]', async () => {
    const { portal, person } = mallory;
    const { app } = await portal.makeApp();
    const ari = await portal.makePerson();
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: app.redirectUris[0] ?? '',
      response_type: 'code',
    }).toString();
    const address = `/oauth/authorize?${query}`;
    const victim = await portal.signedIn(ari);
    const page = await victim.get(address);
    assert.equal(page.status, 200);
    // Another tab of the victim is made to sign in as the attacker.
    await portal.signIn(victim, person);
    for (const { workspace } of [ari, person]) {
      const fields = { decision: 'authorize', workspace: workspace.publicId };
      const answer = await victim.submit(page, address, fields);
      assert.deepEqual([answer.status, answer.location], [403, '']);
    }
    for (const { user } of [ari, person])
      assert.deepEqual(await portal.domain.stores.connections.entriesOf(user.id), []);
  });
});
