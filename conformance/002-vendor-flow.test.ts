// Document 002, "OAuth 2.0 for vendors": the consent link, the vendor token endpoint, refresh and Disconnect.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import {
  askVendorToken,
  authorize,
  bearer,
  call,
  codeFor,
  createPkce,
  json,
  landed,
  redeem,
  s256,
  text,
  tokensOf,
  vendorAuthAddress,
} from './apps/tokens.ts';
import type { App, Fields } from './apps/tokens.ts';
import { assertBadCredentials, assertNotStored, assertOAuthError } from './expect.ts';
import { basic, exchange, formBody } from './http/exchange.ts';
import type { Reply } from './http/exchange.ts';
import { createPerson } from './person/person.ts';
import { disconnect } from './person/settings.ts';
import { fillSignIn, signedInAs } from './person/sign-in.ts';
import { demo, issuer, personAs } from './target.ts';

const agent = personAs('agent');
const FIELDS = ['access_token', 'expires_in', 'refresh_token', 'scope', 'token_type'];

const vendorCode = async (app: App = productionApp, who = agent): Promise<string> => {
  const person = await signedInAs(who);
  const page = await person.open(vendorAuthAddress(app));
  return text(landed(await authorize(person, page, AGENT_WORKSPACE)).searchParams.get('code'));
};

const codeFields = (code: string, app: App = productionApp): Fields => ({
  code,
  client_id: app.clientId,
  redirect_uri: app.redirectUri,
  grant_type: 'authorization_code',
});

const assertFields = (reply: Reply): void => {
  assert.equal(reply.status, 200, reply.text);
  assertNotStored(reply);
  const body = json(reply);
  assert.deepEqual(Object.keys(body).toSorted(), FIELDS);
  assert.equal(body['token_type'], 'Bearer');
  assert.equal(body['scope'], 'openApi');
  assert.ok(Number.isInteger(body['expires_in']));
  const seconds = Number(body['expires_in']);
  assert.ok(seconds > 0 && seconds <= 3600, `${seconds} s`);
};

describe('document 002: step 1, the person authorizes', () => {
  it('asks a person who is not signed in to sign in first, then for consent', async () => {
    const person = createPerson(issuer);
    const page = await person.open(vendorAuthAddress(productionApp));
    assert.match(page.url.pathname, /^\/sign-in/);
    const consent = await fillSignIn(person, page, agent);
    assert.match(consent.text, new RegExp(`Connect ${productionApp.name} to`));
    assert.ok(consent.text.includes(agent.email));
  });

  it('names the app, its permissions in words, and both choices', async () => {
    const page = await (await signedInAs(agent)).open(vendorAuthAddress(productionApp));
    const buttons = page.forms.flatMap((form) => form.buttons.map((button) => button.text));
    assert.ok(buttons.includes('Authorize') && buttons.includes('Cancel'), buttons.join(' | '));
    assert.ok(page.text.includes(`${productionApp.name} will be able to`), page.text);
  });

  it('redirects to the registered address with a code after Authorize', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const back = landed(await authorize(person, page, AGENT_WORKSPACE));
    assert.ok(back.href.startsWith(`${productionApp.redirectUri}?`), back.href);
    assert.ok(back.searchParams.get('code'));
    assert.equal(back.searchParams.get('error'), null);
  });

  it('redirects with error=access_denied and no code after Cancel [security 5]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const back = landed(await person.press(page, 'Cancel'));
    assert.ok(back.href.startsWith(`${productionApp.redirectUri}?`), back.href);
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('code'), null);
  });

  it('gives the code to the vendor and never shows it to the person', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const answer = await authorize(person, page, AGENT_WORKSPACE);
    const code = text(landed(answer).searchParams.get('code'));
    assert.equal(answer.reply.status, 303);
    assert.ok(!answer.reply.text.includes(code));
  });

  it('echoes state when the link carries one', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(`${vendorAuthAddress(productionApp)}&state=a%26b`);
    const back = landed(await authorize(person, page, AGENT_WORKSPACE));
    assert.equal(back.searchParams.get('state'), 'a&b');
  });
});

