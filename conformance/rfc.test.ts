// The specifications: a foreign client (oauth4webapi) through every flow, metadata, revocation, introspection, headers.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as oauth from 'oauth4webapi';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import {
  authorize,
  authorizeAddress,
  bearer,
  call,
  codeFor,
  exchangeKey,
  introspect,
  json,
  landed,
  redeem,
  refresh,
  text,
  tokensOf,
  withBasic,
} from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import { assertBadCredentials, assertJson, assertNotStored, assertOAuthError } from './expect.ts';
import { exchange, formBody } from './http/exchange.ts';
import type { Reply } from './http/exchange.ts';
import { signedInAs } from './person/sign-in.ts';
import { approveTerminal, openDevice } from './person/terminal.ts';
import { customerKey, demo, issuer, personAs } from './target.ts';

const agent = personAs('agent');
const insecure = { [oauth.allowInsecureRequests]: true };

const discover = async (): Promise<oauth.AuthorizationServer> => {
  const found = await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oauth2', ...insecure });
  return oauth.processDiscoveryResponse(new URL(issuer), found);
};

const revoke = (app: App, token: string): Promise<Reply> =>
  exchange(issuer, '/oauth/revoke', withBasic(app, { token }));

const agentTokens = async () =>
  tokensOf(
    await redeem(
      productionApp,
      await codeFor(await signedInAs(agent), productionApp, { workspace: AGENT_WORKSPACE }),
    ),
  );
const vendorTokens = async (app: App) =>
  tokensOf(await redeem(app, await codeFor(await signedInAs(vendor), app)));

describe('RFC 8414: metadata', () => {
  it('names every endpoint, grant and method that is served, and nothing else [security 6]', async () => {
    const reply = await exchange(issuer, '/.well-known/oauth-authorization-server');
    assert.equal(reply.status, 200);
    assertJson(reply);
    const body = json(reply);
    assert.equal(body['issuer'], issuer);
    assert.deepEqual(body['response_types_supported'], ['code']);
    assert.deepEqual(body['code_challenge_methods_supported'], ['S256']);
    assert.equal(body['authorization_response_iss_parameter_supported'], true);
    assert.deepEqual((body['grant_types_supported'] as string[]).toSorted(), [
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ]);
    for (const name of ['authorization', 'token', 'revocation', 'introspection', 'device_authorization'])
      assert.ok(text(body[`${name}_endpoint`]).startsWith(`${issuer}/oauth/`), name);
  });

  it('keeps issuer and links from the configuration under spoofed Host and forwarding headers [security 9]', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    const reply = await exchange(issuer, '/.well-known/oauth-authorization-server', { headers });
    assert.ok(!reply.text.includes('evil.example'));
  });
});

describe('a foreign client, oauth4webapi', () => {
  it('completes code and PKCE with state and iss, calls the API, refreshes and revokes [security 8]', async () => {
    const server = await discover();
    const client: oauth.Client = { client_id: publicApp.clientId };
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const more = {
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    const person = await signedInAs(agent);
    const page = await person.open(authorizeAddress(publicApp, more));
    const back = landed(await authorize(person, page, AGENT_WORKSPACE));
    assert.equal(back.searchParams.get('iss'), issuer);
    const callback = oauth.validateAuthResponse(server, client, back, state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      callback,
      publicApp.redirectUri,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer);
    assert.equal((await call('/v1.0/me', bearer(tokens.access_token))).status, 200);
    const renewed = await oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(
        server,
        client,
        oauth.None(),
        tokens.refresh_token ?? '',
        insecure,
      ),
    );
    assert.notEqual(renewed.refresh_token, tokens.refresh_token);
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, oauth.None(), renewed.refresh_token ?? '', insecure),
    );
    assertBadCredentials(await call('/v1.0/me', bearer(renewed.access_token)));
  });

  it('completes the device flow of RFC 8628', async () => {
    const server = await discover();
    const client: oauth.Client = { client_id: 'lofty-cli' };
    const started = await oauth.processDeviceAuthorizationResponse(
      server,
      client,
      await oauth.deviceAuthorizationRequest(server, client, oauth.None(), new URLSearchParams(), insecure),
    );
    assert.match(started.user_code, /^LFT-/);
    assert.equal(started.verification_uri, `${issuer}/device`);
    const person = await signedInAs(agent);
    const page = await openDevice(person, started.verification_uri_complete ?? '');
    await approveTerminal(person, page, AGENT_WORKSPACE);
    const tokens = await oauth.processDeviceCodeResponse(
      server,
      client,
      await oauth.deviceCodeGrantRequest(server, client, oauth.None(), started.device_code, insecure),
    );
    assert.equal((await call('/v1.0/me', bearer(tokens.access_token))).status, 200);
  });

  it('uses client credentials and introspects with a confidential client', async () => {
    const server = await discover();
    const client: oauth.Client = { client_id: productionApp.clientId };
    const secret = oauth.ClientSecretBasic(productionApp.clientSecret ?? '');
    const parameters = new URLSearchParams({ customer_key: customerKey('signed').key });
    const tokens = await oauth.processClientCredentialsResponse(
      server,
      client,
      await oauth.clientCredentialsGrantRequest(server, client, secret, parameters, insecure),
    );
    const facts = await oauth.processIntrospectionResponse(
      server,
      client,
      await oauth.introspectionRequest(server, client, secret, tokens.access_token, insecure),
    );
    assert.equal(facts.active, true);
    assert.equal(facts.client_id, productionApp.clientId);
  });
});

