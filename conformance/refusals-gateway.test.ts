// Refusals of the gateway in both shapes (protocol.md 15 and 11), exactly. What ends by time or throttles is in clock.test.ts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ownApp, productionApp, vendor } from './apps/known.ts';
import { bearer, call, codeFor, json, redeem, tokensOf } from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import { assertBadCredentials, assertBody, assertJson, NO_PERMISSION } from './expect.ts';
import { basic, exchange } from './http/exchange.ts';
import { disconnect } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { customerKey, issuer } from './target.ts';

describe('refusals of the gateway, Lofty shape', () => {
  const tokens = async (app: App) =>
    tokensOf(await redeem(app, await codeFor(await signedInAs(vendor), app)));

  it('no credential, a bad one, or one of the wrong kind: 401 BAD_CREDENTIALS with a challenge', async () => {
    const app = await ownApp('Wrong Kinds');
    const { access } = await tokens(app);
    const { key } = customerKey('signed');
    const wrong = [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      'token x',
      'x',
      `Bearer ${access.slice(0, -1)}`,
      `Bearer ${key}`,
      `token ${access}`,
      access,
      basic(productionApp.clientId, productionApp.clientSecret ?? ''),
      `Bearer ${customerKey('opaque').key}`,
    ];
    for (const authorization of wrong) assertBadCredentials(await call('/v1.0/me', authorization));
  });

  it('a disconnected app: 401 BAD_CREDENTIALS [security 57]', async () => {
    const app = await ownApp('Cut Off');
    const { access } = await tokens(app);
    await disconnect(await signedInAs(vendor), app.name);
    assertBadCredentials(await call('/v1.0/me', bearer(access)));
  });

  it('two credentials at once, or one in the query: 400 [security 29]', async () => {
    const { key } = customerKey('signed');
    const doubled = await exchange(issuer, '/v1.0/me', {
      headers: ['Authorization', `token ${key}`, 'Authorization', `token ${key}`],
    });
    assert.equal(doubled.status, 400, doubled.text);
    const inQuery = await call('/v1.0/me?access_token=x', undefined);
    assert.equal(inQuery.status, 400);
    const both = await call('/v1.0/me?access_token=x', `token ${key}`);
    assert.equal(both.status, 400);
    for (const reply of [doubled, inQuery, both])
      assert.deepEqual(Object.keys(json(reply)), ['code', 'message']);
  });

  it('a permission that was not granted: 403 code 200100, with the rate headers [security 62]', async () => {
    const app = await ownApp('Counted Refusals', { permissions: ['me.get'] });
    const { access } = await tokens(app);
    const refused = await call('/v1.0/leads', bearer(access));
    assertBody(refused, 403, NO_PERMISSION);
    assert.equal(refused.headers['x-ratelimit-limit'], '100');
  });

  it('an unknown path: 401 without a credential, 404 with one, never forwarded [security 62]', async () => {
    assertBadCredentials(await call('/v1.0/nothing', undefined));
    const reply = await call('/v1.0/nothing', `token ${customerKey('signed').key}`);
    assert.equal(reply.status, 404);
    assertJson(reply);
    assert.deepEqual(Object.keys(json(reply)), ['code', 'message']);
  });

  it('paths that a proxy might read in two ways: 400 or 404, never normalised [security 61]', async () => {
    const authorization = `token ${customerKey('signed').key}`;
    const bent = [
      '/v1.0//me',
      '/v1.0/./me',
      '/v1.0/x/../me',
      '/v1.0/%2e%2e/v1.0/me',
      '/v1.0/%2E/me',
      '/v1.0/me%2f',
      '/v1.0/me%5c',
      '/v1.0/me;a=b',
      '/v1.0/me%00',
      '/v1.0/leads/1%252f2',
    ];
    for (const path of bent) assert.equal((await call(path, authorization)).status, 400, path);
    for (const path of ['/v1.0/ME', '/V1.0/me', '/v1.0/me/', '/v1.0%2fme'])
      assert.ok([400, 404].includes((await call(path, authorization)).status), path);
  });

  it('a method that the path does not have, or asks for by override: refused, never rewritten [security 61]', async () => {
    const authorization = `token ${customerKey('signed').key}`;
    const reply = await call('/v1.0/me', authorization, 'DELETE');
    assert.equal(reply.status, 405);
    assert.match(reply.headers.allow ?? '', /GET/);
    const overridden = await exchange(issuer, '/v1.0/me', {
      headers: { authorization, 'x-http-method-override': 'DELETE' },
    });
    assert.equal(overridden.status, 200);
  });

  it('identity headers of the caller: never reach the API, in no spelling [security 60]', async () => {
    const authorization = `token ${customerKey('signed').key}`;
    const honest = await call('/v1.0/me', authorization);
    const forged = await exchange(issuer, '/v1.0/me', {
      headers: {
        authorization,
        'x-latchkey-user': '840021',
        'X-LATCHKEY-WORKSPACE': '71003',
        x_latchkey_user: '840021',
        'x-latchkey-permissions': 'leads.delete',
        connection: 'x-latchkey-user, keep-alive',
      },
    });
    assert.equal(forged.status, 200, forged.text);
    assert.equal(forged.text, honest.text);
  });

  it('answers that differ per caller are for no shared cache [security 65]', async () => {
    const { key } = customerKey('signed');
    for (const [path, authorization] of [
      ['/v1.0/me', `token ${key}`],
      ['/v1.0/me', undefined],
      ['/v1.0/nothing', `token ${key}`],
    ] as const) {
      const reply = await call(path, authorization);
      assert.match(reply.headers['cache-control'] ?? '', /private|no-store/, `${reply.status}`);
    }
  });
});

describe('refusals of the gateway, Loomta shape', () => {
  const PLATFORMS = '/public/v1/platforms';

  it('no key: 401 missing_api_key with the documented message', async () => {
    for (const authorization of [undefined, 'token x', basic('a', 'b')])
      assertBody(await call(PLATFORMS, authorization), 401, {
        code: 'missing_api_key',
        message: 'A Bearer API key is required.',
      });
  });

  it('a bad key: 401 invalid_api_key with the documented message', async () => {
    for (const key of ['x', `loomta_sk_${'A'.repeat(40)}`, `${customerKey('opaque').key}A`])
      assertBody(await call(PLATFORMS, `Bearer ${key}`), 401, {
        code: 'invalid_api_key',
        message: 'The API key is invalid.',
      });
  });
});
