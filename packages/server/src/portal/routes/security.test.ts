import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { bodyOf } from '../../domain/mail/mail.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const HOME = '/settings/security';
const TOTP_PAGE = `${HOME}/authenticator`;
const CODES = `${HOME}/recovery-codes`;
const STEP = '/sign-in/second-step';
const SESSION = 'latchkey-session';
const HALF = 'latchkey-half';

const secretOn = (shown: Shown): string =>
  (/id="totp-key"[^>]*>([A-Z2-7 ]+)</.exec(shown.body)?.[1] ?? '').replaceAll(' ', '');
const recoveryCodesOn = (shown: Shown): readonly string[] =>
  (/id="recovery-codes"[^>]*>([^<]+)</.exec(shown.body)?.[1] ?? '').trim().split('\n');

describe('the second step', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
  });

  const codeOf = (secret: string, steps = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: portal.domain.now() + steps * 30_000,
    });
  /** Another code than the last one. */
  const nextCode = (secret: string): string => {
    portal.pass(30_000);
    return codeOf(secret);
  };
  const addTotp = async (): Promise<{ secret: string; codes: readonly string[] }> => {
    const page = await browser.get(TOTP_PAGE);
    const secret = secretOn(page);
    const added = await browser.submit(page, TOTP_PAGE, { code: codeOf(secret) });
    assert.equal(added.status, 200, added.body);
    return { secret, codes: recoveryCodesOn(added) };
  };
  /** As far as the password leads. */
  const half = async (to = '/settings/security'): Promise<{ other: Browser; step: Shown }> => {
    const other = portal.browser();
    const answer = await portal.signIn(other, ari, to);
    assert.equal(answer.status, 303);
    assert.equal(answer.location, `${STEP}?return_to=${encodeURIComponent(to)}`);
    return { other, step: await other.get(answer.location) };
  };
  const mailsTo = async (person: Person) =>
    (await portal.domain.stores.mails.list(undefined, 50)).filter(({ to }) => to === person.user.email);

  it('adds an authenticator app by its code, shows ten recovery codes once, and tells the address', async () => {
    const page = await browser.get(TOTP_PAGE);
    assert.equal(page.headers['cache-control'], 'no-store');
    const secret = secretOn(page);
    assert.match(secret, /^[A-Z2-7]{32}$/);
    assert.match(page.body, /<svg[^>]*class="qr"/);
    const wrong = await browser.submit(page, TOTP_PAGE, { code: '000000' });
    assert.equal(wrong.status, 400);
    assert.equal(secretOn(wrong), secret, 'a typing error keeps what the phone already has');
    const added = await browser.submit(wrong, TOTP_PAGE, { code: codeOf(secret) });
    const codes = recoveryCodesOn(added);
    assert.equal(new Set(codes).size, 10);
    assert.match(codes[0] ?? '', /^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
    assert.match((await browser.get(HOME)).body, /10 codes are left/);
    const [mail] = await mailsTo(ari);
    assert.equal(mail?.subject, 'An authenticator app was added');
    const body = bodyOf(portal.domain, mail);
    for (const text of [body?.text, body?.html]) assert.match(text ?? '', /From: 127\.0\.0\.1/);
    const [stored] = await portal.domain.stores.factors.recoveryCodesOf(ari.user.id);
    assert.ok(!Buffer.from(stored?.hash ?? []).includes(codes[0] ?? 'x'));
    const totp = await portal.domain.stores.factors.totpOf(ari.user.id);
    assert.ok(!Buffer.from(totp?.secret ?? []).includes(secret), 'locked at rest [security 32]');
  });

  it('until it is done nobody is signed in, on no page; done, the session has a new id [security 15]', async () => {
    const { secret } = await addTotp();
    const { other, step } = await half();
    assert.match(step.body, /<h1>Enter the 6-digit code<\/h1>/);
    assert.equal(other.cookies.has(SESSION), false);
    const secretOfHalf = other.cookies.get(HALF) ?? '';
    assert.ok(secretOfHalf !== '');
    for (const page of [HOME, '/settings/integrations/api', '/settings/integrations/authorizations'])
      assert.equal((await other.get(page)).location, `/sign-in?return_to=${encodeURIComponent(page)}`);
    const forged = portal.browser();
    forged.cookies.set(SESSION, secretOfHalf);
    assert.equal((await forged.get(HOME)).status, 303, 'a half session is no session [security 22]');
    const done = await other.submit(step, STEP, { code: nextCode(secret) });
    assert.equal(done.status, 303);
    assert.equal(done.location, HOME);
    assert.equal(other.cookies.has(HALF), false);
    assert.equal((await other.get(HOME)).status, 200);
    other.cookies.set(HALF, secretOfHalf);
    other.cookies.delete(SESSION);
    const again = await other.get(STEP);
    assert.equal(again.location, '/sign-in?return_to=%2F', 'the half session is over');
  });

  it('a code works once, whoever sends it how often at once', async () => {
    const { secret } = await addTotp();
    const sets = await Promise.all(Array.from({ length: 6 }, () => half()));
    const code = nextCode(secret);
    const answers = await Promise.all(sets.map(({ other, step }) => other.submit(step, STEP, { code })));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 403, 403, 403, 403, 403],
    );
    const refused = answers.find(({ status }) => status === 403);
    assert.match(refused?.body ?? '', /wrong, or was used before/);
  });

  it('the code that added the app signs nobody in', async () => {
    const { secret } = await addTotp();
    const { other, step } = await half();
    assert.equal((await other.submit(step, STEP, { code: codeOf(secret) })).status, 403);
  });

  it('guessing stops after ten wrong codes, from whatever network; a wait helps', async () => {
    const { secret } = await addTotp();
    const { other, step } = await half();
    const right = codeOf(secret, 1);
    for (let tried = 0; tried < 10; tried += 1) {
      const wrong = await other.submit(step, STEP, { code: right === '111111' ? '222222' : '111111' });
      assert.equal(wrong.status, 403);
    }
    const { other: elsewhere, step: same } = await half();
    const headers = { 'x-test-address': '203.0.113.9', 'content-type': 'application/x-www-form-urlencoded' };
    const page = await elsewhere.get(STEP);
    assert.equal(page.status, 200);
    const blocked = await elsewhere.submit(same, STEP, { code: right });
    assert.equal(blocked.status, 429);
    assert.ok(Number(blocked.headers['retry-after']) > 0);
    const fields = { csrf: /name="csrf" value="([^"]+)"/.exec(same.body)?.[1] ?? '', code: right };
    assert.equal((await elsewhere.post(STEP, fields, headers)).status, 429);
    portal.pass(Number(blocked.headers['retry-after']) * 1000);
    assert.equal((await elsewhere.submit(same, STEP, { code: codeOf(secret) })).status, 303);
  });

  it('a half session ends after ten minutes, and with a changed password', async () => {
    const { secret } = await addTotp();
    const late = await half();
    portal.pass(600_000);
    const expired = await late.other.submit(late.step, STEP, { code: codeOf(secret) });
    assert.equal(expired.location, `/sign-in?return_to=${encodeURIComponent(HOME)}`);
    const cut = await half();
    await portal.domain.stores.users.changePassword(
      ari.user.id,
      await portal.domain.secrets.passwords.hash(ari.password),
      undefined,
      { verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: portal.domain.now() },
    );
    const dead = await cut.other.submit(cut.step, STEP, { code: codeOf(secret) });
    assert.equal(dead.location, `/sign-in?return_to=${encodeURIComponent(HOME)}`);
  });

  it('a recovery code stands in once, in any spelling, and the person is told', async () => {
    const { codes } = await addTotp();
    const [code = ''] = codes;
    const { other, step } = await half();
    const link = /href="([^"]*with=recovery)"/.exec(step.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const page = await other.get(link);
    assert.match(page.body, /<h1>Enter a recovery code<\/h1>/);
    const done = await other.submit(page, STEP, { code: ` ${code.toLowerCase().replace('-', ' ')} ` });
    assert.equal(done.location, HOME);
    assert.match((await other.get(HOME)).body, /9 codes are left/);
    const twice = await half();
    const refused = await twice.other.submit(await twice.other.get(link), STEP, { code });
    assert.equal(refused.status, 403);
    assert.match(refused.body, /This recovery code is wrong, or was used before/);
    const [mail] = await mailsTo(ari);
    assert.equal(mail?.subject, 'A recovery code was used');
  });

  it('new recovery codes end the old ones', async () => {
    const { codes: old } = await addTotp();
    const renewed = await browser.submit(await browser.get(CODES), CODES);
    const codes = recoveryCodesOn(renewed);
    assert.equal(codes.length, 10);
    const { other, step } = await half();
    assert.equal((await other.submit(step, STEP, { code: old[3] ?? '' })).status, 403);
    assert.equal((await other.submit(step, STEP, { code: codes[3] ?? '' })).status, 303);
  });

  it('step-up asks for the code too, and a session from before the app has to step up again', async () => {
    const before = await portal.signedIn(ari);
    const { secret } = await addTotp();
    const url = `${HOME}/password`;
    assert.equal((await before.get(url)).location, `/step-up?return_to=${encodeURIComponent(url)}`);
    assert.equal((await browser.get(url)).status, 200, 'the code was shown a moment ago');
    const page = await before.get(`/step-up?return_to=${encodeURIComponent(url)}`);
    const password = ari.password;
    const without = await before.submit(page, '/step-up', { password, code: '' });
    assert.equal(without.status, 400);
    const code = nextCode(secret);
    assert.equal((await before.submit(page, '/step-up', { password: 'wrong', code })).status, 403);
    const done = await before.submit(page, '/step-up', { password, code });
    assert.equal(done.location, url);
    assert.equal((await before.get(url)).status, 200);
    const again = await before.submit(page, '/step-up', { password, code });
    assert.equal(again.status, 403, 'each code works once');
  });

  it('removing the last factor brings back the password alone and tells the address', async () => {
    await addTotp();
    const remove = `${TOTP_PAGE}/remove`;
    const ask = await browser.get(remove);
    assert.match(ask.body, /your recovery codes end/);
    assert.equal((await browser.submit(ask, remove)).location, HOME);
    assert.deepEqual(await portal.domain.stores.factors.recoveryCodesOf(ari.user.id), []);
    const other = await portal.signedIn(ari);
    assert.equal((await other.get(HOME)).status, 200);
    const [mail] = await mailsTo(ari);
    assert.equal(mail?.subject, 'The authenticator app was removed');
  });

  it('POST /auth/session wants `code`, says so only to who has the password, and takes each code once', async () => {
    const { secret, codes } = await addTotp();
    const { signInForBearer } = await import('../../domain/sessions/sign-in.ts');
    const { caused } = await import('../../testing/service.ts');
    const pair = { email: ari.user.email, password: ari.password };
    const ask = async (given: Parameters<typeof signInForBearer>[1]): Promise<string> => {
      const answer = await signInForBearer(portal.domain, given, caused);
      return answer.ok ? answer.value.session.kind : answer.reason;
    };
    assert.equal(await ask({ ...pair, password: 'wrong', code: '123456' }), 'wrong-pair');
    assert.equal(await ask(pair), 'code-missing');
    const code = nextCode(secret);
    assert.equal(await ask({ ...pair, code }), 'bearer');
    assert.equal(await ask({ ...pair, code }), 'wrong-code');
    assert.equal(await ask({ ...pair, code: codes[0] ?? '' }), 'bearer');
  });
});

