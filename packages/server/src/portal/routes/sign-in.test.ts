import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const KEYS = '/settings/integrations/api';
const SESSION = 'latchkey-session';

describe('signing in', () => {
  let portal: TestPortal;
  let ari: Person;
  before(async () => {
    portal = await startPortal(databases);
    ari = await portal.makePerson();
  });
  after(() => portal.close());

  it('leads to the page that was asked for, and only to pages of ours', async () => {
    const browser = portal.browser();
    const asked = await browser.get(`${KEYS}?a=b`);
    assert.equal(asked.status, 303);
    assert.equal(asked.location, `/sign-in?return_to=${encodeURIComponent(`${KEYS}?a=b`)}`);
    const done = await portal.signIn(browser, ari, `${KEYS}?a=b`);
    assert.equal(done.status, 303);
    assert.equal(done.location, `${KEYS}?a=b`);
    assert.equal((await browser.get(done.location)).status, 200);
    for (const hostile of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      '/settings/..//evil.example',
      '/settings/%2e%2e/x',
      'javascript:alert(1)',
      '/settings/\tx',
      '/assets/x',
    ]) {
      const other = await portal.signIn(portal.browser(), ari, hostile);
      assert.equal(other.location, '/', hostile);
    }
  });

  it('sets a cookie that scripts and other sites cannot use, and a new session id each time [security 15]', async () => {
    const browser = portal.browser();
    browser.cookies.set(SESSION, 'lk_session_planted');
    const first = await portal.signIn(browser, ari);
    const cookie = first.setCookies.find((one) => one.startsWith(`${SESSION}=`)) ?? '';
    assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.match(cookie, /Max-Age=7776000/);
    const before = browser.cookies.get(SESSION) ?? '';
    assert.notEqual(before, 'lk_session_planted');
    await portal.signIn(browser, ari);
    const after = browser.cookies.get(SESSION) ?? '';
    assert.notEqual(after, before);
    // The earlier session ended with it.
    const old = portal.browser();
    old.cookies.set(SESSION, before);
    assert.equal((await old.get(KEYS)).status, 303);
    assert.equal((await browser.get(KEYS)).status, 200);
  });

  it('answers an unknown address, a wrong password and a disabled person alike [security 59]', async () => {
    const gone = await portal.makePerson();
    const { domain } = portal;
    await domain.stores.users.setDisabled(gone.user.id, true, {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: domain.now(),
    });
    const texts = new Set<string>();
    for (const [email, password] of [
      ['nobody@crm.test', 'wrong password'],
      [ari.user.email, 'wrong password'],
      [gone.user.email, gone.password],
    ] as const) {
      const browser = portal.browser();
      const form = await browser.get('/sign-in');
      const refused = await browser.submit(form, '/sign-in', { email, password });
      assert.equal(refused.status, 403);
      assert.equal(browser.cookies.has(SESSION), false);
      const changing = /value="[\w-]{43}"|challenge&quot;:&quot;[\w-]+/g;
      texts.add(refused.body.replaceAll(email, '').replaceAll(changing, ''));
    }
    assert.equal(texts.size, 1);
    assert.match([...texts][0] ?? '', /E-mail or password is wrong\./);
  });

  it('throttles guessing about a person from one place, never the person elsewhere', async () => {
    const victim = await portal.makePerson();
    const guess = async (address: string, password: string) => {
      const browser = portal.browser();
      const form = await browser.get('/sign-in');
      const hidden = /name="csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
      return browser.post(
        '/sign-in',
        { csrf: hidden, return_to: '/', email: victim.user.email, password },
        { 'x-test-address': address },
      );
    };
    for (let tries = 0; tries < 10; tries += 1)
      assert.equal((await guess('198.51.100.7', `wrong ${tries}`)).status, 403);
    const blocked = await guess('198.51.100.9', victim.password);
    assert.equal(blocked.status, 429);
    assert.match(blocked.body, /Too many tries\. Try again in \d+ seconds\./);
    assert.ok(Number(blocked.headers['retry-after']) > 0);
    assert.equal((await guess('203.0.113.5', victim.password)).status, 303);
  });

  it('guesses sent all at once learn no more than guesses one by one', async () => {
    const victim = await portal.makePerson();
    const browser = portal.browser();
    const form = await browser.get('/sign-in');
    const guess = (password: string) =>
      browser.submit(form, '/sign-in', { email: victim.user.email, password });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, index) => guess(`wrong ${index}`)));
    assert.equal(answers.filter(({ status }) => status === 403).length, 10);
    assert.equal(answers.filter(({ status }) => status === 429).length, 14);
  });

  it('keeps several tabs of the form good while one of them signs in', async () => {
    const browser = portal.browser();
    const tabs = [
      await browser.get('/sign-in'),
      await browser.get('/sign-in'),
      await browser.get('/sign-in'),
    ];
    const pair = { email: ari.user.email, password: ari.password };
    for (const tab of tabs) assert.equal((await browser.submit(tab, '/sign-in', pair)).status, 303);
  });

  it('refuses a sign-in form that another browser was given [security 13]', async () => {
    const theirs = await portal.browser().get('/sign-in');
    const browser = portal.browser();
    const pair = { email: ari.user.email, password: ari.password };
    const refused = await browser.submit(theirs, '/sign-in', pair);
    assert.equal(refused.status, 403);
    assert.equal(browser.cookies.has(SESSION), false);
  });

  it('ends after 14 days without use, after 90 in all, and with sign-out', async () => {
    const day = 86_400_000;
    const idle = await portal.signedIn(ari);
    portal.pass(13 * day);
    assert.equal((await idle.get(KEYS)).status, 200);
    portal.pass(13 * day);
    assert.equal((await idle.get(KEYS)).status, 200, 'use keeps it alive');
    portal.pass(14 * day);
    assert.equal((await idle.get(KEYS)).status, 303);

    const busy = await portal.signedIn(ari);
    for (let days = 0; days < 84; days += 12) {
      portal.pass(12 * day);
      assert.equal((await busy.get(KEYS)).status, 200);
    }
    portal.pass(6 * day);
    assert.equal((await busy.get(KEYS)).status, 303);

    const out = await portal.signedIn(ari);
    const page = await out.get(KEYS);
    const secret = out.cookies.get(SESSION) ?? '';
    const answer = await out.submit(page, '/sign-out');
    assert.equal(answer.status, 303);
    assert.equal(out.cookies.has(SESSION), false);
    out.cookies.set(SESSION, secret);
    assert.equal((await out.get(KEYS)).status, 303);
  });

  it('takes no other kind of secret for a session [security 22]', async () => {
    const key = await portal.makeKey(ari, 'opaque');
    const { signInForBearer } = await import('../../domain/sessions/sign-in.ts');
    const { caused } = await import('../../testing/service.ts');
    const pair = { email: ari.user.email, password: ari.password };
    const bearer = await signInForBearer(portal.domain, pair, caused);
    assert.ok(bearer.ok);
    for (const secret of [
      key.text,
      bearer.value.secret,
      bearer.value.secret.replace('lk_sb_', 'lk_session_'),
    ]) {
      const browser = portal.browser();
      browser.cookies.set(SESSION, secret);
      assert.equal((await browser.get(KEYS)).status, 303);
    }
  });
});

