// Every refusal of protocol.md 15: where, which case, and the exact answer. What ends by time or throttles is in clock.test.ts.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  decide,
  pollLoomta,
  pollStandard,
  sessionOf,
  startedLoomta,
  startedStandard,
  startStandard,
} from './apps/devices.ts';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import {
  askToken,
  askVendorToken,
  authorizeAddress,
  bearer,
  call,
  codeFor,
  createPkce,
  exchangeKey,
  json,
  landed,
  named,
  redeem,
  refresh,
  s256,
  text,
  tokensOf,
  vendorAuthAddress,
} from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import {
  assertBadCredentials,
  assertBody,
  assertJson,
  assertOAuthError,
  assertProblemPage,
  NO_PERMISSION,
} from './expect.ts';
import { basic, exchange, formBody, jsonBody } from './http/exchange.ts';
import { readPage } from './http/page.ts';
import { clientIdOn, REGISTER, uniqueName } from './person/developer.ts';
import { disconnect, revokeKey } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { openDevice } from './person/terminal.ts';
import { foreignRedirects } from './redirects.ts';
import { customerKey, demo, issuer, personAs } from './target.ts';

const agent = personAs('agent');
const stranger = personAs('stranger');
const CALLBACK = 'https://app.example/callback';
const open = async (address: string) => (await signedInAs(agent)).open(address);

describe('refusals of the authorization endpoint, on our own host', () => {
  it('an unknown app: a page, no redirect [security 5]', async () => {
    const unknown = { ...productionApp, clientId: 'nobody' };
    for (const address of [authorizeAddress(unknown), vendorAuthAddress(unknown)])
      assertProblemPage((await open(address)).reply, [400, 403]);
    assertProblemPage((await open('/oauth/authorize')).reply, [400, 403]);
    assertProblemPage((await open('/page/vendor-auth.html')).reply, [400, 403]);
  });

  it('a redirect that is not exactly a registered one: a page, no redirect, for every way to bend it [security 1]', async () => {
    const app = await ownApp('Bent', { redirectUri: CALLBACK });
    const person = await signedInAs(vendor);
    assert.equal((await person.open(authorizeAddress(app))).reply.status, 200);
    const cases = foreignRedirects(CALLBACK);
    assert.ok(cases.length >= 60, `${cases.length} cases`);
    for (const redirectUri of cases) {
      const { reply } = await person.open(authorizeAddress({ ...app, redirectUri }));
      assert.equal(reply.status, 400, redirectUri);
      assertProblemPage(reply, [400]);
    }
  });

  it('several registered redirects and none named: a page, no redirect', async () => {
    const person = await signedInAs(vendor);
    const reply = await person.forge(await person.open(REGISTER), 'Submit', {
      filled: { name: uniqueName('Two Ways'), kind: 'confidential', redirectUri: CALLBACK },
      fields: (fields) => fields.append('redirectUri', 'https://app.example/other'),
    });
    const clientId = clientIdOn({ ...readPage(reply.text), url: new URL(issuer), reply, left: undefined });
    const page = await person.open(`/page/vendor-auth.html?clientId=${clientId}`);
    assertProblemPage(page.reply, [400]);
    assert.match(page.text, /This link must say where to return\./);
    const address = `/oauth/authorize?response_type=code&client_id=${clientId}`;
    assertProblemPage((await person.open(address)).reply, [400]);
  });

  it('a person who is no tester of an app in development: a page, with the way back by access_denied [security 40]', async () => {
    const person = await signedInAs(stranger);
    const page = await person.open(authorizeAddress(publicApp, { ...s256(createPkce()), state: 'st' }));
    assertProblemPage(page.reply, [403]);
    const back = landed(await person.press(page, /^Back to/));
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('state'), 'st');
  });

  it('the same parameter twice: a page, no redirect [security 7]', async () => {
    const twice = `${authorizeAddress(productionApp)}&client_id=${productionApp.clientId}`;
    assertProblemPage((await open(twice)).reply, [400]);
    assertProblemPage((await open(`${authorizeAddress(productionApp)}&redirect_uri=x`)).reply, [400]);
  });
});