describe('the security page', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
  });

  const PASSWORD = `${HOME}/password`;

  it('changes the password: every other session dies, this one stays, the address is told', async () => {
    const other = await portal.signedIn(ari);
    const page = await browser.get(PASSWORD);
    const weak = await browser.submit(page, PASSWORD, { password: 'short' });
    assert.equal(weak.status, 400);
    const done = await browser.submit(page, PASSWORD, { password: 'willow tram octopus' });
    assert.equal(done.location, HOME);
    assert.equal((await other.get(HOME)).status, 303);
    assert.match((await browser.get(HOME)).body, /Your password is changed\./);
    const old = portal.browser();
    assert.equal((await portal.signIn(old, ari)).status, 403);
    const fresh = portal.browser();
    assert.equal((await portal.signIn(fresh, { ...ari, password: 'willow tram octopus' })).status, 303);
    const [mail] = await portal.domain.stores.mails.list(undefined, 1);
    assert.equal(mail?.to, ari.user.email);
    assert.equal(mail.subject, 'Your password was changed');
  });

  it('lists sessions by device and rough place, ends one, ends all others', async () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const far = portal.browser();
    const form = await far.get('/sign-in');
    const csrf = /name="csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
    await far.post(
      '/sign-in',
      { csrf, return_to: '/', email: ari.user.email, password: ari.password },
      { 'user-agent': agent, 'x-test-address': '203.0.113.77' },
    );
    const third = await portal.signedIn(ari);
    const page = await browser.get(HOME);
    assert.match(page.body, /Firefox on Linux/);
    assert.match(page.body, /203\.0\.113\.x/);
    assert.doesNotMatch(page.body, /203\.0\.113\.77/);
    assert.match(page.body, /This browser/);
    const ends = [...page.body.matchAll(/action="([^"]+\/sessions\/ses_[^"]+\/end)"/g)].map(
      ([, url = '']) => url,
    );
    assert.equal(ends.length, 2, 'no button for the present one');
    const farIndex = page.body.indexOf('203.0.113.x');
    const end = ends.find((url) => page.body.indexOf(url) > farIndex) ?? '';
    assert.equal((await browser.submit(page, end)).location, HOME);
    assert.equal((await far.get(HOME)).status, 303);
    assert.equal((await browser.submit(page, end)).status, 404, 'it is gone already');
    assert.equal((await third.get(HOME)).status, 200);
    const others = `${HOME}/sessions/end-others`;
    const rest = await browser.get(HOME);
    assert.equal((await browser.submit(rest, others)).location, HOME);
    assert.equal((await third.get(HOME)).status, 303);
    assert.match((await browser.get(HOME)).body, /Only this browser is signed in\./);
  });

  it('nobody ends a session, removes a passkey or changes anything of another person [security 49]', async () => {
    const sam = await portal.makePerson();
    const samBrowser = await portal.signedIn(sam);
    await portal.signedIn(ari);
    const page = await browser.get(HOME);
    const end = /action="([^"]+\/sessions\/ses_[^"]+\/end)"/.exec(page.body)?.[1] ?? '';
    assert.ok(end !== '');
    const samPage = await samBrowser.get(HOME);
    const csrf = /name="csrf" value="([^"]+)"/.exec(samPage.body)?.[1] ?? '';
    assert.equal((await samBrowser.post(end, { csrf })).status, 403, 'no token of theirs fits');
    assert.equal((await samBrowser.get(`${HOME}/passkeys/pk_nobodys/remove`)).status, 404);
    assert.equal((await browser.get(HOME)).status, 200);
    for (const path of [HOME, PASSWORD, TOTP_PAGE, CODES, `${HOME}/passkeys/new`])
      assert.equal((await portal.browser().get(path)).status, 303, path);
  });

  it('every form is refused without its token, and from another site [security 13]', async () => {
    for (const path of [
      PASSWORD,
      TOTP_PAGE,
      `${TOTP_PAGE}/remove`,
      CODES,
      `${HOME}/passkeys/new`,
      `${HOME}/passkeys/x/remove`,
      `${HOME}/sessions/x/end`,
      `${HOME}/sessions/end-others`,
    ]) {
      assert.equal((await browser.post(path, {})).status, 403, path);
      const headers = { 'sec-fetch-site': 'cross-site' };
      assert.equal((await browser.post(path, {}, headers)).status, 403, path);
      const plain = await browser.send('POST', path, 'x=y', { 'content-type': 'text/plain' });
      assert.equal(plain.status, 403, path);
    }
    assert.equal((await browser.get(HOME)).status, 200);
  });

  it('what changes a sign-in needs a step-up after ten minutes', async () => {
    portal.pass(600_000);
    for (const path of [PASSWORD, TOTP_PAGE, CODES, `${HOME}/passkeys/new`])
      assert.equal(
        (await browser.get(path)).location,
        `/step-up?return_to=${encodeURIComponent(path)}`,
        path,
      );
  });
});
