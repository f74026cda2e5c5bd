import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startFakeIssuer, type FakeIssuer } from '../fake-issuer.ts';
import type { Running } from '../listen.ts';
import { startTokenService } from './server.ts';

const sessionId = 'ses_4nH8tq2Lw9zXb6Vd';
const secrets = { clientId: 'app-1', clientSecret: 'lk_secret_shh', customerKey: 'key-of-ari' };
const good = {
  status: 200,
  body: { access_token: 'lk_at_abc', token_type: 'Bearer', expires_in: 3600, scope: 'openApi' },
};

describe('the Token URL service', () => {
  let issuer: FakeIssuer;
  let service: Running;
  let nowMs = 0;
  before(async () => {
    issuer = await startFakeIssuer(() => good);
    service = await startTokenService({
      port: 0,
      issuer: `${issuer.url}/`,
      ...secrets,
      sessions: ['ses_other', sessionId],
      now: () => nowMs,
    });
  });
  beforeEach(() => {
    issuer.seen.length = 0;
    issuer.answer = () => good;
    nowMs += 60_000;
  });
  after(async () => {
    await service.close();
    await issuer.close();
  });

  const post = (body: string, type = 'application/json', target = '/token'): Promise<Response> =>
    fetch(`${service.url}${target}`, { method: 'POST', headers: { 'content-type': type }, body });
  const asJson = (fields: object): Promise<Response> => post(JSON.stringify(fields));

  const assertRefused = async (answer: Response, status: number, error: string): Promise<string> => {
    const text = await answer.text();
    assert.equal(answer.status, status, text);
    assert.equal((JSON.parse(text) as { error: string }).error, error);
    assert.match(text, /"error_description":"\w.+\."/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    return text;
  };

  test('exchanges a session id, sent as JSON or as form, for a token response', async () => {
    const form = 'application/x-www-form-urlencoded';
    for (const answer of [
      await asJson({ session_id: sessionId }),
      await asJson({ session_id: sessionId, refresh_token: 'ignored' }),
      await post(`session_id=${sessionId}`, form),
    ]) {
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.deepEqual(await answer.json(), good.body);
    }
    assert.equal(issuer.seen.length, 3, 'renewal is the same call: each asks the issuer anew');
    const [first] = issuer.seen;
    assert.equal(first?.method, 'POST');
    assert.equal(first.target, '/oauth/token');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(first.body)), {
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: 'lk_secret_shh',
      customer_key: 'key-of-ari',
    });
  });

  test('refuses malformed requests with invalid_request and asks the issuer nothing', async () => {
    const form = 'application/x-www-form-urlencoded';
    const bad = [
      asJson({}),
      asJson({ session_id: '' }),
      asJson({ session_id: 7 }),
      asJson([sessionId]),
      post('null'),
      post('{'),
      post('', form),
      post(`session_id=${sessionId}&session_id=${sessionId}`, form),
      post(sessionId, 'text/plain'),
      asJson({ session_id: 'x'.repeat(4097) }),
      asJson({ session_id: sessionId, more: 'x'.repeat(20_000) }),
      post(JSON.stringify({ session_id: sessionId }), 'application/json', `/token?session_id=${sessionId}`),
    ];
    for (const answer of await Promise.all(bad)) await assertRefused(answer, 400, 'invalid_request');
    await assertRefused(await fetch(`${service.url}/token`), 405, 'invalid_request');
    await assertRefused(await post('{}', 'application/json', '/'), 404, 'invalid_request');
    assert.equal(issuer.seen.length, 0);
  });

  test('refuses an unknown session id with invalid_session and asks the issuer nothing', async () => {
    for (const id of ['ses_unknown', sessionId.toLowerCase(), `${sessionId} `]) {
      await assertRefused(await asJson({ session_id: id }), 401, 'invalid_session');
    }
    assert.equal(issuer.seen.length, 0);
  });

  test('slows guessing down but never locks out a known session id', async () => {
    for (let guess = 0; guess < 30; guess += 1) {
      assert.equal((await asJson({ session_id: `ses_${guess}` })).status, 401);
    }
    const refused = await asJson({ session_id: 'ses_31' });
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    await assertRefused(refused, 429, 'too_many_requests');
    assert.equal((await asJson({ session_id: sessionId })).status, 200);
    nowMs += 60_000;
    assert.equal((await asJson({ session_id: 'ses_32' })).status, 401);
  });

  test('says invalid_session when the customer key behind the session has ended', async () => {
    issuer.answer = () => ({ status: 400, body: { error: 'invalid_grant' } });
    await assertRefused(await asJson({ session_id: sessionId }), 401, 'invalid_session');
  });

  test('says who has to act when the issuer is down, busy or refuses the service, and tells no secret', async () => {
    issuer.answer = () => ({ status: 503, body: 'upstream', headers: { 'retry-after': '17' } });
    const busy = await asJson({ session_id: sessionId });
    assert.equal(busy.headers.get('retry-after'), '17');
    await assertRefused(busy, 503, 'temporarily_unavailable');
    const broken: ReturnType<FakeIssuer['answer']>[] = [
      { status: 401, body: { error: 'invalid_client', error_description: 'lk_secret_shh is wrong' } },
      { status: 200, body: '<html>sign in</html>' },
      { status: 200, body: { access_token: 'x', token_type: 'mac', expires_in: 5 } },
      { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
    ];
    for (const answer of broken) {
      issuer.answer = () => answer;
      const text = await assertRefused(await asJson({ session_id: sessionId }), 502, 'server_error');
      for (const secret of Object.values(secrets)) assert.ok(!text.includes(secret));
    }
    const gone = await startFakeIssuer(() => good);
    await gone.close();
    const stranded = await startTokenService({
      port: 0,
      issuer: gone.url,
      ...secrets,
      sessions: [sessionId],
    });
    try {
      const answer = await fetch(`${stranded.url}/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ session_id: sessionId }),
      });
      await assertRefused(answer, 503, 'temporarily_unavailable');
    } finally {
      await stranded.close();
    }
  });
});