describe('refusals of the authorization endpoint, by redirect once it is proven', () => {
  const errorFor = async (app: App, more: Readonly<Record<string, string>>) => {
    const back = landed(await open(authorizeAddress(app, { state: 'keep me', ...more })));
    assert.ok(back.href.startsWith(`${app.redirectUri}?`), back.href);
    assert.equal(back.searchParams.get('state'), 'keep me');
    assert.equal(back.searchParams.get('iss'), issuer);
    assert.equal(back.searchParams.get('code'), null);
    return back.searchParams.get('error');
  };

  it('a response_type that does not exist here: unsupported_response_type [security 6]', async () => {
    for (const type of ['token', 'id_token', 'code token', 'none'])
      assert.equal(await errorFor(productionApp, { response_type: type }), 'unsupported_response_type', type);
  });

  it('no response_type: invalid_request', async () => {
    assert.equal(await errorFor(productionApp, { response_type: '' }), 'invalid_request');
  });

  it('a challenge that is missing for a public app, plain, too short or malformed: invalid_request [security 16]', async () => {
    const { challenge, verifier } = createPkce();
    const cases = [
      {},
      { code_challenge: verifier, code_challenge_method: 'plain' },
      { code_challenge: challenge },
      { code_challenge: challenge.slice(1), code_challenge_method: 'S256' },
      { code_challenge: `${challenge.slice(1)}=`, code_challenge_method: 'S256' },
      { code_challenge: challenge, code_challenge_method: 's256' },
    ];
    for (const more of cases)
      assert.equal(await errorFor(publicApp, more), 'invalid_request', JSON.stringify(more));
  });

  it('a permission that the app does not have: invalid_scope [security 50]', async () => {
    for (const scope of ['leads.delete', 'me.get leads.delete', 'nothing'])
      assert.equal(await errorFor(productionApp, { scope }), 'invalid_scope', scope);
  });

  it('Cancel: access_denied with state and iss', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(authorizeAddress(productionApp, { state: 'keep me' }));
    const back = landed(await person.press(page, 'Cancel'));
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('state'), 'keep me');
    assert.equal(back.searchParams.get('iss'), issuer);
  });
});

