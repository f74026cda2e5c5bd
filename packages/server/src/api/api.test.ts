// The management API over HTTP: who may ask, what a request must look like, how it is answered when it is none.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { openSession } from '../testing/session.ts';
import { databases } from '../storage/testing/databases.ts';
import type { Person } from '../testing/service.ts';
import { startPortal, type TestPortal } from '../portal/routes/testing/portal.ts';
import { createTalk, type Talk } from './testing/talk.ts';
import { operations } from '../domain/operations.ts';
import { apiOperations } from './table.ts';

describe('management API', () => {
  let portal: TestPortal;
  let talk: Talk;
  let vera: Person;
  let cookie: string;
  before(async () => {
    portal = await startPortal(databases);
    talk = createTalk(portal);
    vera = await portal.makePerson();
    await portal.makeVendor(vera);
    cookie = await talk.cookieOf(vera);
  });
  after(() => portal.close());

  const app = { name: 'Sync', kind: 'public', redirectUris: ['https://app.example/cb'] };
  const code = (answer: { readonly body: Record<string, unknown> }) => answer.body['code'];

  it('every operation of the table has an address of its own', () => {
    assert.deepEqual(
      Object.values(operations).map(({ id }) => id),
      apiOperations.map(({ id }) => id),
    );
    assert.equal(new Set(apiOperations.map(({ http }) => http.join(' '))).size, apiOperations.length);
  });

  it('does by session what the page does, and shows it again', async () => {
    const made = await talk.post('/api/apps', app, { cookie });
    assert.equal(made.status, 200, made.text);
    const { id, clientId } = made.body['app'] as { id: string; clientId: string };
    assert.equal(made.body['clientSecret'], null);
    assert.equal((await portal.domain.stores.apps.findByClientId(clientId))?.publicId, id);
    const read = await talk.get(`/api/apps/${id}`, { cookie });
    assert.deepEqual(read.body['app'], made.body['app']);
    const list = await talk.get('/api/apps?limit=1', { cookie });
    assert.deepEqual(list.body['items'], [made.body['app']]);
    assert.equal(read.headers['cache-control'], 'no-store');
    assert.match(String(read.headers['x-request-id']), /./);
  });

  it('goes on with a list where the page before ended', async () => {
    for (const name of ['One', 'Two', 'Three']) await talk.post('/api/apps', { ...app, name }, { cookie });
    const seen: unknown[] = [];
    let after = '';
    do {
      const { body } = await talk.get(`/api/apps?limit=2&after=${after}`, { cookie });
      seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
      after = (body['next'] as string | null) ?? '';
    } while (after !== '');
    const vendor = await portal.domain.stores.vendors.ofUser(vera.user.id);
    const all = await portal.domain.stores.apps.listOf(vendor?.id ?? 0);
    assert.deepEqual(
      seen,
      all.map(({ publicId }) => publicId),
    );
    assert.equal(code(await talk.get('/api/apps?after=app_never', { cookie })), 'invalid_input');
  });

  it('asks for a credential, and says which', async () => {
    const answer = await talk.get('/api/apps');
    assert.equal(answer.status, 401);
    assert.equal(code(answer), 'not_signed_in');
    assert.equal(answer.headers['www-authenticate'], 'Bearer realm="management"');
    assert.match(String(answer.body['docs']), /\/docs\/api#error-not_signed_in$/);
  });

  it('takes no app token, API key, session bearer or cookie as a bearer, not even beside a good cookie [security 22]', async () => {
    const ari = await portal.makePerson();
    const { app: connected, secret } = await portal.makeApp();
    const tokens = await portal.post('/oauth/token', {
      grant_type: 'authorization_code',
      code: await portal.makeCode(connected, ari),
      redirect_uri: connected.redirectUris[0] ?? '',
      client_id: connected.clientId,
      client_secret: secret ?? '',
    });
    const bearer = await openSession(portal.domain, 'bearer', vera);
    const others = {
      access: String(tokens.body['access_token']),
      refresh: String(tokens.body['refresh_token']),
      signed: (await portal.makeKey(vera, 'signed')).text,
      opaque: (await portal.makeKey(vera, 'opaque')).text,
      bearer: bearer.secret,
      cookie: cookie.split('=')[1] ?? '',
      clientSecret: secret ?? '',
    };
    for (const [kind, text] of Object.entries(others)) {
      assert.ok(text.length > 20, kind);
      const answer = await talk.get('/api/me', { authorization: `Bearer ${text}`, cookie });
      assert.deepEqual([answer.status, code(answer)], [401, 'invalid_credential'], kind);
      const asCookie = await talk.get('/api/me', { cookie: `latchkey-session=${text}` });
      assert.equal(asCookie.status, kind === 'cookie' ? 200 : 401, kind);
    }
    const basic = await talk.get('/api/me', { authorization: 'Basic eDp5', cookie });
    assert.equal(code(basic), 'invalid_credential');
  });

  it('does nothing for a page of another site, nor for what a form can send [security 13]', async () => {
    const before = await talk.get('/api/apps', { cookie });
    const body = JSON.stringify(app);
    const json = { 'content-type': 'application/json' };
    const tries: readonly [Record<string, string>, number, string][] = [
      [{ ...json, 'sec-fetch-site': 'cross-site' }, 403, 'foreign_request'],
      [{ ...json, origin: 'https://evil.example' }, 403, 'foreign_request'],
      [{ 'content-type': 'text/plain', origin: 'null' }, 415, 'unsupported_media_type'],
      [{ 'content-type': 'text/plain;application/json' }, 415, 'unsupported_media_type'],
      [{ 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
      [{ 'content-type': 'application/json; charset=utf-16' }, 415, 'unsupported_media_type'],
      [{}, 415, 'unsupported_media_type'],
    ];
    for (const [headers, status, wanted] of tries) {
      const answer = await talk.send('POST', '/api/apps', body, { cookie, ...headers });
      assert.deepEqual([answer.status, code(answer)], [status, wanted], JSON.stringify(headers));
      const out = await talk.send('POST', '/api/sign-out', '', { cookie, ...headers });
      assert.equal(out.status, status);
    }
    const preflight = await talk.send('OPTIONS', '/api/apps', '', { origin: 'https://evil.example' });
    assert.equal(preflight.status, 405);
    assert.equal(preflight.headers['access-control-allow-origin'], undefined);
    assert.deepEqual((await talk.get('/api/apps', { cookie })).body, before.body);
  });

  it('says what is wrong with a request: form, fields, size, method, address', async () => {
    const send = (body: string) =>
      talk.send('POST', '/api/apps', body, { cookie, 'content-type': 'application/json' });
    for (const bad of ['{', '[]', '"x"', 'null', '{"a":}', '\u{feff}{']) {
      const answer = await send(bad);
      assert.deepEqual([answer.status, code(answer)], [400, 'invalid_json'], bad);
    }
    const fields = await send(
      JSON.stringify({ ...app, name: '', owner: 7, redirectUris: ['http://x.example'] }),
    );
    assert.equal(fields.status, 400);
    assert.deepEqual(
      (fields.body['details'] as { fields: { field: string; code: string; index?: number }[] }).fields.map(
        ({ field, code, index }) => [field, code, index],
      ),
      [
        ['name', 'name_missing', undefined],
        ['redirectUris', 'redirect_uri_not_https', 0],
        ['owner', 'unknown_field', undefined],
      ],
    );
    const large = await send(JSON.stringify({ ...app, description: 'x'.repeat(1_600_000) }));
    assert.deepEqual([large.status, code(large)], [413, 'payload_too_large']);
    const method = await talk.send('DELETE', '/api/apps', '', { cookie });
    assert.deepEqual([method.status, method.headers['allow']], [405, 'GET, HEAD, POST']);
    for (const path of ['/api/', '/api/nothing', '/api/apps/x/y/z', '/api/%ff', '/api/apps/%ff%00']) {
      const answer = await talk.get(path, { cookie });
      assert.deepEqual([answer.status, code(answer)], [404, 'not_found'], path);
    }
    assert.equal(code(await talk.get('/api/apps?limit=1&limit=2', { cookie })), 'invalid_request');
    assert.equal(code(await talk.get('/api/apps?limit=1e2', { cookie })), 'invalid_input');
    assert.equal(code(await talk.get('/api/apps?sort=name', { cookie })), 'invalid_input');
    const both = await talk.post('/api/keys/key_a/revoke', { key: 'key_b' }, { cookie });
    assert.equal(code(both), 'invalid_request');
    const inQuery = await talk.post('/api/keys/key_a/revoke?key=key_b', {}, { cookie });
    assert.equal(code(inQuery), 'invalid_request');
  });

  it('answers an unknown id like one that is not theirs, to the letter [security 49]', async () => {
    const { key } = await portal.makeKey(await portal.makePerson(), 'signed');
    const theirs = await talk.post(`/api/keys/${key.publicId}/revoke`, {}, { cookie });
    const unknown = await talk.post('/api/keys/key_never/revoke', {}, { cookie });
    assert.equal(theirs.status, 404);
    assert.deepEqual(theirs.body, unknown.body);
    assert.equal((await portal.domain.stores.keys.find(key.id))?.revokedAtMs, undefined);
  });

  it('wants a fresh authentication for what is dangerous', async () => {
    const ari = await portal.makePerson();
    const stale = await talk.cookieOf(ari);
    const { key } = await portal.makeKey(ari, 'signed');
    portal.pass(portal.domain.settings.stepUpSeconds * 1000);
    const answer = await talk.post(`/api/keys/${key.publicId}/reveal`, {}, { cookie: stale });
    assert.deepEqual([answer.status, code(answer)], [403, 'step_up_needed']);
    const again = await talk.post('/api/step-up', { password: ari.password }, { cookie: stale });
    assert.equal(again.status, 204);
    const shown = await talk.post(`/api/keys/${key.publicId}/reveal`, {}, { cookie: stale });
    assert.equal(shown.body['secret'], portal.domain.secrets.keyJws.derive(key));
    cookie = await talk.cookieOf(vera);
  });

  it('signs in with the cookie of the pages, and out', async () => {
    const ari = await portal.makePerson();
    const pair = { email: ari.user.email, password: ari.password };
    const opened = await talk.post('/api/sign-in', pair);
    const [set = ''] = opened.setCookies;
    assert.match(set, /^latchkey-session=lk_session_[\w-]+; .*HttpOnly; SameSite=Lax/);
    assert.doesNotMatch(opened.text, /lk_session/);
    const own = { cookie: set.split(';')[0] ?? '' };
    assert.equal((await talk.get('/api/me', own)).body['email'], ari.user.email);
    const out = await talk.post('/api/sign-out', {}, own);
    assert.equal(out.status, 204);
    assert.match(out.setCookies[0] ?? '', /Max-Age=0/);
    assert.equal((await talk.get('/api/me', own)).status, 401);
    const wrong = await talk.post('/api/sign-in', { ...pair, password: 'wrong' });
    assert.deepEqual([wrong.status, code(wrong), wrong.setCookies], [403, 'wrong_pair', []]);
  });

  it('reads one Authorization header only', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const { port } = new URL(portal.url);
      const headers = [
        'host',
        'x',
        'cookie',
        cookie,
        'authorization',
        'Bearer a',
        'authorization',
        'Bearer b',
      ];
      const sent = request({ port, host: '127.0.0.1', path: '/api/me', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end();
    });
    assert.equal(status, 401);
  });
});