describe('RFC 6749 and OAuth 2.1: the authorization endpoint', () => {
  it('sends the person back by 303, never 307 or 308 [security 10]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(authorizeAddress(productionApp));
    const reply = await person.press(page, 'Cancel');
    assert.equal(reply.reply.status, 303);
  });

  it('returns errors about a proven redirect with error, state and iss [security 5] [security 8]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(authorizeAddress(productionApp, { response_type: 'token', state: 'x y' }));
    const back = landed(page);
    assert.equal(back.searchParams.get('error'), 'unsupported_response_type');
    assert.equal(back.searchParams.get('state'), 'x y');
    assert.equal(back.searchParams.get('iss'), issuer);
  });

  it('never lets consent or sign-in be framed, stored or seen by another site [security 11] [security 12]', async () => {
    const person = await signedInAs(agent);
    for (const address of [authorizeAddress(productionApp), '/sign-in', '/cli-auth']) {
      const { headers } = (await person.open(address)).reply;
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, /default-src '(none|self)'/);
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.match(headers['cache-control'] ?? '', /no-store/);
    }
  });

  it('accepts any port on a registered loopback address, and no other path or host [security 2]', async () => {
    const person = await signedInAs(agent);
    const at = (uri: string) => person.open(authorizeAddress({ ...productionApp, redirectUri: uri }));
    assert.equal((await at('http://127.0.0.1:55555/callback')).reply.status, 200);
    for (const uri of [
      'http://127.0.0.1:55555/other',
      'http://localhost:4001/callback',
      'http://127.0.0.2:4001/callback',
    ])
      assert.equal((await at(uri)).reply.status, 400, uri);
  });
});

describe('RFC 6749: tokens', () => {
  it('answers a client authentication failure with 401 and a Basic challenge [security 37]', async () => {
    const wrong = { ...productionApp, clientSecret: 'wrong' };
    assertOAuthError(await exchangeKey(wrong, customerKey('signed').key), 401, 'invalid_client');
    const unknown = { ...productionApp, clientId: 'nobody' };
    assertOAuthError(await exchangeKey(unknown, customerKey('signed').key), 401, 'invalid_client');
  });

  it('narrows by scope on refresh and never widens [security 26]', async () => {
    const { refresh: token } = await agentTokens();
    const narrow = await refresh(productionApp, token, { scope: 'me.get' });
    assert.equal(json(narrow)['scope'], 'me.get');
    assertOAuthError(await refresh(productionApp, token, { scope: 'leads.delete' }), 400, 'invalid_scope');
    const full = await refresh(productionApp, token, { scope: 'openApi' });
    assert.ok(text(json(full)['scope']).split(' ').length > 1);
  });

  it('rotates the refresh token of a public app and answers a lost answer again with the same successor [security 23]', async () => {
    const first = await publicTokens();
    const second = tokensOf(await refresh(publicApp, first.refresh));
    assert.notEqual(second.refresh, first.refresh);
    const again = tokensOf(await refresh(publicApp, first.refresh));
    assert.equal(again.refresh, second.refresh);
  });

  it('kills the family when an older refresh token of a public app comes back [security 23]', async () => {
    const first = await publicTokens();
    const second = tokensOf(await refresh(publicApp, first.refresh));
    const third = tokensOf(await refresh(publicApp, second.refresh));
    assertOAuthError(await refresh(publicApp, first.refresh), 400, 'invalid_grant');
    assertOAuthError(await refresh(publicApp, third.refresh), 400, 'invalid_grant');
    assertBadCredentials(await call('/v1.0/me', bearer(third.access)));
  });

  it('refuses secrets in each other place [security 22]', async () => {
    const { access, refresh: token } = await agentTokens();
    const key = customerKey('signed').key;
    for (const wrong of [access, key, productionApp.clientSecret ?? ''])
      assertOAuthError(await refresh(productionApp, wrong), 400, 'invalid_grant');
    for (const wrong of [access, token, key])
      assertOAuthError(await redeem(productionApp, wrong), 400, 'invalid_grant');
    for (const wrong of [access, token])
      assertOAuthError(await exchangeKey(productionApp, wrong), 400, 'invalid_grant');
    for (const wrong of [token, productionApp.clientSecret ?? ''])
      assertBadCredentials(await call('/v1.0/me', bearer(wrong)));
  });

  it('refuses a refresh token of another app, which stays good for its own [security 26]', async () => {
    const other = await ownApp('Thief');
    const { refresh: token } = await agentTokens();
    assertOAuthError(await refresh(other, token), 400, 'invalid_grant');
    assert.equal((await refresh(productionApp, token)).status, 200);
  });
});

