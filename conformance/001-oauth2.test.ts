// Document 001, "OAuth 2.0": three grants at /oauth/token, permissions per endpoint, limits per app and mode.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import {
  authorizeAddress,
  bearer,
  call,
  codeFor,
  createPkce,
  exchangeKey,
  json,
  landed,
  redeem,
  s256,
  text,
  tokensOf,
} from './apps/tokens.ts';
import { assertBody, assertNotStored, assertOAuthError, NO_PERMISSION } from './expect.ts';
import {
  appAddress,
  choosePermissions,
  clientIdOn,
  register,
  secretOn,
  uniqueName,
} from './person/developer.ts';
import { signedInAs } from './person/sign-in.ts';
import { customerKey, demo, personAs } from './target.ts';

const agent = personAs('agent');
const agentCode = async (more = {}): Promise<string> =>
  codeFor(await signedInAs(agent), productionApp, { workspace: AGENT_WORKSPACE, more });

describe('document 001: the authorization code flow', () => {
  it('gives a new app its Client ID and Client Secret at once, in Development Mode', async () => {
    const person = await signedInAs(vendor);
    const name = uniqueName('First App');
    const page = await register(person, {
      name,
      kind: 'confidential',
      redirectUri: 'https://app.example/callback',
    });
    assert.ok(clientIdOn(page));
    assert.ok(secretOn(page));
    const overview = await person.open(await appAddress(person, name));
    assert.match(overview.text, /Development Mode/);
    assert.match(overview.text, /100 requests\/min/);
  });

  it('lets a new app run the whole flow without a review', async () => {
    const app = await ownApp('Unreviewed');
    const code = await codeFor(await signedInAs(vendor), app);
    const { access } = tokensOf(await redeem(app, code));
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
  });

  it('exchanges a code with client id and secret in the body for an access and a refresh token', async () => {
    const reply = await redeem(productionApp, await agentCode());
    assert.equal(reply.status, 200, reply.text);
    assertNotStored(reply);
    const body = json(reply);
    assert.equal(body['token_type'], 'Bearer');
    assert.ok(Number.isInteger(body['expires_in']) && Number(body['expires_in']) > 0);
    assert.ok(text(body['access_token']) !== text(body['refresh_token']));
  });

  it('accepts the access token as a Bearer at the API', async () => {
    const { access } = tokensOf(await redeem(productionApp, await agentCode()));
    const reply = await call('/v1.0/me', bearer(access));
    assert.equal(reply.status, 200);
    assert.equal(json(reply)['email'], agent.email);
  });

  it('refuses a confidential code without the secret, and does not burn it [security 16]', async () => {
    const code = await agentCode();
    const { clientSecret: _, ...withoutSecret } = productionApp;
    assertOAuthError(await redeem(withoutSecret, code), 401, 'invalid_client');
    assert.equal((await redeem(productionApp, code)).status, 200);
  });
});

describe('document 001: the PKCE flow', () => {
  const publicCode = async (challenge: Readonly<Record<string, string>>): Promise<string> =>
    codeFor(await signedInAs(agent), publicApp, { workspace: AGENT_WORKSPACE, more: challenge });

  it('needs no client secret, only the verifier', async () => {
    const pkce = createPkce();
    const reply = await redeem(publicApp, await publicCode(s256(pkce)), { code_verifier: pkce.verifier });
    const { access } = tokensOf(reply);
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
  });

  it('refuses a public app that starts without a challenge [security 16]', async () => {
    const page = await (await signedInAs(agent)).open(authorizeAddress(publicApp, { state: 's1' }));
    const back = landed(page);
    assert.equal(back.searchParams.get('error'), 'invalid_request');
    assert.equal(back.searchParams.get('state'), 's1');
  });

  it('refuses the plain challenge method [security 16]', async () => {
    const { verifier } = createPkce();
    const more = { code_challenge: verifier, code_challenge_method: 'plain' };
    const page = await (await signedInAs(agent)).open(authorizeAddress(publicApp, more));
    assert.equal(landed(page).searchParams.get('error'), 'invalid_request');
  });

  it('burns a code at the first wrong verifier [security 19]', async () => {
    const pkce = createPkce();
    const code = await publicCode(s256(pkce));
    const wrong = await redeem(publicApp, code, { code_verifier: createPkce().verifier });
    assertOAuthError(wrong, 400, 'invalid_grant');
    const right = await redeem(publicApp, code, { code_verifier: pkce.verifier });
    assertOAuthError(right, 400, 'invalid_grant');
  });

  it('refuses a code with a challenge without the verifier, and one without a challenge with a verifier [security 17]', async () => {
    const without = await redeem(publicApp, await publicCode(s256(createPkce())));
    assertOAuthError(without, 400, 'invalid_grant');
    const needless = await redeem(productionApp, await agentCode(), { code_verifier: createPkce().verifier });
    assertOAuthError(needless, 400, 'invalid_grant');
  });

  it('holds a confidential app to the challenge it started with', async () => {
    const pkce = createPkce();
    const code = await agentCode(s256(pkce));
    const reply = await redeem(productionApp, code, { code_verifier: pkce.verifier });
    assert.equal(reply.status, 200, reply.text);
  });
});