describe('document 002: step 2, the code for tokens', () => {
  it('answers exactly the five documented fields to parameters in the body', async () => {
    assertFields(await askVendorToken(productionApp, { body: codeFields(await vendorCode()) }));
  });

  it('takes the same parameters in the query, by POST', async () => {
    assertFields(await askVendorToken(productionApp, { query: codeFields(await vendorCode()) }));
  });

  it('takes the same parameters in the query, by GET', async () => {
    const query = codeFields(await vendorCode());
    assertFields(await askVendorToken(productionApp, { query, method: 'GET' }));
  });

  it('wants the client by Basic on GET, so that no page can forge the request [security 29]', async () => {
    const byGet = (query: Fields) =>
      exchange(issuer, `/api/user-web/oauth/token?${new URLSearchParams(query)}`);
    const query = codeFields(await vendorCode());
    assertOAuthError(await byGet(query), 401, 'invalid_client');
    assertFields(await askVendorToken(productionApp, { query, method: 'GET' }));
    // A public app has no secret that could stand in Basic: for it GET never works.
    const pkce = createPkce();
    const code = await codeFor(await signedInAs(agent), publicApp, {
      workspace: AGENT_WORKSPACE,
      more: s256(pkce),
    });
    const verifier = { code_verifier: pkce.verifier };
    assertOAuthError(await byGet({ ...codeFields(code, publicApp), ...verifier }), 401, 'invalid_client');
    assert.equal((await redeem(publicApp, code, verifier)).status, 200);
  });

  it('refuses a redirect address other than the one the code was sent to [security 18]', async () => {
    const body = { ...codeFields(await vendorCode()), redirect_uri: 'http://127.0.0.1:4001/other' };
    assertOAuthError(await askVendorToken(productionApp, { body }), 400, 'invalid_grant');
  });

  it('redeems a code once [security 20]', async () => {
    const body = codeFields(await vendorCode());
    assertFields(await askVendorToken(productionApp, { body }));
    assertOAuthError(await askVendorToken(productionApp, { body }), 400, 'invalid_grant');
  });

  it('refuses the same parameter in query and body [security 29]', async () => {
    const fields = codeFields(await vendorCode());
    const both = await askVendorToken(productionApp, { query: fields, body: { code: fields['code'] ?? '' } });
    assertOAuthError(both, 400, 'invalid_request');
  });

  it('refuses a client secret in the query, with Basic and without [security 29]', async () => {
    const query = { ...codeFields(await vendorCode()), client_secret: productionApp.clientSecret ?? '' };
    assertOAuthError(await askVendorToken(productionApp, { query }), 400, 'invalid_request');
    const address = `/api/user-web/oauth/token?${new URLSearchParams(query)}`;
    assertOAuthError(await exchange(issuer, address, formBody({})), 400, 'invalid_request');
  });
});

describe('document 002: step 3 and after', () => {
  const tokens = async (app: App = productionApp, who = agent) =>
    tokensOf(await askVendorToken(app, { body: codeFields(await vendorCode(app, who), app) }));

  it('accepts the token at the API on behalf of the person', async () => {
    const { access } = await tokens();
    const reply = await exchange(issuer, '/v1.0/me', {
      headers: { 'content-type': 'application/json', authorization: bearer(access) },
    });
    assert.equal(reply.status, 200, reply.text);
    assert.equal(json(reply)['email'], agent.email);
  });

  it('refreshes with the same fields, without asking the person, and keeps the refresh token', async () => {
    const first = await tokens();
    const body = { refresh_token: first.refresh, grant_type: 'refresh_token' };
    const reply = await askVendorToken(productionApp, { body });
    assertFields(reply);
    const second = tokensOf(reply);
    assert.equal(second.refresh, first.refresh);
    assert.equal((await call('/v1.0/me', bearer(second.access))).status, 200);
  });

  it('refreshes by query parameters too, by POST and by GET', async () => {
    const { refresh } = await tokens();
    const query = { refresh_token: refresh, grant_type: 'refresh_token' };
    assertFields(await askVendorToken(productionApp, { query }));
    assertFields(await askVendorToken(productionApp, { query, method: 'GET' }));
  });

  it('issues a refresh token that ends 180 days after it was first issued [security 27]', async () => {
    const { refresh } = await tokens();
    const { clientId, clientSecret } = demo.resourceServer;
    const request = formBody({ token: refresh });
    const reply = await exchange(issuer, '/oauth/introspect', {
      ...request,
      headers: { ...(request.headers as Fields), authorization: basic(clientId, clientSecret) },
    });
    const { iat, exp } = json(reply);
    assert.equal(Number(exp) - Number(iat), 180 * 86_400);
  });

  it('lets the person end it with Disconnect: access and refresh die at once [security 57]', async () => {
    const app = await ownApp('Short Friendship');
    const { access, refresh } = await tokens(app, vendor);
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
    await disconnect(await signedInAs(vendor), app.name);
    assertBadCredentials(await call('/v1.0/me', bearer(access)));
    const body = { refresh_token: refresh, grant_type: 'refresh_token' };
    assertOAuthError(await askVendorToken(app, { body }), 400, 'invalid_grant');
  });

  it('leaves other apps of the same person connected after a Disconnect [security 57]', async () => {
    const [gone, stays] = [await ownApp('Gone'), await ownApp('Stays')];
    await tokens(gone, vendor);
    const { access } = await tokens(stays, vendor);
    await disconnect(await signedInAs(vendor), gone.name);
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
  });

  it('gives a vendor nothing that the person did not start', async () => {
    const body = { grant_type: 'client_credentials', client_id: productionApp.clientId };
    assertOAuthError(await askVendorToken(productionApp, { body }), 400, 'unsupported_grant_type');
    const invented = codeFields(`lk_code_${'A'.repeat(43)}`);
    assertOAuthError(await askVendorToken(productionApp, { body: invented }), 400, 'invalid_grant');
  });
});