const publicTokens = async () => {
  const verifier = oauth.generateRandomCodeVerifier();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const code = await codeFor(await signedInAs(agent), publicApp, {
    workspace: AGENT_WORKSPACE,
    more: { code_challenge: challenge, code_challenge_method: 'S256' },
  });
  return tokensOf(await redeem(publicApp, code, { code_verifier: verifier }));
};

describe('RFC 7009: revocation', () => {
  it('ends access and refresh with the refresh token [security 34]', async () => {
    const app = await ownApp('Revoking');
    const tokens = await vendorTokens(app);
    assert.equal((await revoke(app, tokens.refresh)).status, 200);
    assertBadCredentials(await call('/v1.0/me', bearer(tokens.access)));
    assertOAuthError(await refresh(app, tokens.refresh), 400, 'invalid_grant');
  });

  it('ends one access token alone with that access token', async () => {
    const app = await ownApp('Revoking One');
    const tokens = await vendorTokens(app);
    assert.equal((await revoke(app, tokens.access)).status, 200);
    assertBadCredentials(await call('/v1.0/me', bearer(tokens.access)));
    const renewed = tokensOf(await refresh(app, tokens.refresh));
    assert.equal((await call('/v1.0/me', bearer(renewed.access))).status, 200);
  });

  it('does not let another app revoke, and says nothing about it [security 34]', async () => {
    const [mine, other] = [await ownApp('Mine'), await ownApp('Other')];
    const tokens = await vendorTokens(mine);
    const foreign = await revoke(other, tokens.refresh);
    const invented = await revoke(other, `lk_rt_${'A'.repeat(60)}`);
    assert.equal(foreign.status, 200);
    assert.equal(foreign.text, invented.text);
    assert.equal((await call('/v1.0/me', bearer(tokens.access))).status, 200);
  });
});

describe('RFC 7662: introspection', () => {
  it('tells a resource server what a token is worth', async () => {
    const { access } = await agentTokens();
    const reply = await introspect(demo.resourceServer, access);
    assert.equal(reply.status, 200, reply.text);
    assertNotStored(reply);
    const body = json(reply);
    assert.equal(body['active'], true);
    assert.equal(body['client_id'], productionApp.clientId);
    assert.equal(body['iss'], issuer);
    assert.equal(body['token_type'], 'Bearer');
    assert.ok(text(body['scope']).split(' ').includes('me.get'));
    assert.ok(Number(body['exp']) > Date.now() / 1000);
  });

  it('answers unknown, ended and foreign tokens with the same bytes [security 33]', async () => {
    const app = await ownApp('Introspecting');
    const ended = await vendorTokens(app);
    await revoke(app, ended.refresh);
    const foreign = await agentTokens();
    const answers = [ended.access, foreign.access, foreign.refresh, 'lk_at_nothing', 'x'];
    for (const token of answers) {
      const reply = await introspect(app, token);
      assert.equal(reply.status, 200);
      assert.equal(reply.text, '{"active":false}');
    }
  });

  it('wants a credential [security 33]', async () => {
    const { access } = await agentTokens();
    const reply = await exchange(issuer, '/oauth/introspect', formBody({ token: access }));
    assertOAuthError(reply, 401, 'invalid_client');
  });
});

describe('CORS', () => {
  it('lets any origin call token, revocation, metadata and the API without credentials, and nothing else', async () => {
    const asks = (path: string) =>
      exchange(issuer, path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://spa.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, content-type',
        },
      });
    for (const path of ['/oauth/token', '/oauth/revoke', '/v1.0/leads']) {
      const reply = await asks(path);
      assert.ok(reply.status === 204 || reply.status === 200, `${path} ${reply.status}`);
      assert.equal(reply.headers['access-control-allow-origin'], '*', path);
      assert.equal(reply.headers['access-control-allow-credentials'], undefined);
    }
    for (const path of [
      '/sign-in',
      '/auth/device/approve',
      '/oauth/introspect',
      '/settings/integrations/api',
    ])
      assert.equal((await asks(path)).headers['access-control-allow-origin'], undefined, path);
  });
});
