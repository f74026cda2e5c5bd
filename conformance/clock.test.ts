// What ends by time, on a server of its own whose clock is moved: documents 001 to 004 and protocol.md 16.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startOwnTarget } from './own-target.ts';

const clock = await startOwnTarget();
const { demo, issuer, personAs, customerKey } = await import('./target.ts');
const { AGENT_WORKSPACE, productionApp, publicApp } = await import('./apps/known.ts');
const { bearer, call, codeFor, createPkce, exchangeKey, json, redeem, refresh, s256, text, tokensOf } =
  await import('./apps/tokens.ts');
const { decide, pollLoomta, pollStandard, sessionOf, startedLoomta, startedStandard } =
  await import('./apps/devices.ts');
const { assertBadCredentials, assertBody, assertOAuthError } = await import('./expect.ts');
const { fillSignIn, signIn } = await import('./person/sign-in.ts');
const { newcomer, signUpAs, SIGN_UP } = await import('./person/sign-up.ts');
const { openDevice, typeCode } = await import('./person/terminal.ts');
const { createKey, keyOn, KEYS, openCreateKey } = await import('./person/settings.ts');
const { createPerson } = await import('./person/person.ts');
const { addAuthenticator } = await import('./person/authenticator.ts');
const { exchange, jsonBody } = await import('./http/exchange.ts');

const agent = personAs('agent');
const owner = personAs('stranger');
const workspaceId = owner.workspaces[0]?.id ?? '';
const agentCode = async (app = productionApp, more = {}) =>
  codeFor(await signIn(agent), app, { workspace: AGENT_WORKSPACE, more });
const agentTokens = async () => tokensOf(await redeem(productionApp, await agentCode()));
const approve = async (userCode: string) =>
  decide('approve', { session: await sessionOf(owner), workspaceId, body: { userCode } });