describe('refusals of both token paths', () => {
  const code = async (app: App = productionApp) =>
    app === productionApp
      ? codeFor(await signedInAs(agent), app, { workspace: AGENT_WORKSPACE })
      : codeFor(await signedInAs(vendor), app);

  it('client authentication absent or bad: 401 invalid_client with a Basic challenge [security 37]', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: 'x' };
    const { clientId, clientSecret = '' } = productionApp;
    for (const more of [
      {},
      { client_id: clientId },
      { client_id: clientId, client_secret: '' },
      { client_id: clientId, client_secret: 'wrong' },
      { client_id: publicApp.clientId, client_secret: clientSecret },
      { client_secret: clientSecret },
    ])
      assertOAuthError(await askToken({ ...fields, ...more }), 401, 'invalid_client');
    for (const authorization of [
      'Basic !!!',
      'Basic',
      basic(clientId, ''),
      basic('', clientSecret),
      'Bearer x',
    ])
      assertOAuthError(await askToken(fields, { authorization }), 401, 'invalid_client');
    for (const secret of ['', 'wrong'])
      assertOAuthError(
        await askVendorToken({ ...productionApp, clientSecret: secret }, { body: fields }),
        401,
        'invalid_client',
      );
  });

  it('the app named twice, by Basic and differently in the body: 400 invalid_request [security 37]', async () => {
    const { clientId, clientSecret = '' } = productionApp;
    const authorization = basic(clientId, clientSecret);
    const fields = { grant_type: 'refresh_token', refresh_token: 'x' };
    for (const more of [{ client_id: publicApp.clientId }, { client_secret: 'other' }])
      assertOAuthError(await askToken({ ...fields, ...more }, { authorization }), 400, 'invalid_request');
    const equal = await askToken({ ...fields, client_id: clientId }, { authorization });
    assertOAuthError(equal, 400, 'invalid_grant');
  });

  it('a grant that is not for this kind of app: 400 unauthorized_client', async () => {
    assertOAuthError(await exchangeKey(publicApp, customerKey('signed').key), 400, 'unauthorized_client');
    const { deviceCode } = await startedStandard();
    assertOAuthError(await pollStandard(deviceCode, publicApp.clientId), 400, 'unauthorized_client');
    assertOAuthError(await startStandard(publicApp.clientId), 400, 'unauthorized_client');
  });

  it('a grant that does not exist: 400 unsupported_grant_type [security 6]', async () => {
    for (const grant_type of ['password', 'implicit', 'urn:x'])
      assertOAuthError(
        await askToken({ grant_type, ...named(productionApp) }),
        400,
        'unsupported_grant_type',
      );
    const vendorOnly = await askVendorToken(productionApp, { body: { grant_type: 'client_credentials' } });
    assertOAuthError(vendorOnly, 400, 'unsupported_grant_type');
  });

  it('a code that is wrong, of another app, or sent with another redirect: 400 invalid_grant [security 18]', async () => {
    assertOAuthError(await redeem(productionApp, `lk_code_${'A'.repeat(43)}`), 400, 'invalid_grant');
    const other = await ownApp('Injector');
    const stolen = { ...other, redirectUri: productionApp.redirectUri };
    assertOAuthError(await redeem(stolen, await code()), 400, 'invalid_grant');
    const elsewhere = { redirect_uri: 'http://127.0.0.1:9/callback' };
    assertOAuthError(await redeem(productionApp, await code(), elsewhere), 400, 'invalid_grant');
  });

  it('a redirect_uri left out though one was sent to authorize: refused', async () => {
    const reply = await redeem(productionApp, await code(), { redirect_uri: '' });
    assert.equal(reply.status, 400, reply.text);
  });

  it('a refresh token that is wrong or changed by one character: 400 invalid_grant', async () => {
    const { refresh: token } = tokensOf(await redeem(productionApp, await code()));
    const last = token.at(-1) === 'A' ? 'B' : 'A';
    for (const wrong of ['x', `lk_rt_${'A'.repeat(60)}`, `${token.slice(0, -1)}${last}`, `${token}A`])
      assertOAuthError(await refresh(productionApp, wrong), 400, 'invalid_grant');
    assert.equal((await refresh(productionApp, token)).status, 200);
  });

  it('a key that is wrong, or changed by one character: 400 invalid_grant, the same words [security 38]', async () => {
    const { key } = customerKey('signed');
    const changed = `${key.slice(0, -3)}${key.at(-3) === 'A' ? 'B' : 'A'}${key.slice(-2)}`;
    const [one, two] = [await exchangeKey(productionApp, 'x'), await exchangeKey(productionApp, changed)];
    assertOAuthError(one, 400, 'invalid_grant');
    assert.equal(one.text, two.text);
  });

  it('a connection that the person ended: 400 invalid_grant for refresh, code and key [security 38] [security 57]', async () => {
    const app = await ownApp('Ended');
    const { refresh: token } = tokensOf(await redeem(app, await code(app)));
    const pending = await code(app);
    const mine = demo.customerKeys.find(({ email }) => email === vendor.email)?.key ?? '';
    const byKey = await exchangeKey(app, mine);
    assert.equal(byKey.status, 200, byKey.text);
    await disconnectAll(app.name);
    assertOAuthError(await refresh(app, token), 400, 'invalid_grant');
    assertOAuthError(await redeem(app, pending), 400, 'invalid_grant');
    assertOAuthError(await exchangeKey(app, mine), 400, 'invalid_grant');
  });

  it('a development app with the key of a stranger to it: 400 invalid_grant [security 40]', async () => {
    const app = await ownApp('For The Team');
    const { key } = customerKey('signed');
    assertOAuthError(await exchangeKey(app, key), 400, 'invalid_grant');
  });

  it('more permissions than allowed: 400 invalid_scope [security 26]', async () => {
    const { refresh: token } = tokensOf(await redeem(productionApp, await code()));
    assertOAuthError(await refresh(productionApp, token, { scope: 'leads.delete' }), 400, 'invalid_scope');
    const wide = await exchangeKey(productionApp, customerKey('signed').key, { scope: 'leads.delete' });
    assertOAuthError(wide, 400, 'invalid_scope');
  });

  it('parameters in the query of /oauth/token: 400 invalid_request [security 29]', async () => {
    const request = formBody({ grant_type: 'refresh_token', refresh_token: 'x', ...named(productionApp) });
    const reply = await exchange(issuer, '/oauth/token?grant_type=refresh_token', request);
    assertOAuthError(reply, 400, 'invalid_request');
  });
});

