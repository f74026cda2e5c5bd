import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startFakeIssuer, type FakeIssuer, type Scripted, type Seen } from '../fake-issuer.ts';
import type { Running } from '../listen.ts';
import { openBrowser, readable, type Browser, type Page } from './browser.ts';
import { startSampleApp } from './server.ts';

const clientSecret = 'lk_secret_3f9a1c7d5e2b8a604d1c';
const accessToken = 'lk_at_AAECAwQFBgcICQoLDA0ODxAREhM4f2a';
const refreshToken = 'lk_rt_BBECAwQFBgcICQoLDA0ODxAREhM9c1b';
const secrets = [clientSecret, accessToken, refreshToken, 'the-code/+1'];

const leadsText =
  '{"_metadata":{"collection":"leads","limit":3,"offset":0,"total":41,"scrollId":null},"leads":[' +
  '{"leadId":9007199325741993,"firstName":"<b>Priya</b>","lastName":"Raman","stage":"New Lead","source":"Website"},' +
  '{"leadId":9007199325741995,"firstName":"Tomas","lastName":"Novak","stage":"Closed","source":"Referral"},' +
  '{"leadId":671005,"firstName":"Mei","lastName":"Chen","stage":"Qualified","source":"Zillow"}]}';

const tokens = {
  access_token: accessToken,
  refresh_token: refreshToken,
  token_type: 'Bearer',
  expires_in: 3600,
  scope: 'openApi',
};

const wellBehaved = ({ method, target, headers }: Seen): Scripted => {
  if (target === '/oauth/token') return { status: 200, body: tokens };
  if (headers.authorization !== `Bearer ${accessToken}`)
    return { status: 401, body: { code: 'BAD_CREDENTIALS' } };
  if (method === 'DELETE') {
    return {
      status: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="leads.delete"' },
      body: { code: 200100, message: 'Sorry, the vendor does not have permission for this API.' },
    };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'x-ratelimit-limit': '500' },
    body: leadsText,
  };
};

