// A suspended app is refused everywhere, exactly (protocol.md 15), and works on as before once that is lifted.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { startedStandard } from './apps/devices.ts';
import { vendor } from './apps/known.ts';
import {
  askVendorToken,
  authorizeAddress,
  bearer,
  call,
  codeFor,
  exchangeKey,
  introspect,
  json,
  redeem,
  refresh,
  tokensOf,
  vendorAuthAddress,
} from './apps/tokens.ts';
import type { App, Tokens } from './apps/tokens.ts';
import { assertBody, assertJson, assertOAuthError, assertProblemPage } from './expect.ts';
import { openApp } from './person/developer.ts';
import { mailOf } from './person/mails.ts';
import { liftSuspension, suspend } from './person/operator.ts';
import { productionAppOf } from './person/review.ts';
import type { Page } from './person/person.ts';
import { CONNECTIONS } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { customerKey, demo, personAs } from './target.ts';

const stranger = personAs('stranger');
const CONTACT = 'contact@app.example';

describe('a suspended app', () => {
  let app: App;
  let tokens: Tokens;
  let pending: string;
  let consent: Page;
  const strangerCode = async (): Promise<string> => codeFor(await signedInAs(stranger), app);
  before(async () => {
    ({ app } = await productionAppOf('Suspended'));
    tokens = tokensOf(await redeem(app, await strangerCode()));
    pending = await strangerCode();
    consent = await (await signedInAs(stranger)).open(authorizeAddress(app));
    assert.equal((await exchangeKey(app, customerKey('signed').key)).status, 200);
    await suspend(app, 'It copied data that it was not meant to.');
  });

  it('authorize: a page on our own host, 403, no redirect [security 40]', async () => {
    const person = await signedInAs(stranger);
    for (const address of [authorizeAddress(app), vendorAuthAddress(app)]) {
      const page = await person.open(address);
      assertProblemPage(page.reply, [403]);
      assert.match(page.text, /cannot be connected at the moment/);
    }
    const late = await person.press(consent, 'Authorize');
    assertProblemPage(late.reply, [403]);
    assert.equal(late.left, undefined, 'a page that was open before gives no code');
  });

  it('code, refresh token and customer key: 400 unauthorized_client on both token paths [security 40]', async () => {
    const code = { grant_type: 'authorization_code', code: pending, redirect_uri: app.redirectUri };
    const answers = [
      await redeem(app, pending),
      await refresh(app, tokens.refresh),
      await exchangeKey(app, customerKey('signed').key),
      await askVendorToken(app, { body: code }),
      await askVendorToken(app, { query: code }),
      await askVendorToken(app, {
        body: { grant_type: 'refresh_token', refresh_token: tokens.refresh },
      }),
    ];
    for (const reply of answers) assertOAuthError(reply, 400, 'unauthorized_client');
  });

  it('a wrong secret: 401 invalid_client as ever, so that nobody learns who is suspended', async () => {
    const wrong = { ...app, clientSecret: 'wrong' };
    assertOAuthError(await refresh(wrong, tokens.refresh), 401, 'invalid_client');
  });

  it('gateway: 403 VENDOR_HAS_NO_PERMISSION with every access token [security 40]', async () => {
    const reply = await call('/v1.0/me', bearer(tokens.access));
    assert.equal(reply.status, 403, reply.text);
    assertJson(reply);
    assert.deepEqual(Object.keys(json(reply)), ['code', 'message']);
    assert.equal(json(reply)['code'], 'VENDOR_HAS_NO_PERMISSION');
    assert.match(String(json(reply)['message']), /suspended/);
  });

  it('introspection: inactive, also for the API itself [security 40]', async () => {
    for (const caller of [demo.resourceServer, app])
      for (const token of [tokens.access, tokens.refresh])
        assertBody(await introspect(caller, token), 200, { active: false });
  });

  it('touches nothing else: API keys and other apps go on', async () => {
    assert.equal((await call('/v1.0/me', `token ${customerKey('signed').key}`)).status, 200);
    assert.ok((await startedStandard()).deviceCode);
    const connections = await (await signedInAs(stranger)).open(CONNECTIONS);
    assert.ok(connections.text.includes(app.name), 'people still see what they connected');
  });

  it('tells its contact by mail, with the reason, and shows it on the pages of its team', async () => {
    const mail = await mailOf(`${app.name} is suspended`, CONTACT);
    assert.ok(mail.includes('It copied data that it was not meant to.'), mail);
    assert.match((await openApp(await signedInAs(vendor), app.name)).text, /Suspended/);
  });

  it('works on with the same code, tokens and connections once it is lifted', async () => {
    const other = await productionAppOf('Lifted');
    const person = await signedInAs(stranger);
    const held = tokensOf(await redeem(other.app, await codeFor(person, other.app)));
    const code = await codeFor(person, other.app);
    await suspend(other.app, 'For a moment.');
    assert.equal((await call('/v1.0/me', bearer(held.access))).status, 403);
    await liftSuspension(other.app);
    assert.equal((await call('/v1.0/me', bearer(held.access))).status, 200);
    assert.equal((await refresh(other.app, held.refresh)).status, 200);
    assert.equal((await redeem(other.app, code)).status, 200);
    assert.equal((await person.open(authorizeAddress(other.app))).reply.status, 200);
    await mailOf(`The suspension of ${other.app.name} is lifted`, CONTACT);
  });

  it('is suspended and lifted by operators alone', async () => {
    const { app: mine } = await productionAppOf('Not Theirs');
    const address = `/operate/apps?${new URLSearchParams({ q: mine.clientId })}`;
    const operator = await signedInAs(personAs('operator'));
    const page = await operator.follow(await operator.open(address), mine.name);
    const step = await operator.follow(page, 'Suspend');
    for (const role of ['vendor', 'reviewer', 'agent'] as const) {
      const other = await signedInAs(personAs(role));
      assert.equal((await other.open(address)).reply.status, 404, role);
      assert.equal((await other.open(step.url.pathname)).reply.status, 404, role);
      const forged = await other.forge(step, 'Suspend', { filled: { reason: 'Mine.' } });
      assert.ok(forged.status >= 400 && forged.status < 500, `${role}: ${forged.status}`);
    }
    assert.equal((await (await signedInAs(stranger)).open(authorizeAddress(mine))).reply.status, 200);
  });
});
