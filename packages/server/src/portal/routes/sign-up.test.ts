import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { emailKey } from '../../domain/users/user.ts';
import { recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import { databases } from '../../storage/testing/databases.ts';
import { codeIn, lastMailTo, linkIn, mailsTo } from '../../testing/outbox.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const MINUTE_MS = 60_000;
const VERIFY = '/sign-up/verify';
const RESEND = '/sign-up/resend';

describe('sign-up with a mailed code', () => {
  let portal: TestPortal;
  let browser: Browser;
  let email: string;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(() => {
    browser = portal.browser();
    email = `${randomUUID()}@vendor.test`;
    // Each test begins with a throttle of its own.
    portal.pass(10 * MINUTE_MS);
  });

  const whole = () => ({
    fullName: 'Nora New',
    organization: 'Nova Tools',
    email,
    phone: '+1 555 010 0199',
    password: 'correct horse battery',
  });
  const send = async (fields: Record<string, string> = {}, from: Browser = browser): Promise<Shown> =>
    from.submit(await from.get('/sign-up'), '/sign-up', { ...whole(), ...fields });
  const started = async (fields: Record<string, string> = {}): Promise<Shown> => {
    const answer = await send(fields);
    assert.equal(answer.status, 303);
    assert.match(answer.location, /^\/sign-up\/verify\?flow=lk_flow_/);
    return browser.get(answer.location);
  };
  const codeFor = async (to = email): Promise<string> => codeIn(await lastMailTo(portal.domain, to));
  const enter = (page: Shown, code: string, from: Browser = browser): Promise<Shown> =>
    from.submit(page, VERIFY, { code });
  const wrongFor = (code: string): string => (code === '000000' ? '111111' : '000000');

  it('makes a person, their vendor, a sandbox workspace and a session, and leads to the dashboard', async () => {
    const page = await started();
    assert.equal(page.status, 200);
    assert.match(page.body, /autocomplete="one-time-code"[^>]*inputmode="numeric"/);
    assert.equal(await portal.domain.stores.users.findByEmailKey(emailKey(email)), undefined);
    const done = await enter(page, await codeFor());
    assert.equal(done.status, 303);
    assert.equal(done.location, '/developer/authorizations');
    const dashboard = await browser.get(done.location);
    assert.equal(dashboard.status, 200);
    assert.match(dashboard.body, /You have signed up/);
    const user = await portal.domain.stores.users.findByEmailKey(emailKey(email));
    assert.ok(user);
    assert.deepEqual([user.fullName, user.platformRole], ['Nora New', 'none']);
    const vendor = await portal.domain.stores.vendors.ofUser(user.id);
    assert.deepEqual(
      [vendor?.name, vendor?.contactName, vendor?.contactEmail, vendor?.contactPhone],
      ['Nova Tools', 'Nora New', email, '+1 555 010 0199'],
    );
    const [membership] = await portal.domain.stores.workspaces.membershipsOf(user.id);
    assert.deepEqual([membership?.workspace.name, membership?.member.role], ['Nova Tools sandbox', 'owner']);
    assert.match(membership?.workspace.externalId ?? '', /^sandbox-[0-9a-f]{24}$/, 'nobody’s real data');
    const again = portal.browser();
    const signIn = await again.submit(await again.get('/sign-in'), '/sign-in', {
      email,
      password: 'correct horse battery',
    });
    assert.equal(signIn.status, 303);
  });

  it('gives a session that the browser did not have before [security 15]', async () => {
    const page = await started();
    browser.cookies.set('latchkey-session', 'lk_session_planted');
    const done = await enter(page, await codeFor());
    assert.equal(done.status, 303);
    assert.match(browser.cookies.get('latchkey-session') ?? '', /^lk_session_[\w-]{48}$/);
  });

  it('answers a known address like any other, and mails it either way [security 59]', async () => {
    const ari = await portal.makePerson();
    const unknown = await send();
    email = ari.user.email.toUpperCase();
    const other = portal.browser();
    const known = await send({}, other);
    assert.deepEqual([known.status, known.body], [unknown.status, unknown.body]);
    const strip = (shown: Shown): string => shown.location.replace(/flow=[\w-]+/, 'flow=…');
    assert.equal(strip(known), strip(unknown));
    assert.equal(known.location.length, unknown.location.length);
    const mail = await lastMailTo(portal.domain, email);
    assert.match(mail.text, /It has a sign-in already/);
    assert.equal(codeIn(mail), '');
    const page = await other.get(known.location);
    assert.equal(page.status, 200, 'the next page is the same as well');
    const tried = await enter(page, '123456', other);
    assert.equal(tried.status, 403);
    assert.match(tried.body, /not the code that was mailed\. 4 tries are left/);
    // Another code for it is mailed as politely, and is none.
    portal.pass(MINUTE_MS);
    assert.equal((await other.submit(page, RESEND)).status, 200);
    assert.equal((await mailsTo(portal.domain, email)).length, 2);
    const user = await portal.domain.stores.users.find(ari.user.id);
    assert.deepEqual(user, ari.user);
  });

  it('names every problem beside its field and keeps what was typed, but never the password', async () => {
    const page = await send({
      fullName: '',
      organization: '',
      email: 'nobody',
      phone: 'call me',
      password: 'short-secret',
    });
    assert.equal(page.status, 400);
    for (const words of [
      /href="#full-name"/,
      /Enter the name of your organization\./,
      /Enter an e-mail address such as/,
      /Enter a phone number in digits/,
      /value="call me"/,
    ])
      assert.match(page.body, words);
    assert.doesNotMatch(page.body, /short-secret/);
    assert.deepEqual(await mailsTo(portal.domain, 'nobody'), []);
  });

  it('refuses passwords that are short or that anybody would try', async () => {
    for (const password of [
      'short',
      'aaaaaaaaaaaaaa',
      '1234567890',
      'password12345',
      'qwertyuiop',
      'nova-tools-2026',
      'NoraNew12345',
      'Test-CRM-12345',
    ]) {
      const page = await send({ password });
      assert.equal(page.status, 400, password);
      assert.match(page.body, /href="#password"/, password);
    }
    assert.deepEqual(await mailsTo(portal.domain, email), []);
  });

  it('takes the code with spaces and dashes, in five tries, and then asks for another one', async () => {
    const page = await started();
    const code = await codeFor();
    for (const left of [4, 3, 2, 1]) {
      const tried = await enter(page, wrongFor(code));
      assert.equal(tried.status, 403);
      assert.match(tried.body, new RegExp(`${left} tr(y is|ies are) left`));
    }
    assert.match((await enter(page, wrongFor(code))).body, /it was the last try/);
    const late = await enter(page, code);
    assert.equal(late.status, 429, 'the right one comes too late');
    assert.equal(await portal.domain.stores.users.findByEmailKey(emailKey(email)), undefined);
    portal.pass(MINUTE_MS);
    assert.match((await browser.submit(page, RESEND)).body, /Another code is on its way/);
    const next = await codeFor();
    assert.equal((await enter(page, ` ${next.slice(0, 3)}-${next.slice(3)} `)).status, 303);
  });

  it('leaves no code, password or link in the database in clear [security 32]', async () => {
    await started();
    const other = portal.browser();
    await other.submit(await other.get('/reset'), '/reset', {
      email: (await portal.makePerson()).user.email,
    });
    // Without numbers: a time may hold any six digits.
    const written = (row: object): string =>
      JSON.stringify(row, (_name, value: unknown) => (typeof value === 'number' ? 0 : value));
    const [reset, signUp] = await portal.domain.stores.mails.list(undefined, 2);
    assert.ok(reset && signUp);
    const code = codeIn(await lastMailTo(portal.domain, email));
    const link = linkIn(await lastMailTo(portal.domain, reset.to));
    for (const mail of [reset, signUp]) {
      const row = written({ ...mail, body: Buffer.from(mail.body ?? []).toString('latin1') });
      for (const secret of [code, link, 'Enter this code']) assert.ok(!row.includes(secret), secret);
    }
    const id = recordIdOf(SECRET_PREFIX.resetLink, link.split('/').at(-1) ?? '');
    for (let at = (id ?? 0) - 20; at <= (id ?? 0); at += 1) {
      const proof = await portal.domain.stores.proofs.find(at);
      const row = written(proof ?? {});
      for (const secret of [code, link.slice(-40), whole().password]) assert.ok(!row.includes(secret));
    }
  });

  it('learns nothing more from tries sent all at once', async () => {
    const page = await started();
    const code = await codeFor();
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(page, wrongFor(code))));
    assert.equal(answers.filter(({ status }) => status === 403).length, 5);
    assert.equal(answers.filter(({ status }) => status === 429).length, 15);
  });

  it('ends after ten minutes', async () => {
    const page = await started();
    const code = await codeFor();
    portal.pass(10 * MINUTE_MS - 1);
    assert.equal((await browser.get(page.url)).status, 200);
    portal.pass(1);
    const late = await enter(page, code);
    assert.equal(late.status, 410);
    assert.match(late.body, /This sign-up is over[\s\S]*Sign up again/);
    assert.equal((await browser.get(page.url)).status, 410);
  });

  it('sends another code no sooner than after a minute, and the earlier one is dead', async () => {
    const page = await started();
    const first = await codeFor();
    portal.pass(30_000);
    const soon = await browser.submit(page, RESEND);
    assert.equal(soon.status, 429);
    assert.match(soon.body, /another one in 30 seconds/);
    assert.equal((await mailsTo(portal.domain, email)).length, 1);
    portal.pass(30_000);
    assert.equal((await browser.submit(page, RESEND)).status, 200);
    const second = await codeFor();
    if (first !== second) assert.equal((await enter(page, first)).status, 403);
    assert.equal((await enter(page, second)).status, 303);
  });

  it('is good in the browser that asked, and in no other [security 15]', async () => {
    const page = await started();
    const code = await codeFor();
    const thief = portal.browser();
    assert.equal((await thief.get(page.url)).status, 410);
    const own = await thief.submit(await thief.get('/sign-up'), '/sign-up', {
      ...whole(),
      email: `${randomUUID()}@thief.test`,
    });
    const theirs = await thief.get(own.location);
    const flow = new URLSearchParams(page.url.split('?')[1]).get('flow') ?? '';
    assert.equal((await thief.submit(theirs, VERIFY, { flow, code })).status, 410);
    assert.equal((await enter(page, code)).status, 303, 'nothing of it was spent');
  });

  it('sent twice at once makes one person and no failure', async () => {
    const page = await started();
    const code = await codeFor();
    const answers = await Promise.all(Array.from({ length: 4 }, () => enter(page, code)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303, 303, 303],
    );
    const to = answers.map(({ location }) => location).toSorted();
    assert.deepEqual(to.slice(0, 1), ['/developer/authorizations']);
    assert.match(to[3] ?? '', /^\/sign-in/);
    const user = await portal.domain.stores.users.findByEmailKey(emailKey(email));
    assert.ok(user);
    assert.equal((await portal.domain.stores.workspaces.membershipsOf(user.id)).length, 1);
  });

  it('begun twice for one address ends in one person; the other way leads to the sign-in', async () => {
    const [one, two] = [await started(), await started()];
    const [second, first] = await mailsTo(portal.domain, email);
    assert.ok(first && second);
    const answers = await Promise.all([enter(one, codeIn(first)), enter(two, codeIn(second))]);
    assert.deepEqual(answers.map(({ location }) => location.replace(/\?.*/, '')).toSorted(), [
      '/developer/authorizations',
      '/sign-in',
    ]);
  });

  it('sends one address only so many mails from one place', async () => {
    for (let index = 0; index < 5; index += 1) assert.equal((await send()).status, 303);
    const refused = await send();
    assert.equal(refused.status, 429);
    assert.match(refused.body, /Try again in \d+ seconds/);
    assert.equal((await mailsTo(portal.domain, email)).length, 5);
    const from = { 'x-test-address': '203.0.113.77' };
    const page = await browser.get('/sign-up', from);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const elsewhere = await browser.post('/sign-up', { ...whole(), csrf }, from);
    assert.equal(elsewhere.status, 303, 'nobody is locked out of their own mail by somebody else');
  });

  it('without its token is refused, and nothing is mailed [security 13]', async () => {
    await browser.get('/sign-up');
    for (const csrf of ['', 'x'.repeat(43)]) {
      assert.equal((await browser.post('/sign-up', { ...whole(), csrf })).status, 403);
      assert.equal((await browser.post(VERIFY, { code: '123456', flow: 'x', csrf })).status, 403);
      assert.equal((await browser.post(RESEND, { flow: 'x', csrf })).status, 403);
    }
    const page = await browser.get('/sign-up');
    const { body } = page;
    const csrf = /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const crossSite = await browser.post(
      '/sign-up',
      { ...whole(), csrf },
      { 'sec-fetch-site': 'cross-site' },
    );
    assert.equal(crossSite.status, 403);
    assert.deepEqual(await mailsTo(portal.domain, email), []);
  });

  it('goes on with the request that waited', async () => {
    const to = '/device?user_code=LMT-7QX2-9KFP';
    const page = await browser.get(`/sign-up?return_to=${encodeURIComponent(to)}`);
    const sent = await browser.submit(page, '/sign-up', whole());
    const done = await enter(await browser.get(sent.location), await codeFor());
    assert.equal(done.location, to);
    const foreign = await browser.get('/sign-up?return_to=https%3A%2F%2Fevil.test%2F');
    assert.equal(foreign.location, '/', 'a signed-in person has no business here');
  });

  it('survives whatever is sent to it', async () => {
    const page = await browser.get('/sign-up');
    for (const fields of [
      { email: 'a@b.test\u0000' },
      { email: 'a@b.test, c@d.test' },
      { email: `${'x'.repeat(400)}@b.test` },
      { password: 'x'.repeat(5000) },
      { fullName: '\u202e<script>'.repeat(50) },
    ] as Record<string, string>[]) {
      const answer = await browser.submit(page, '/sign-up', { ...whole(), ...fields });
      assert.equal(answer.status, 400, JSON.stringify(fields).slice(0, 60));
    }
    for (const flow of ['', 'x', 'lk_flow_'.padEnd(56, 'A'), '%00'])
      assert.ok([400, 410].includes((await browser.get(`${VERIFY}?flow=${flow}`)).status), flow);
    assert.deepEqual(portal.errors, []);
  });
});