describe('the sample app', () => {
  let issuer: FakeIssuer;
  let app: Running;
  let browser: Browser;
  before(async () => {
    issuer = await startFakeIssuer(wellBehaved);
    app = await startSampleApp({
      port: 0,
      issuer: issuer.url,
      publicIssuer: 'http://localhost:4000/',
      clientId: 'app-1',
      clientSecret,
    });
  });
  beforeEach(() => {
    issuer.answer = wellBehaved;
    issuer.seen.length = 0;
    browser = openBrowser(app.url);
  });
  after(async () => {
    await app.close();
    await issuer.close();
  });

  const begin = async (): Promise<URLSearchParams> => {
    const answer = await browser.get('/connect');
    assert.equal(answer.status, 303);
    const location = new URL(answer.headers.get('location') ?? '');
    assert.equal(`${location.origin}${location.pathname}`, 'http://localhost:4000/oauth/authorize');
    return location.searchParams;
  };

  const callback = (fields: Readonly<Record<string, string>>): Promise<Page> =>
    browser.get(`/callback?${new URLSearchParams(fields)}`, { 'sec-fetch-site': 'cross-site' });

  const connect = async (): Promise<Page> => {
    const state = (await begin()).get('state') ?? '';
    const answer = await callback({ code: 'the-code/+1', state, iss: 'http://localhost:4000' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), '/');
    return browser.get('/');
  };

  test('offers one button before it is connected, under a policy without scripts or foreign content', async () => {
    const page = await browser.get('/');
    assert.equal(page.status, 200);
    assert.match(page.text, /<a class="button primary" href="\/connect">Connect to Demo CRM<\/a>/);
    assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none';/);
    assert.ok(!/<script|<style| style=| on[a-z]+=/.test(page.text));
    assert.equal(page.headers.get('set-cookie'), null);
    const style = await browser.get('/style.css');
    assert.match(style.text, /prefers-color-scheme: dark/);
  });

  test('connects by the code flow with state and PKCE S256 and shows three leads', async () => {
    const asked = await begin();
    assert.equal(asked.get('response_type'), 'code');
    assert.equal(asked.get('client_id'), 'app-1');
    assert.equal(asked.get('redirect_uri'), `${app.url}/callback`);
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.ok((asked.get('state') ?? '').length >= 43);
    const cookieBefore = browser.cookie();
    await callback({ code: 'the-code/+1', state: asked.get('state') ?? '' });
    assert.notEqual(browser.cookie(), cookieBefore, 'the session id changes when the person is connected');
    const [exchange, call] = issuer.seen;
    const sent = Object.fromEntries(new URLSearchParams(exchange?.body));
    const challenge = createHash('sha256')
      .update(sent['code_verifier'] ?? '')
      .digest('base64url');
    assert.equal(challenge, asked.get('code_challenge'));
    assert.deepEqual(
      { ...sent, code_verifier: '' },
      {
        grant_type: 'authorization_code',
        code: 'the-code/+1',
        redirect_uri: `${app.url}/callback`,
        client_id: 'app-1',
        client_secret: clientSecret,
        code_verifier: '',
      },
    );
    assert.equal(call?.target, '/v1.0/leads?limit=3');
    const page = readable(await browser.get('/'));
    for (const name of ['<b>Priya</b> Raman', 'Tomas Novak', 'Mei Chen']) assert.ok(page.includes(name));
    assert.match(page, /9007199325741993/, 'an id above 2^53 keeps its digits');
    assert.match(page, /x-ratelimit-limit: 500/);
  });

  test('shows each request and answer, but no secret', async () => {
    await connect();
    await browser.press('/refresh');
    const page = await browser.press('/call');
    assert.match(readable(page), /Authorization: Bearer lk_at_…4f2a/);
    assert.match(readable(page), /"access_token": "lk_at_…4f2a"/);
    assert.match(readable(page), /client_secret=lk_secret_…4d1c/);
    for (const secret of secrets) assert.ok(!page.text.includes(secret), secret);
    const verifier = new URLSearchParams(issuer.seen[0]?.body).get('code_verifier') ?? '';
    assert.ok(verifier.length >= 43 && !page.text.includes(verifier));
  });

  test('hides a secret that an answer repeats', async () => {
    await connect();
    issuer.answer = () => ({ status: 400, body: `unknown token ${accessToken} sent` });
    const page = await browser.press('/call');
    assert.match(readable(page), /unknown token lk_at_…4f2a sent/);
    assert.ok(!page.text.includes(accessToken));
  });

  test('escapes what the API says', async () => {
    const page = await connect();
    assert.ok(!page.text.includes('<b>Priya'));
    assert.ok(page.text.includes('&lt;b&gt;Priya'));
  });

  test('shows a refused delete with code 200100 and names the missing permission', async () => {
    await connect();
    const page = readable(await browser.press('/delete'));
    assert.equal(issuer.seen.at(-1)?.target, '/v1.0/leads/9007199325741993?reason=Duplicate');
    assert.match(page, /Delete a lead: 403, refused/);
    assert.match(page, /does not have the permission leads\.delete \(DELETE \/v1\.0\/leads\/\{leadId\}\)/);
    assert.match(page, /"code": 200100/);
  });

  test('after Disconnect says what the 401 means and offers to connect again', async () => {
    await connect();
    issuer.answer = ({ target }) =>
      target === '/oauth/token'
        ? { status: 400, body: { error: 'invalid_grant' } }
        : { status: 401, body: { code: 'BAD_CREDENTIALS', message: 'The access token is not valid.' } };
    const called = await browser.press('/call');
    assert.match(readable(called), /Read three leads: 401, refused The access token no longer works/);
    assert.match(called.text, /href="\/connect">Connect again/);
    const refreshed = readable(await browser.press('/refresh'));
    assert.match(refreshed, /Refresh the token: 400, refused The connection has ended/);
    issuer.answer = wellBehaved;
    assert.match(readable(await connect()), /Read three leads: 200, done/);
  });

  test('refreshes with the refresh token and keeps it when the answer has none', async () => {
    await connect();
    const { refresh_token: _, ...withoutRefresh } = tokens;
    issuer.answer = (seen) =>
      seen.target === '/oauth/token' ? { status: 200, body: withoutRefresh } : wellBehaved(seen);
    for (let round = 0; round < 2; round += 1) {
      assert.match(readable(await browser.press('/refresh')), /Refresh the token: 200, done/);
      const sent = new URLSearchParams(issuer.seen.at(-1)?.body);
      assert.equal(sent.get('grant_type'), 'refresh_token');
      assert.equal(sent.get('refresh_token'), refreshToken);
    }
  });

  test('takes Cancel as an answer: says so, asks for nothing, can connect afterwards', async () => {
    const state = (await begin()).get('state') ?? '';
    assert.equal((await callback({ error: 'access_denied', state })).status, 303);
    const page = readable(await browser.get('/'));
    assert.match(
      page,
      /You did not authorize this app The answer was error=access_denied\. Nothing was connected\./,
    );
    assert.equal(issuer.seen.length, 0);
    assert.ok(!readable(await browser.get('/')).includes('did not authorize'), 'said once');
    assert.match(readable(await connect()), /Your leads/);
  });

  test('shows another refusal by its code, escaped', async () => {
    const state = (await begin()).get('state') ?? '';
    await callback({ error: 'invalid_scope', error_description: '<i>no</i>', state });
    const page = await browser.get('/');
    assert.match(readable(page), /Demo CRM answered invalid_scope\. <i>no<\/i>/);
    assert.ok(!page.text.includes('<i>'));
  });

  test('uses no answer that this browser did not ask for', async () => {
    const mine = (await begin()).get('state') ?? '';
    const stranger = openBrowser(app.url);
    await stranger.get('/connect');
    const forged: Readonly<Record<string, string>>[] = [
      {},
      { code: 'x' },
      { code: 'x', state: 'guess' },
      { code: 'x', state: '' },
      { error: 'access_denied', state: 'guess' },
    ];
    for (const fields of forged) assert.equal((await callback(fields)).status, 400);
    const carried = await stranger.get(`/callback?code=x&state=${mine}`);
    assert.equal(carried.status, 400);
    assert.equal((await openBrowser(app.url).get(`/callback?code=x&state=${mine}`)).status, 400);
    assert.equal((await browser.get(`/callback?code=a&code=b&state=${mine}`)).status, 400);
    assert.equal(issuer.seen.length, 0);
  });

  test('uses an answer once', async () => {
    const state = (await begin()).get('state') ?? '';
    assert.equal((await callback({ code: 'c', state })).status, 303);
    const calls = issuer.seen.length;
    assert.equal((await callback({ code: 'c', state })).status, 400);
    assert.equal(issuer.seen.length, calls);
  });

  test('uses no answer that names another issuer', async () => {
    const state = (await begin()).get('state') ?? '';
    const answer = await callback({ code: 'c', state, iss: 'https://evil.example' });
    assert.equal(answer.status, 400);
    assert.match(readable(answer), /came from elsewhere/);
    assert.equal(issuer.seen.length, 0);
  });

  test('says what a refused exchange means', async () => {
    issuer.answer = () => ({ status: 400, body: { error: 'invalid_grant' } });
    const state = (await begin()).get('state') ?? '';
    await callback({ code: 'c', state });
    const page = await browser.get('/');
    assert.match(readable(page), /Exchange the code for tokens: 400, refused The code was too old/);
    assert.match(page.text, /Connect to Demo CRM/);
  });

  test('does nothing for another site, a foreign form token, or a browser that is not connected', async () => {
    const home = await connect();
    const form_token = /name="form_token" value="([^"]+)"/.exec(home.text)?.[1] ?? '';
    issuer.seen.length = 0;
    const refused = [
      await browser.post('/call', { form_token }, { 'sec-fetch-site': 'cross-site' }),
      await browser.post('/call', { form_token }, { origin: 'https://evil.example' }),
      await browser.post('/delete', { form_token: 'guess' }),
      await browser.post('/delete', {}),
      await openBrowser(app.url).post('/call', { form_token }),
    ];
    for (const answer of refused) assert.equal(answer.status, 403);
    await browser.get('/delete');
    assert.equal(issuer.seen.length, 0);
  });

  test('sets a cookie for its own host only, out of reach of scripts', async () => {
    const answer = await browser.get('/connect');
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^pipeline_sync_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test('answers unknown pages with 404 and other methods with 405, never with a 500', async () => {
    assert.equal((await browser.get('/constructor')).status, 404);
    assert.equal((await browser.get('/%ff%00')).status, 404);
    assert.equal((await browser.post('/', {})).status, 405);
    assert.equal((await browser.post('/callback', {})).status, 405);
  });

  test('says so when the server is down', async () => {
    const gone = await startFakeIssuer(wellBehaved);
    const stranded = await startSampleApp({ port: 0, issuer: gone.url, clientId: 'app-1', clientSecret });
    try {
      const visitor = openBrowser(stranded.url);
      const location = new URL((await visitor.get('/connect')).headers.get('location') ?? '');
      await gone.close();
      await visitor.get(`/callback?code=c&state=${location.searchParams.get('state')}`);
      assert.match(readable(await visitor.get('/')), /Nobody answered\. Is Latchkey running\?/);
    } finally {
      await stranded.close();
    }
  });
});