describe('what ends by time', () => {
  it('an authorization code: good at 59 seconds, dead at 60 [security 21]', async () => {
    const [early, late] = [await agentCode(), await agentCode()];
    clock.advance(58);
    assert.equal((await redeem(productionApp, early)).status, 200);
    clock.advance(2);
    assertOAuthError(await redeem(productionApp, late), 400, 'invalid_grant');
  });

  it('an access token: at the moment that expires_in names', async () => {
    const reply = await redeem(productionApp, await agentCode());
    const { access, refresh: token } = tokensOf(reply);
    const seconds = Number(json(reply)['expires_in']);
    clock.advance(seconds - 5);
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
    clock.advance(5);
    assertBadCredentials(await call('/v1.0/me', bearer(access)));
    assert.equal((await refresh(productionApp, token)).status, 200);
  });

  it('a refresh token: good on day 179 and dead after 180, however often it was used [security 27]', async () => {
    const { refresh: token } = await agentTokens();
    for (const days of [60, 60, 59]) {
      clock.advance(days * 86_400);
      assert.equal((await refresh(productionApp, token)).status, 200);
    }
    clock.advance(86_400);
    assertOAuthError(await refresh(productionApp, token), 400, 'invalid_grant');
  });

  it('a rotated refresh token: 180 days after the first issue, not after the last rotation [security 27]', async () => {
    const pkce = createPkce();
    const code = await agentCode(publicApp, s256(pkce));
    let { refresh: token } = tokensOf(await redeem(publicApp, code, { code_verifier: pkce.verifier }));
    for (const days of [90, 89]) {
      clock.advance(days * 86_400);
      ({ refresh: token } = tokensOf(await refresh(publicApp, token)));
    }
    clock.advance(86_400);
    assertOAuthError(await refresh(publicApp, token), 400, 'invalid_grant');
  });

  it('the second chance of a lost refresh answer: 120 seconds, then the family dies [security 23]', async () => {
    const pkce = createPkce();
    const code = await agentCode(publicApp, s256(pkce));
    const first = tokensOf(await redeem(publicApp, code, { code_verifier: pkce.verifier }));
    const second = tokensOf(await refresh(publicApp, first.refresh));
    clock.advance(110);
    assert.equal(tokensOf(await refresh(publicApp, first.refresh)).refresh, second.refresh);
    clock.advance(11);
    assertOAuthError(await refresh(publicApp, first.refresh), 400, 'invalid_grant');
    assertOAuthError(await refresh(publicApp, second.refresh), 400, 'invalid_grant');
  });

  it('a code replayed later than 10 seconds after its redemption takes its tokens with it [security 20]', async () => {
    const pkce = createPkce();
    const code = await agentCode(productionApp, s256(pkce));
    const verifier = { code_verifier: pkce.verifier };
    const { access, refresh: token } = tokensOf(await redeem(productionApp, code, verifier));
    assertOAuthError(await redeem(productionApp, code, verifier), 400, 'invalid_grant');
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
    clock.advance(11);
    assertOAuthError(await redeem(productionApp, code, verifier), 400, 'invalid_grant');
    assertBadCredentials(await call('/v1.0/me', bearer(access)));
    assertOAuthError(await refresh(productionApp, token), 400, 'invalid_grant');
  });

  it('a device code: expired_token after 600 seconds, on both families of endpoints [security 48]', async () => {
    const [loomta, standard] = [await startedLoomta(), await startedStandard()];
    clock.advance(598);
    assertBody(await pollLoomta(loomta.deviceCode), 400, { error: 'authorization_pending' });
    clock.advance(2);
    assertBody(await pollLoomta(loomta.deviceCode), 400, { error: 'expired_token' });
    assertOAuthError(await pollStandard(standard.deviceCode), 400, 'expired_token');
    assertBody(await approve(loomta.userCode), 410, { error: 'expired_token' });
    const page = await typeCode(await signIn(owner), '/cli-auth', loomta.userCode);
    assert.match(page.text, /This code expired\. Run the login command again\./);
  });

  it('polling pace: each early poll adds 5 seconds, which are remembered [security 43]', async () => {
    const { deviceCode } = await startedLoomta();
    const poll = async () => json(await pollLoomta(deviceCode))['error'];
    assert.equal(await poll(), 'authorization_pending');
    clock.advance(5);
    assert.equal(await poll(), 'authorization_pending');
    clock.advance(3);
    assert.equal(await poll(), 'slow_down');
    clock.advance(7);
    assert.equal(await poll(), 'slow_down');
    clock.advance(15);
    assert.equal(await poll(), 'authorization_pending');
  });

  it('a session bearer: 15 minutes', async () => {
    const session = await sessionOf(owner);
    clock.advance(15 * 60);
    const { userCode } = await startedLoomta();
    const reply = await decide('approve', { session, workspaceId, body: { userCode } });
    assertBody(reply, 401, { error: 'invalid_session' });
  });

  it('a proof of who one is: after 10 minutes a key is made only after the password again', async () => {
    const person = await signIn(agent);
    clock.advance(601);
    const asks = await person.open('/settings/integrations/api/new');
    assert.ok(asks.forms.some((form) => form.fields.some((field) => field.type === 'password')));
    const form = await person.press(asks, 'Confirm', { password: agent.password });
    assert.ok(form.forms.some(({ buttons }) => buttons.some((button) => button.text === 'Create key')));
  });

  it('a consent page: 10 minutes', async () => {
    const person = await signIn(agent);
    const page = await person.open(`/page/vendor-auth.html?clientId=${productionApp.clientId}`);
    clock.advance(601);
    const answer = await person.press(page, 'Authorize', { workspace: AGENT_WORKSPACE });
    assert.equal(answer.left, undefined);
    assert.match(answer.text, /This page is out of date\./);
  });

  it('an API key with an expiration date: it works before that day and not after', async () => {
    const person = await signIn(owner);
    const day = new Date(clock.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const key = keyOn(await createKey(person, { name: 'Ends soon', more: { expires: day } }));
    assert.equal((await call('/v1.0/me', `token ${key}`)).status, 200);
    const token = text(json(await exchangeKey(productionApp, key))['access_token']);
    assert.equal((await call('/v1.0/me', bearer(token))).status, 200);
    clock.advance(5 * 86_400);
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
    assertOAuthError(await exchangeKey(productionApp, key), 400, 'invalid_grant');
    const list = await (await signIn(owner)).open(KEYS);
    assert.match(list.text, /Ends soon .{0,200}Expired/);
    assert.ok(
      !list.links.some(({ text: words }) => /^(?:Revoke|Show key) Ends soon/.test(words)),
      'it is history',
    );
  });

  it('an API key with an expiration date: ends at 12:01 AM of that day, where its maker lives', async () => {
    const person = await signIn(owner);
    const zone = /12:01 AM, ([\w/]+), on this day/.exec((await openCreateKey(person)).text)?.[1] ?? '';
    const day = Temporal.Instant.fromEpochMilliseconds(clock.now())
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .add({ days: 2 });
    const endsMs = day.toZonedDateTime({ timeZone: zone, plainTime: '00:01' }).epochMilliseconds;
    const key = keyOn(await createKey(person, { name: 'Ends at night', more: { expires: day.toString() } }));
    clock.advance(Math.floor((endsMs - clock.now()) / 1000) - 50);
    assert.equal((await call('/v1.0/me', `token ${key}`)).status, 200);
    clock.advance(51);
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
  });

  it('a sign-up code: 10 minutes, and another one can be had', async () => {
    const who = newcomer();
    const { page } = await signUpAs(who, (code) => {
      clock.advance(600);
      return code;
    });
    assert.match(page.text, /This sign-up is over|expired/);
    const elsewhere = createPerson(issuer);
    const refused = await fillSignIn(elsewhere, await elsewhere.open('/sign-in'), who);
    assert.match(refused.url.pathname, /^\/sign-in/);
    const again = await signUpAs(who);
    assert.notEqual(again.page.url.pathname, `${SIGN_UP}/verify`);
    assert.equal((await again.person.open('/developer/authorizations')).reply.status, 200);
  });

  it('a second factor, where one is set up: asked for before a key is shown or revoked', async () => {
    const who = newcomer();
    const { person } = await signUpAs(who);
    const key = keyOn(await createKey(person, { name: 'Guarded' }));
    const code = await addAuthenticator(person, clock.now);
    for (const link of ['Show key Guarded', 'Revoke Guarded']) {
      clock.advance(601);
      const asked = await person.follow(await person.open(KEYS), link);
      assert.ok(!asked.reply.text.includes(key), link);
      const without = await person.press(asked, 'Confirm', { password: who.password });
      assert.match(without.text, /Enter the code/, link);
      const passed = await person.press(asked, 'Confirm', { password: who.password, code: code() });
      if (link.startsWith('Show')) assert.equal(keyOn(passed), key);
      else await person.press(passed, 'Revoke key');
    }
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
  });
});

describe('rate windows of 60 seconds', () => {
  it('answers the 101st request of a development app in a minute with 429, and the next minute anew [security 63]', async () => {
    const pkce = createPkce();
    const code = await agentCode(publicApp, s256(pkce));
    const { access } = tokensOf(await redeem(publicApp, code, { code_verifier: pkce.verifier }));
    clock.advance(60 - (Math.floor(clock.now() / 1000) % 60));
    for (let left = 99; left >= 0; left -= 1) {
      const reply = await call('/v1.0/me', bearer(access));
      assert.equal(reply.status, 200);
      assert.equal(reply.headers['x-ratelimit-remaining'], String(left));
    }
    const refused = await call('/v1.0/me', bearer(access));
    assertBody(refused, 429, { message: 'Too Many Requests' });
    assert.equal(refused.headers['x-ratelimit-limit'], '100');
    assert.equal(refused.headers['x-ratelimit-remaining'], '0');
    assert.ok(Number(refused.headers['x-ratelimit-reset']) * 1000 > clock.now());
    assert.match(refused.headers['retry-after'] ?? '', /^[1-9]\d?$/);
    clock.advance(60);
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
  });
});

describe('what counts against a limit', () => {
  it('a 403 counts, a 401 does not', async () => {
    const access = text(json(await exchangeKey(productionApp, customerKey('signed').key))['access_token']);
    clock.advance(60 - (Math.floor(clock.now() / 1000) % 60));
    const left = async (path: string) =>
      Number((await call(path, bearer(access))).headers['x-ratelimit-remaining']);
    assert.equal(await left('/v1.0/me'), 499);
    assert.equal((await call('/v1.0/org', bearer(access))).status, 403);
    assertBadCredentials(await call('/v1.0/me', bearer(`${access}x`)));
    assert.equal(await left('/v1.0/me'), 497);
  });
});

describe('guessing is throttled, and the owner is not locked out', () => {
  it('passwords: after 10 wrong ones 429, and the right one after 10 minutes', async () => {
    const sam = demo.people.find(({ role }) => role === 'reviewer') ?? owner;
    const session = (password: string) =>
      exchange(issuer, '/auth/session', jsonBody({ email: sam.email, password }));
    for (let n = 0; n < 10; n += 1) assert.equal((await session(`wrong-${n}`)).status, 401);
    const throttled = await session(sam.password);
    assert.equal(throttled.status, 429);
    assert.match(throttled.headers['retry-after'] ?? '', /^\d+$/);
    clock.advance(600);
    assert.equal((await session(sam.password)).status, 200);
  });

  it('user codes: after 10 wrong ones entry is refused for that person, and open codes stay valid [security 41]', async () => {
    const vera = personAs('vendor');
    const { deviceCode, userCode } = await startedLoomta();
    const person = await signIn(vera);
    for (let n = 0; n < 10; n += 1)
      await typeCode(person, '/cli-auth', `LMT-2222-22${n}2`.replaceAll('0', 'Z').replaceAll('1', 'Y'));
    const throttled = await typeCode(person, '/cli-auth', userCode);
    assert.match(throttled.text, /Too many codes tried/);
    assertBody(await pollLoomta(deviceCode), 400, { error: 'authorization_pending' });
    clock.advance(599);
    const fresh = await startedLoomta();
    clock.advance(2);
    const later = await openDevice(await signIn(vera), `/cli-auth?code=${fresh.userCode}`);
    assert.match(later.text, /Is this code in your terminal\?/);
  });

  it('customer keys: after 100 wrong ones through one app 429, while other apps go on [security 38]', async () => {
    for (let n = 0; n < 100; n += 1)
      assertOAuthError(await exchangeKey(productionApp, `wrong-${n}`), 400, 'invalid_grant');
    const throttled = await exchangeKey(productionApp, customerKey('signed').key);
    assert.equal(throttled.status, 429);
    assert.match(throttled.headers['retry-after'] ?? '', /^\d+$/);
    assert.equal((await call('/v1.0/me', `token ${customerKey('signed').key}`)).status, 200);
    clock.advance(600);
    assert.equal((await exchangeKey(productionApp, customerKey('signed').key)).status, 200);
  });

  it('client secrets: after 100 wrong ones 429 with Retry-After [security 36] [security 37]', async () => {
    const wrong = { ...productionApp, clientSecret: 'wrong' };
    for (let n = 0; n < 100; n += 1) assertOAuthError(await exchangeKey(wrong, 'x'), 401, 'invalid_client');
    const throttled = await exchangeKey(wrong, 'x');
    assert.equal(throttled.status, 429);
    assert.match(throttled.headers['retry-after'] ?? '', /^\d+$/);
    clock.advance(600);
    assert.equal((await exchangeKey(productionApp, customerKey('signed').key)).status, 200);
  });
});
