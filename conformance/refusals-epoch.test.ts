// After a breaking publish everything of an older epoch is refused, exactly (protocol.md 2 and 15).
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
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
  text,
  tokensOf,
} from './apps/tokens.ts';
import type { App, Tokens } from './apps/tokens.ts';
import { assertBadCredentials, assertBody, assertOAuthError } from './expect.ts';
import { choosePermissions } from './person/developer.ts';
import { mailOf } from './person/mails.ts';
import type { Page } from './person/person.ts';
import { approve, productionAppOf, submitEdit } from './person/review.ts';
import { signedInAs } from './person/sign-in.ts';
import { customerKey, demo, personAs } from './target.ts';

const stranger = personAs('stranger');

describe('an older epoch', () => {
  let app: App;
  let tokens: Tokens;
  let pending: string;
  let byKey: string;
  let consent: Page;
  before(async () => {
    const person = await signedInAs(stranger);
    ({ app } = await productionAppOf('Of Before'));
    tokens = tokensOf(await redeem(app, await codeFor(person, app)));
    byKey = text(json(await exchangeKey(app, customerKey('signed').key))['access_token']);
    await choosePermissions(await signedInAs(vendor), app.name, ['me.get', 'leads.list', 'leads.create']);
    await submitEdit(app, { note: 'More.', told: true });
    pending = await codeFor(person, app);
    consent = await person.open(authorizeAddress(app));
    await approve(app);
  });

  it('gateway: 401 BAD_CREDENTIALS with every access token of before [security 52]', async () => {
    const replies = [
      await call('/v1.0/me', bearer(tokens.access)),
      await call('/v1.0/leads', bearer(tokens.access)),
      await call('/v1.0/me', bearer(byKey)),
    ];
    for (const reply of replies) {
      assertBadCredentials(reply);
      assert.match(reply.headers['www-authenticate'] ?? '', /error="invalid_token"/);
    }
  });

  it('code and refresh token: 400 invalid_grant on both token paths [security 52]', async () => {
    const refreshFields = { grant_type: 'refresh_token', refresh_token: tokens.refresh };
    const answers = [
      await redeem(app, pending),
      await refresh(app, tokens.refresh),
      await askVendorToken(app, { body: refreshFields }),
      await askVendorToken(app, { query: refreshFields }),
    ];
    for (const reply of answers) assertOAuthError(reply, 400, 'invalid_grant');
  });

  it('introspection: inactive, for the API and for the app itself', async () => {
    for (const caller of [demo.resourceServer, app])
      for (const token of [tokens.access, tokens.refresh, byKey])
        assertBody(await introspect(caller, token), 200, { active: false });
  });

  it('a consent page of before: shown again with what is asked now, and nothing is granted [security 50]', async () => {
    const person = await signedInAs(stranger);
    const after = await person.press(consent, 'Authorize');
    assert.equal(after.left, undefined, 'no code is given');
    assert.ok(after.text.includes(`${app.name} needs your permission again`), after.text);
  });

  it('a customer key: the next exchange gives a token of now, and its owner is told', async () => {
    const key = customerKey('signed');
    const reply = await exchangeKey(app, key.key);
    assert.equal(reply.status, 200, reply.text);
    assert.ok(text(json(reply)['scope']).split(' ').includes('leads.create'));
    assert.equal((await call('/v1.0/me', bearer(text(json(reply)['access_token'])))).status, 200);
    await mailOf(`${app.name} can do more with your API key`, key.email);
  });
});