describe('a forgotten password', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(() => portal.pass(10 * MINUTE_MS));

  const ask = async (email: string, browser: Browser = portal.browser()): Promise<Shown> =>
    browser.submit(await browser.get('/reset'), '/reset', { email });

  it('is set anew by a mailed link, once, and every session ends', async () => {
    const ari = await portal.makePerson();
    const signedIn = await portal.signedIn(ari);
    assert.equal((await ask(ari.user.email)).status, 200);
    const link = linkIn(await lastMailTo(portal.domain, ari.user.email));
    assert.match(link, /^\/reset\/lk_reset_[\w-]{48}$/);
    const browser = portal.browser();
    const page = await browser.get(link);
    assert.equal(page.status, 200);
    const weak = await browser.submit(page, link, { password: 'password123' });
    assert.equal(weak.status, 400);
    const done = await browser.submit(page, link, { password: 'linen harbor kestrel' });
    assert.equal(done.status, 303);
    assert.equal(done.location, '/sign-in');
    assert.match((await browser.get('/sign-in')).body, /Your password is set/);
    assert.equal((await signedIn.get('/settings/integrations/api')).status, 303, 'signed out everywhere');
    assert.equal((await browser.get(link)).status, 410);
    assert.equal((await browser.submit(page, link, { password: 'maple quartz fern' })).status, 410);
    const again = portal.browser();
    const old = await portal.signIn(again, ari);
    assert.equal(old.status, 403, 'the old password is dead');
    const fresh = await portal.signIn(again, { ...ari, password: 'linen harbor kestrel' });
    assert.equal(fresh.status, 303);
    const notice = await lastMailTo(portal.domain, ari.user.email);
    assert.equal(notice.purpose, 'password-changed');
  });

  it('is answered alike for known, unknown and disabled addresses, with a mail to each [security 59]', async () => {
    const [ari, dora] = [await portal.makePerson(), await portal.makePerson()];
    await portal.domain.stores.users.setDisabled(dora.user.id, true, {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 't',
      atMs: portal.domain.now(),
    });
    const unknown = `${randomUUID()}@crm.test`;
    const answers = [];
    for (const email of [ari.user.email, dora.user.email, unknown])
      answers.push((await ask(email)).body.replaceAll(email, '…').replace(/datetime="[^"]*"/g, ''));
    assert.equal(answers[0], answers[1]);
    assert.equal(answers[0], answers[2]);
    assert.match((await lastMailTo(portal.domain, unknown)).text, /Nobody can sign in with it/);
    assert.match((await lastMailTo(portal.domain, dora.user.email)).text, /Nobody can sign in with it/);
  });

  it('ends with its hour, and with the next link that was used', async () => {
    const ari = await portal.makePerson();
    await ask(ari.user.email);
    const first = linkIn(await lastMailTo(portal.domain, ari.user.email));
    await ask(ari.user.email);
    const second = linkIn(await lastMailTo(portal.domain, ari.user.email));
    const browser = portal.browser();
    const used = await browser.submit(await browser.get(second), second, {
      password: 'linen harbor kestrel',
    });
    assert.equal(used.status, 303);
    assert.equal((await browser.get(first)).status, 410);
    await ask(ari.user.email);
    const third = linkIn(await lastMailTo(portal.domain, ari.user.email));
    portal.pass(60 * MINUTE_MS - 1);
    assert.equal((await browser.get(third)).status, 200);
    portal.pass(1);
    assert.equal((await browser.get(third)).status, 410);
  });

  it('takes no other secret in the place of its link [security 22]', async () => {
    const ari = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    const session = browser.cookies.get('latchkey-session') ?? '';
    for (const link of [
      session,
      session.replace('lk_session_', 'lk_reset_'),
      'lk_reset_'.padEnd(57, 'A'),
      'x',
      '..%2f..%2fetc',
    ])
      assert.equal((await browser.get(`/reset/${link}`)).status, 410, link);
  });

  it('is not set by a form from elsewhere [security 13]', async () => {
    const ari = await portal.makePerson();
    await ask(ari.user.email);
    const link = linkIn(await lastMailTo(portal.domain, ari.user.email));
    const browser = portal.browser();
    await browser.get(link);
    for (const csrf of ['', 'x'.repeat(43)])
      assert.equal((await browser.post(link, { password: 'linen harbor kestrel', csrf })).status, 403);
    assert.equal((await portal.signIn(portal.browser(), ari)).status, 303);
  });
});

