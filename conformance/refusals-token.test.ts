// Refusals of both token paths (protocol.md 15), exactly. What ends by time or throttles is in clock.test.ts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pollStandard, startedStandard, startStandard } from './apps/devices.ts';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import {
  askToken,
  askVendorToken,
  codeFor,
  exchangeKey,
  named,
  redeem,
  refresh,
  tokensOf,
} from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import { assertOAuthError } from './expect.ts';
import { basic, exchange, formBody } from './http/exchange.ts';
import { disconnect } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { customerKey, demo, issuer, personAs } from './target.ts';

const agent = personAs('agent');

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
