import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REFUSAL_REASONS, refusalAnswer } from './refusals.ts';
import { createWindows } from '../limits/windows.ts';
import { createGateway } from './gateway.ts';
import {
  catalogueOf,
  DOCUMENT,
  fakeAccess,
  OPAQUE_KEY,
  SIGNED_KEY,
  valuesOf,
  withRig,
  type Reply,
} from './testing/rig.ts';

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const READER = bearer('lk_at_reader');

const PRIVATE = {
  'cache-control': 'private, no-store',
  vary: 'Authorization',
  'access-control-allow-origin': '*',
};
const hasHeaders = (reply: Reply, expected: Record<string, string>): void => {
  for (const [name, value] of Object.entries(expected)) assert.equal(reply.headers[name], value, name);
};
const isCounted = (reply: Reply): boolean => reply.headers['x-ratelimit-limit'] !== undefined;

test('a permitted call reaches the upstream on the same target, with our word on who calls', () =>
  withRig({}, async ({ send, seen, decisions }) => {
    const reply = await send({
      path: '/v1.0/leads/9007199254740993?x=%2e&y=ä'.replace('ä', '%C3%A4'),
      headers: READER,
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.body, '{"id":9007199254740993}');
    assert.equal(seen[0]?.url, '/v1.0/leads/9007199254740993?x=%2e&y=%C3%A4');
    const expected: Record<string, string[]> = {
      'x-latchkey-user': ['9007199254740993'],
      'x-latchkey-workspace': ['9223372036854775807'],
      'x-latchkey-app': ['client-7'],
      'x-latchkey-permissions': ['listLeads getLead createLead changeLead'],
      'x-latchkey-key': [''],
      'x-forwarded-for': ['203.0.113.9'],
      'x-forwarded-proto': ['https'],
      'x-forwarded-host': ['api.example.test'],
      'x-request-id': ['request-1'],
      authorization: [],
    };
    for (const [name, values] of Object.entries(expected))
      assert.deepEqual(valuesOf(seen[0], name), values, name);
    assert.deepEqual(decisions, [
      {
        atMs: 1_763_800_020_000,
        requestId: 'request-1',
        method: 'GET',
        path: '/v1.0/leads/9007199254740993',
        userId: 3,
        workspaceId: 4,
        appId: 7,
        permissionId: 'getLead',
        status: 200,
        reason: 'ok',
        durationMs: 0,
      },
    ]);
  }));

const LOFTY_401: [name: string, headers: Record<string, string>, message: RegExp][] = [
  ['no credential', {}, /Authorization: Bearer <access token>/],
  ['an unknown token', bearer('lk_at_unknown'), /not valid, or it has ended/],
  ['an API key sent as Bearer', bearer(SIGNED_KEY), /This is an API key.*"Authorization: token/],
  [
    'an access token sent as a key',
    { authorization: 'token lk_at_reader' },
    /Send it as "Authorization: Bearer/,
  ],
  ['Basic', { authorization: 'Basic eDp5' }, /not accepted/],
  ['an unknown raw key', { authorization: 'some-old-key' }, /not valid/],
];

for (const [name, headers, message] of LOFTY_401)
  test(`on Lofty paths ${name} is a clear, uncounted 401 that nobody may cache [security 65]`, () =>
    withRig({}, async ({ send, seen }) => {
      const reply = await send({ path: '/v1.0/leads', headers });
      assert.equal(reply.status, 401);
      const body = JSON.parse(reply.body) as { code: string; message: string };
      assert.equal(body.code, 'BAD_CREDENTIALS');
      assert.match(body.message, message);
      assert.match(String(reply.headers['www-authenticate']), /^Bearer/);
      hasHeaders(reply, { ...PRIVATE, 'content-type': 'application/json' });
      assert.equal(isCounted(reply), false);
      assert.equal(seen.length, 0);
    }));

test('on Loomta paths the refusals are the documented ones', () =>
  withRig({}, async ({ send }) => {
    const path = '/public/v1/platforms';
    const none = await send({ path });
    assert.deepEqual(
      [none.status, none.body],
      [401, '{"code":"missing_api_key","message":"A Bearer API key is required."}'],
    );
    for (const token of ['loomta_sk_other', SIGNED_KEY, 'lk_at_reader']) {
      const reply = await send({ path, headers: bearer(token) });
      assert.deepEqual(
        [reply.status, reply.body],
        [401, '{"code":"invalid_api_key","message":"The API key is invalid."}'],
      );
      hasHeaders(reply, PRIVATE);
    }
    assert.equal((await send({ path, headers: bearer(OPAQUE_KEY) })).status, 200);
    const unknown = await send({ path: '/public/v1/none', headers: bearer(OPAQUE_KEY) });
    assert.deepEqual(
      [unknown.status, (JSON.parse(unknown.body) as { code: string }).code],
      [404, 'not_found'],
    );
  }));

test('API keys pass as `token`, and raw as document 003 sends them; the upstream never gets them', () =>
  withRig({}, async ({ send, seen }) => {
    for (const authorization of [`token ${SIGNED_KEY}`, SIGNED_KEY, `token ${OPAQUE_KEY}`]) {
      assert.equal((await send({ path: '/v1.0/leads', headers: { authorization } })).status, 200);
      const last = seen.at(-1);
      assert.deepEqual(valuesOf(last, 'authorization'), []);
      assert.deepEqual(valuesOf(last, 'x-latchkey-key'), ['key-1']);
      assert.deepEqual(valuesOf(last, 'x-latchkey-app'), ['']);
      assert.deepEqual(valuesOf(last, 'x-latchkey-permissions'), ['*']);
    }
  }));

test('an endpoint outside the granted set is 403 with the exact documented body, and counted [security 62]', () =>
  withRig({}, async ({ send, seen, decisions }) => {
    const reply = await send({ method: 'DELETE', path: '/v1.0/leads/1', headers: READER });
    assert.equal(reply.status, 403);
    assert.equal(
      reply.body,
      '{"code":200100,"message":"Sorry, the vendor does not have permission for this API."}',
    );
    hasHeaders(reply, {
      ...PRIVATE,
      'www-authenticate': 'Bearer error="insufficient_scope"',
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '99',
    });
    assert.equal(seen.length, 0);
    assert.deepEqual([decisions[0]?.reason, decisions[0]?.permissionId], ['not-permitted', 'deleteLead']);
  }));

test('a suspended app is 403 VENDOR_HAS_NO_PERMISSION; a database that cannot be read is 503, never trust', () =>
  withRig({}, async ({ send, seen }) => {
    const suspended = await send({ path: '/v1.0/leads', headers: bearer('lk_at_suspended') });
    assert.equal(suspended.status, 403);
    assert.match(suspended.body, /^\{"code":"VENDOR_HAS_NO_PERMISSION",/);
    const unread = await send({ path: '/v1.0/leads', headers: bearer('lk_at_unread') });
    assert.deepEqual([unread.status, unread.headers['retry-after']], [503, '1']);
    assert.equal(seen.length, 0);
  }));

test('unknown paths and methods are refused after authentication and never forwarded [security 62]', () =>
  withRig({}, async ({ send, seen }) => {
    assert.equal((await send({ path: '/v1.0/nothing' })).status, 401);
    const unknown = await send({ path: '/v1.0/nothing', headers: READER });
    assert.deepEqual([unknown.status, isCounted(unknown)], [404, true]);
    const method = await send({ method: 'PATCH', path: '/v1.0/leads', headers: READER });
    assert.deepEqual(
      [method.status, method.headers['allow'], isCounted(method)],
      [405, 'GET, HEAD, POST', true],
    );
    for (const path of ['/v1.0/Leads', '/v1.0/leads/', '/V1.0/leads', '/v1.0/lead%73'])
      assert.equal((await send({ path, headers: READER })).status, 404, path);
    assert.equal(seen.length, 0);
  }));

test('two credentials at once are 400, and a token in the query is never told to anyone [security 29]', () =>
  withRig({}, async ({ send, sendRaw, seen, decisions }) => {
    const query = await send({ path: '/v1.0/leads?access_token=lk_at_canary', headers: READER });
    assert.equal(query.status, 400);
    assert.doesNotMatch(query.body, /canary/);
    const doubled = await sendRaw(
      'GET /v1.0/leads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lk_at_reader\r\nauthorization: Bearer lk_at_reader\r\nConnection: close\r\n\r\n',
    );
    assert.match(doubled, /^HTTP\/1\.1 400 /);
    assert.equal(seen.length, 0);
    assert.doesNotMatch(JSON.stringify(decisions), /canary/);
  }));

test('development apps get 100 a minute, production apps 500, an app its own limit; then 429 exactly [security 63]', () =>
  withRig({}, async ({ send, clock, seen }) => {
    const first = await send({ path: '/v1.0/leads', headers: bearer('lk_at_live') });
    hasHeaders(first, {
      'x-ratelimit-limit': '500',
      'x-ratelimit-remaining': '499',
      'x-ratelimit-reset': '1763800080',
    });
    assert.equal((await send({ path: '/v1.0/leads', headers: READER })).headers['x-ratelimit-limit'], '100');
    for (let count = 0; count < 3; count++)
      assert.equal((await send({ path: '/v1.0/leads', headers: bearer('lk_at_own') })).status, 200);
    clock.nowMs += 10_500;
    const over = await send({ path: '/v1.0/leads', headers: bearer('lk_at_own') });
    assert.deepEqual([over.status, over.body], [429, '{"message":"Too Many Requests"}']);
    hasHeaders(over, {
      ...PRIVATE,
      'retry-after': '50',
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1763800080',
    });
    assert.equal((await send({ path: '/v1.0/leads', headers: READER })).status, 200);
    clock.nowMs += 49_500;
    assert.equal((await send({ path: '/v1.0/leads', headers: bearer('lk_at_own') })).status, 200);
    assert.equal(seen.length, 7);
  }));

test('a bare API key counts for its user and workspace, by setting', () =>
  withRig(
    { settings: { requestsPerMinute: { development: 100, production: 500, apiKey: 2 } } },
    async ({ send }) => {
      const statuses: number[] = [];
      for (const authorization of [`token ${SIGNED_KEY}`, `token ${OPAQUE_KEY}`, SIGNED_KEY])
        statuses.push((await send({ path: '/v1.0/leads', headers: { authorization } })).status);
      assert.deepEqual(statuses, [200, 200, 429]);
      const loomta = await send({ path: '/public/v1/platforms', headers: bearer(OPAQUE_KEY) });
      assert.deepEqual(
        [loomta.status, loomta.body],
        [429, '{"code":"too_many_requests","message":"Too Many Requests"}'],
      );
    },
  ));

test('preflights are answered here, for any origin, without a credential, uncounted', () =>
  withRig({}, async ({ send, seen }) => {
    const headers = { origin: 'https://spa.test', 'access-control-request-method': 'GET' };
    const reply = await send({ method: 'OPTIONS', path: '/v1.0/leads', headers });
    assert.equal(reply.status, 204);
    hasHeaders(reply, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'Authorization, Content-Type, *',
    });
    assert.equal(reply.headers['access-control-allow-credentials'], undefined);
    assert.equal(isCounted(reply), false);
    assert.equal((await send({ method: 'OPTIONS', path: '/v1.0/leads', headers: READER })).status, 405);
    assert.equal((await send({ method: 'OPTIONS', path: '/v1.0/../x', headers })).status, 400);
    assert.equal(seen.length, 0);
  }));

test('every use of a good credential is told with who used it, and a bad one is not', () =>
  withRig({}, async ({ send, uses }) => {
    const call = (authorization: string): Promise<Reply> =>
      send({ path: '/v1.0/leads', headers: { authorization } });
    await call('Bearer lk_at_reader');
    await call(`token ${SIGNED_KEY}`);
    await call('Bearer lk_at_unknown');
    assert.deepEqual(
      uses.map(({ connectionId, keyPublicId }) => connectionId ?? keyPublicId),
      [11, 'key-1'],
    );
  }));

test("every refusal in both dialects is private JSON with a message, and Lofty's 429 alone has no code", () => {
  for (const dialect of ['lofty', 'loomta'] as const)
    for (const reason of REFUSAL_REASONS) {
      const answer = refusalAnswer(dialect, reason);
      const body = JSON.parse(String(answer.body)) as { code?: string | number; message: string };
      assert.ok(answer.status >= 400 && answer.status < 600, reason);
      assert.ok(body.message.length > 10, reason);
      assert.equal(body.code === undefined, dialect === 'lofty' && reason === 'too-many-requests', reason);
      assert.equal(answer.headers['cache-control'], 'private, no-store', reason);
      assert.equal(answer.headers['vary'], 'Authorization', reason);
      assert.equal(answer.headers['www-authenticate'] !== undefined || answer.status !== 401, true, reason);
    }
});

test('an upstream with a path is refused at start: it would get another path than the one decided on', () => {
  const ports = {
    catalogue: catalogueOf(DOCUMENT),
    access: fakeAccess,
    windows: createWindows(),
    settings: { publicOrigin: 'https://api.example.test' },
    now: () => 0,
    hooks: { onDecision: () => undefined, used: () => undefined },
  };
  for (const upstream of ['http://127.0.0.1:1/api', 'ftp://127.0.0.1', 'http://user@127.0.0.1'])
    assert.throws(() => createGateway({ ...ports, upstream }), /must be an origin/);
});