describe('a changed e-mail address', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(() => portal.pass(10 * MINUTE_MS));

  const CHANGE = '/settings/profile/email';
  const ask = async (browser: Browser, email: string): Promise<Shown> =>
    browser.submit(await browser.get(CHANGE), CHANGE, { email });

  it('is proven by a code mailed to the new one; the old one is told', async () => {
    const ari = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    const email = `${randomUUID()}@new.test`;
    const sent = await ask(browser, email);
    assert.equal(sent.status, 303);
    const page = await browser.get(sent.location);
    const code = codeIn(await lastMailTo(portal.domain, email));
    const other = await portal.signedIn(ari);
    const flow = sent.location.split('flow=')[1] ?? '';
    const there = await other.get(`${CHANGE}/verify?flow=${flow}`);
    const stolen = await other.submit(there, `${CHANGE}/verify`, { code });
    assert.equal(stolen.status, 410, 'only in the session that asked');
    const done = await browser.submit(page, `${CHANGE}/verify`, { code });
    assert.equal(done.location, '/settings/profile');
    const user = await portal.domain.stores.users.find(ari.user.id);
    assert.equal(user?.email, email);
    const notice = await lastMailTo(portal.domain, ari.user.email);
    assert.match(notice.text, new RegExp(`You sign in with ${email} from now on`));
    const again = await browser.submit(page, `${CHANGE}/verify`, { code });
    assert.equal(again.status, 410);
  });

  it('that somebody else has is answered like any other [security 59]', async () => {
    const [ari, other] = [await portal.makePerson(), await portal.makePerson()];
    const browser = await portal.signedIn(ari);
    const sent = await ask(browser, other.user.email);
    assert.equal(sent.status, 303);
    assert.match((await lastMailTo(portal.domain, other.user.email)).text, /has a sign-in of its own/);
    const tried = await browser.submit(await browser.get(sent.location), `${CHANGE}/verify`, {
      code: '123456',
    });
    assert.equal(tried.status, 403);
    assert.equal((await portal.domain.stores.users.find(ari.user.id))?.email, ari.user.email);
  });

  it('needs the password again after ten minutes, and a form of ours [security 13]', async () => {
    const ari = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    const page = await browser.get(CHANGE);
    assert.equal((await browser.post(CHANGE, { email: 'x@new.test', csrf: 'x' })).status, 403);
    portal.pass(10 * MINUTE_MS);
    assert.match((await browser.get(CHANGE)).location, /^\/step-up/);
    const late = await browser.submit(page, CHANGE, { email: 'x@new.test' });
    assert.match(late.location, /^\/step-up/);
    assert.deepEqual(await mailsTo(portal.domain, 'x@new.test'), []);
  });
});
