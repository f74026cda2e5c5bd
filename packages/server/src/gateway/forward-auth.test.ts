import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIGNED_KEY, withRig as withAnyRig, type Rig } from './testing/rig.ts';

const withRig = (run: (rig: Rig) => Promise<void>): Promise<void> => withAnyRig({ forwardAuth: true }, run);

const READER = { authorization: 'Bearer lk_at_reader' };
const nginx = (method: string, uri: string): Record<string, string> => ({
  'x-original-method': method,
  'x-original-uri': uri,
});
const forwarded = (method: string, uri: string): Record<string, string> => ({
  'x-forwarded-method': method,
  'x-forwarded-uri': uri,
});
const PATH = '/forward-auth';

for (const [name, pair] of [
  ['nginx', nginx],
  ['Caddy and Traefik', forwarded],
] as const)
  test(`a permitted request is 200 for ${name}, with the identity and rate headers to copy`, () =>
    withRig(async ({ send, seen, decisions }) => {
      const reply = await send({ path: PATH, headers: { ...READER, ...pair('PUT', '/v1.0/leads/5?a=b') } });
      assert.equal(reply.status, 200);
      assert.equal(reply.headers['x-latchkey-user'], '9007199254740993');
      assert.equal(reply.headers['x-latchkey-app'], 'client-7');
      assert.equal(reply.headers['x-latchkey-key'], '');
      assert.equal(reply.headers['x-ratelimit-remaining'], '99');
      assert.deepEqual(
        [decisions[0]?.method, decisions[0]?.path, decisions[0]?.permissionId],
        ['PUT', '/v1.0/leads/5', 'changeLead'],
      );
      assert.equal(seen.length, 0);
    }));

test('an API key is checked the same way', () =>
  withRig(async ({ send }) => {
    const headers = { authorization: `token ${SIGNED_KEY}`, ...nginx('GET', '/v1.0/leads') };
    const reply = await send({ path: PATH, headers });
    assert.deepEqual([reply.status, reply.headers['x-latchkey-key']], [200, 'key-1']);
  }));

const REFUSALS: [method: string, uri: string, headers: Record<string, string>, status: number][] = [
  ['GET', '/v1.0/leads', {}, 401],
  ['DELETE', '/v1.0/leads/5', READER, 403],
  ['GET', '/v1.0/none', READER, 404],
  ['PATCH', '/v1.0/leads', READER, 405],
  ['GET', '/v1.0/%2e%2e/leads', READER, 400],
  ['GET', '/v1.0/leads?access_token=x', READER, 400],
  ['GET', 'http://x/v1.0/leads', READER, 400],
  ['GET', '/v1.0/leads, /v1.0/leads/5', READER, 400],
];

for (const [method, uri, headers, status] of REFUSALS)
  test(`${method} ${uri} is ${status}; nginx, which knows only 401 and 403, gets the rest in X-Latchkey-Status`, () =>
    withRig(async ({ send }) => {
      const other = await send({ path: PATH, headers: { ...headers, ...forwarded(method, uri) } });
      assert.equal(other.status, status);
      const reply = await send({ path: PATH, headers: { ...headers, ...nginx(method, uri) } });
      assert.equal(reply.status, status === 401 ? 401 : 403);
      assert.equal(reply.headers['x-latchkey-status'], String(status));
      assert.equal(reply.headers['x-latchkey-body'], reply.body);
      assert.equal(reply.body, other.body);
      assert.equal(reply.headers['cache-control'], 'private, no-store');
    }));

test('over the limit nginx gets 403, the documented body and when to come back', () =>
  withRig(async ({ send }) => {
    const headers = { authorization: 'Bearer lk_at_own', ...nginx('GET', '/v1.0/leads') };
    for (let count = 0; count < 3; count++) assert.equal((await send({ path: PATH, headers })).status, 200);
    const reply = await send({ path: PATH, headers });
    assert.deepEqual(
      [reply.status, reply.headers['x-latchkey-status'], reply.body, reply.headers['retry-after']],
      [403, '429', '{"message":"Too Many Requests"}', '60'],
    );
  }));

test('a caller cannot name another request than the proxy did: pairs that differ or are incomplete are refused', () =>
  withRig(async ({ send }) => {
    const odd = [
      { ...forwarded('DELETE', '/v1.0/leads/5'), ...nginx('GET', '/v1.0/leads') },
      { ...forwarded('GET', '/v1.0/leads'), 'x-original-uri': '/v1.0/leads/5' },
      { ...forwarded('GET', '/v1.0/leads'), 'x-original-method': 'DELETE' },
      { 'x-forwarded-method': 'GET', 'x-original-uri': '/v1.0/leads' },
      { 'x-original-uri': '/v1.0/leads' },
      { 'x-forwarded-uri': '/v1.0/leads' },
      { ...forwarded('GET, DELETE', '/v1.0/leads') },
      {},
    ];
    for (const headers of odd) {
      const { status } = await send({ path: PATH, headers: { ...READER, ...headers } });
      assert.equal(status, 'x-original-uri' in headers ? 403 : 400, JSON.stringify(headers));
    }
    const agreeing = { ...forwarded('GET', '/v1.0/leads'), ...nginx('GET', '/v1.0/leads') };
    assert.equal((await send({ path: PATH, headers: { ...READER, ...agreeing } })).status, 200);
  }));