/** Each connection of the app: one by code, one by key. */
const disconnectAll = async (name: string): Promise<void> => {
  const person = await signedInAs(vendor);
  for (let n = 0; n < 5; n += 1) {
    const gone = await disconnect(person, name).then(
      () => false,
      () => true,
    );
    if (gone) return;
  }
};

describe('refusals of the device endpoints', () => {
  const made: string[] = [];
  after(async () => {
    for (const key of made) await revokeKey(await signedInAs(stranger), key).catch(() => undefined);
  });
  const workspaceId = stranger.workspaces[0]?.id ?? '';
  let session = '';
  before(async () => {
    session = await sessionOf(stranger);
  });
  const approve = (userCode: unknown, more: { session?: string; workspaceId?: string } = {}) =>
    decide('approve', { session, workspaceId, ...more, body: { userCode } });
  const collected = async (deviceCode: string) => {
    const reply = await pollLoomta(deviceCode);
    made.push(text(json(reply)['api_key']));
  };

  it('standard polling: unknown or claimed code invalid_grant, pending, slow_down and denied as RFC 8628 says', async () => {
    assertOAuthError(await pollStandard(`lk_dc_${'A'.repeat(43)}`), 400, 'invalid_grant');
    const claimed = await startedStandard();
    assertOAuthError(await pollStandard(claimed.deviceCode), 400, 'authorization_pending');
    assertOAuthError(await pollStandard(claimed.deviceCode), 400, 'slow_down');
    const person = await signedInAs(stranger);
    await person.press(await openDevice(person, `/device?code=${claimed.userCode}`), 'Authorize');
    assert.equal((await pollStandard(claimed.deviceCode)).status, 200);
    assertOAuthError(await pollStandard(claimed.deviceCode), 400, 'invalid_grant');
    const denied = await startedStandard();
    await person.press(await openDevice(person, `/device?code=${denied.userCode}`), 'I did not start this');
    assertOAuthError(await pollStandard(denied.deviceCode), 400, 'access_denied');
  });

  it('a device code of one family in the other: unknown there, and unharmed', async () => {
    const [loomta, standard] = [await startedLoomta(), await startedStandard()];
    assertOAuthError(await pollStandard(loomta.deviceCode), 400, 'invalid_grant');
    assertBody(await pollLoomta(standard.deviceCode), 400, { error: 'access_denied' });
    assertBody(await pollLoomta(loomta.deviceCode), 400, { error: 'authorization_pending' });
  });

  it('Loomta polling: invalid_request without a body, access_denied for unknown, denied and claimed', async () => {
    const poll = (body: string) =>
      exchange(issuer, '/auth/device/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    for (const body of ['', '{}', '[]', 'null', '{', '{"device_code":1}', '{"device_code":""}'])
      assertBody(await poll(body), 400, { error: 'invalid_request' });
    assertBody(await pollLoomta('unknown'), 400, { error: 'access_denied' });
    const { deviceCode, userCode } = await startedLoomta();
    const denied = await decide('deny', { session, body: { userCode } });
    assert.equal(denied.status, 200, denied.text);
    assertBody(await pollLoomta(deviceCode), 400, { error: 'access_denied' });
  });

  it('approve without a good session: 401 invalid_session, whatever else is sent [security 22]', async () => {
    const { userCode } = await startedLoomta();
    const { access } = tokensOf(
      await redeem(
        productionApp,
        await codeFor(await signedInAs(agent), productionApp, { workspace: AGENT_WORKSPACE }),
      ),
    );
    for (const wrong of ['', 'wrong', access, customerKey('opaque').key])
      assertBody(await approve(userCode, { session: wrong }), 401, { error: 'invalid_session' });
    const cookie = (await signedInAs(stranger)).cookies();
    const request = jsonBody({ userCode }, { cookie, 'x-organization-id': workspaceId });
    const byCookie = await exchange(issuer, '/auth/device/approve', request);
    assertBody(byCookie, 401, { error: 'invalid_session' });
  });

  it('approve without, or with a foreign workspace, or a role too low: 403 workspace_forbidden, and the request stays pending [security 48b]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const foreign = agent.workspaces[0]?.id ?? '';
    for (const wrong of [foreign, '', 'not-a-uuid', '00000000-0000-4000-8000-000000000000'])
      assertBody(await approve(userCode, { workspaceId: wrong }), 403, { error: 'workspace_forbidden' });
    const missing = await decide('approve', { session, body: { userCode } });
    assertBody(missing, 403, { error: 'workspace_forbidden' });
    const low = agent.workspaces.find(({ role }) => role === 'member')?.id ?? '';
    const asMember = await startedLoomta();
    const byMember = await decide('approve', {
      session: await sessionOf(agent),
      workspaceId: low,
      body: { userCode: asMember.userCode },
    });
    assertBody(byMember, 403, { error: 'workspace_forbidden' });
    assert.equal((await approve(userCode)).status, 200);
    await collected(deviceCode);
  });

  it('approve of an unknown code: 404 invalid_user_code', async () => {
    assertBody(await approve('LMT-2222-3333'), 404, { error: 'invalid_user_code' });
  });

  it('approve of a code that was used or denied: 409 user_code_used [security 44]', async () => {
    const used = await startedLoomta();
    assert.equal((await approve(used.userCode)).status, 200);
    await collected(used.deviceCode);
    assertBody(await approve(used.userCode), 409, { error: 'user_code_used' });
    const denied = await startedLoomta();
    await decide('deny', { session, body: { userCode: denied.userCode } });
    assertBody(await approve(denied.userCode), 409, { error: 'user_code_used' });
  });

  it('approve with a body that is no JSON object with userCode: 400 invalid_request', async () => {
    for (const body of [{}, [], null, { userCode: 1 }, { user_code: 'LMT-2222-2222' }])
      assertBody(await decide('approve', { session, workspaceId, body }), 400, { error: 'invalid_request' });
  });

  it('POST /auth/session with a wrong pair: 401, with nothing about which part was wrong [security 59]', async () => {
    const ask = (email: string) =>
      exchange(issuer, '/auth/session', jsonBody({ email, password: 'wrong password' }));
    const [known, unknown] = [await ask(personAs('operator').email), await ask('nobody@demo.test')];
    assert.equal(known.status, 401);
    assertJson(known);
    assert.equal(known.text, unknown.text);
  });
});

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

  it('a permission that was not granted: 403 code 200100, counted [security 62]', async () => {
    const app = await ownApp('Counted Refusals', { permissions: ['me.get'] });
    const { access } = await tokens(app);
    const refused = await call('/v1.0/leads', bearer(access));
    assertBody(refused, 403, NO_PERMISSION);
    const next = await call('/v1.0/me', bearer(access));
    const used = 100 - Number(next.headers['x-ratelimit-remaining']);
    assert.ok(used === 2 || used === 1, `${used} counted`);
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

describe('forged forms', () => {
  it('a form without its token, from another site or with a foreign Origin: refused, and nothing happens [security 13]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const filled = page.forms.some((form) => form.fields.some(({ type }) => type === 'radio'))
      ? { workspace: AGENT_WORKSPACE }
      : {};
    const forgeries = [
      { fields: (fields: URLSearchParams) => fields.delete('csrf') },
      { fields: (fields: URLSearchParams) => fields.set('csrf', 'A'.repeat(43)) },
      { headers: { 'sec-fetch-site': 'cross-site' } },
      { headers: { origin: 'https://evil.example' } },
    ];
    for (const forgery of forgeries) {
      const reply = await person.forge(page, 'Authorize', { filled, ...forgery });
      assert.equal(reply.headers.location, undefined);
      assert.equal(reply.status, 403, reply.text.slice(0, 200));
    }
  });

  it("one person's form in another's session: refused, nothing connected [security 15]", async () => {
    const page = await (await signedInAs(agent)).open(vendorAuthAddress(productionApp));
    const other = await signedInAs(stranger);
    const reply = await other.forge(page, 'Authorize', { filled: { workspace: AGENT_WORKSPACE } });
    assert.equal(reply.headers.location, undefined);
    assert.ok(reply.status === 403 || reply.status === 400, String(reply.status));
  });

  it('consent for a workspace that is not theirs: refused [security 50]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const reply = await person.forge(page, 'Authorize', {
      filled: { workspace: AGENT_WORKSPACE },
      fields: (fields) => fields.set('workspace', stranger.workspaces[0]?.id ?? ''),
    });
    assert.equal(reply.headers.location, undefined);
    assert.ok(reply.status >= 400 && reply.status < 500, String(reply.status));
  });
});