describe('document 001: the client credentials flow', () => {
  it('gives a token for the account that the customer key names', async () => {
    const key = customerKey('signed');
    const reply = await exchangeKey(productionApp, key.key);
    assert.equal(reply.status, 200, reply.text);
    assertNotStored(reply);
    const me = await call('/v1.0/me', bearer(text(json(reply)['access_token'])));
    assert.equal(json(me)['email'], key.email);
  });

  it('requires the customer key', async () => {
    assertOAuthError(await exchangeKey(productionApp, ''), 400, 'invalid_request');
  });

  it('limits the token to the data of the key owner and to the permissions of the app', async () => {
    const access = text(json(await exchangeKey(productionApp, customerKey('signed').key))['access_token']);
    const reply = await call('/v1.0/org', bearer(access));
    assertBody(reply, 403, NO_PERMISSION);
    const stranger = await exchangeKey(productionApp, strangerKey());
    const leads = await call('/v1.0/leads?limit=1', bearer(access));
    const others = await call('/v1.0/leads?limit=1', bearer(text(json(stranger)['access_token'])));
    assert.notEqual(leads.text, others.text);
  });

  it('gives no refresh token: the key is the standing consent', async () => {
    assert.equal(
      json(await exchangeKey(productionApp, customerKey('signed').key))['refresh_token'],
      undefined,
    );
  });

  it('is refused to a public app, which has no secret', async () => {
    assertOAuthError(await exchangeKey(publicApp, customerKey('signed').key), 400, 'unauthorized_client');
  });
});

const strangerKey = (): string => {
  const found = demo.customerKeys.find(({ email }) => email === personAs('stranger').email);
  return found?.key ?? '';
};

describe('document 001: permissions and limits', () => {
  it('answers an endpoint outside the granted set with 403 and code 200100 [security 62]', async () => {
    const app = await ownApp('Profile Only', { permissions: ['me.get'] });
    const { access } = tokensOf(await redeem(app, await codeFor(await signedInAs(vendor), app)));
    assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
    const refused = await call('/v1.0/leads', bearer(access));
    assertBody(refused, 403, NO_PERMISSION);
    assert.match(refused.headers['www-authenticate'] ?? '', /^Bearer error="insufficient_scope"/);
  });

  it('grants exactly the endpoints chosen in the portal, named in the scope of /oauth/token', async () => {
    const app = await ownApp('Two Endpoints', { permissions: ['me.get', 'leads.list'] });
    const reply = await redeem(app, await codeFor(await signedInAs(vendor), app));
    assert.deepEqual(text(json(reply)['scope']).split(' ').toSorted(), ['leads.list', 'me.get']);
  });

  it('gives an added permission in development at the next authorization, and leaves older tokens what they had', async () => {
    const person = await signedInAs(vendor);
    const app = await ownApp('Growing', { permissions: ['me.get'] });
    const before = tokensOf(await redeem(app, await codeFor(person, app)));
    await choosePermissions(person, app.name, ['me.get', 'leads.list']);
    const older = await call('/v1.0/leads', bearer(before.access));
    assertBody(older, 403, NO_PERMISSION);
    assert.equal((await call('/v1.0/me', bearer(before.access))).status, 200);
    const after = tokensOf(await redeem(app, await codeFor(person, app)));
    assert.equal((await call('/v1.0/leads', bearer(after.access))).status, 200);
  });

  it('counts a development app at 100 requests a minute', async () => {
    const app = await ownApp('Counted');
    const { access } = tokensOf(await redeem(app, await codeFor(await signedInAs(vendor), app)));
    const reply = await call('/v1.0/me', bearer(access));
    assert.equal(reply.headers['x-ratelimit-limit'], '100');
    assert.ok(Number(reply.headers['x-ratelimit-remaining']) < 100);
    const reset = Number(reply.headers['x-ratelimit-reset']);
    const aheadSeconds = reset - Date.now() / 1000;
    assert.ok(aheadSeconds > -2 && aheadSeconds <= 62, `resets in ${aheadSeconds} s`);
  });

  it('counts a production app at 500 requests a minute', async () => {
    const { access } = tokensOf(await redeem(productionApp, await agentCode()));
    const reply = await call('/v1.0/me', bearer(access));
    assert.equal(reply.headers['x-ratelimit-limit'], '500');
  });

  it('counts per app and not per account [security 63]', async () => {
    const person = await signedInAs(vendor);
    const [busy, idle] = [await ownApp('Busy'), await ownApp('Idle')];
    const used = tokensOf(await redeem(busy, await codeFor(person, busy))).access;
    const fresh = tokensOf(await redeem(idle, await codeFor(person, idle))).access;
    for (let n = 0; n < 5; n += 1) await call('/v1.0/me', bearer(used));
    const reply = await call('/v1.0/me', bearer(fresh));
    assert.equal(reply.headers['x-ratelimit-remaining'], '99');
  });
});