describe('the demo', () => {
  it('fills the form for the person that a plain link names, and nobody else can be signed in by it', async () => {
    const people = [
      { slug: 'ari', name: 'Ari', who: 'agent', email: 'ari@demo.test', password: 'kestrel-orbit-41' },
    ];
    const portal = await startPortal(databases, { sampleAppUrl: 'http://127.0.0.1:4001', people });
    const browser = portal.browser();
    const plain = await browser.get('/sign-in?return_to=%2Fcli-auth');
    assert.ok(!plain.body.includes('kestrel-orbit-41'));
    const link = /href="([^"]*as=ari)"/.exec(plain.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.equal(link, '/sign-in?return_to=%2Fcli-auth&as=ari');
    const filled = await browser.get(link);
    assert.match(filled.body, /value="ari@demo\.test"/);
    assert.match(filled.body, /value="kestrel-orbit-41"/);
    assert.equal((await browser.get('/')).status, 200);
    assert.equal((await browser.get('/demo/mail')).status, 200);
    await portal.close();
  });

  it('has no pages where the start is none', async () => {
    const portal = await startPortal(databases);
    const browser = portal.browser();
    assert.equal((await browser.get('/demo/mail')).status, 404);
    assert.equal((await browser.get('/')).location, '/sign-in');
    await portal.close();
  });
});
