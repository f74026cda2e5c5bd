import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Running } from '../listen.ts';
import type { Json } from '../lossless-json.ts';
import { startCrm } from './server.ts';
import { caller, textOf } from './testing.ts';

const big = 'x'.repeat(501);
const queries: readonly [string, string][] = [
  ['limit=0', 'LIMIT_NOT_VALID'],
  ['limit=101', 'LIMIT_NOT_VALID'],
  ['limit=-1', 'LIMIT_NOT_VALID'],
  ['limit=ten', 'LIMIT_NOT_VALID'],
  ['limit=', 'LIMIT_NOT_VALID'],
  ['limit=1e1', 'LIMIT_NOT_VALID'],
  ['limit=1&limit=2', 'INVALID_PARAMETER'],
  ['offset=-1', 'INVALID_PARAMETER'],
  ['offset=99999999999', 'INVALID_PARAMETER'],
  ['scrollId=nonsense', 'INVALID_PARAMETER'],
  [`scrollId=${Buffer.from('["Score",true,"x","1"]').toString('base64url')}`, 'INVALID_PARAMETER'],
  [`scrollId=${Buffer.from('["__proto__",true,1,"1"]').toString('base64url')}`, 'INVALID_PARAMETER'],
  [`scrollId=${Buffer.from('["Score",true,1,"1"]').toString('base64url')}&offset=2`, 'INVALID_PARAMETER'],
  [`scrollId=${Buffer.from('["Score",true,1,"1"]').toString('base64url')}&desc=false`, 'INVALID_PARAMETER'],
  ['sort=constructor', 'INVALID_PARAMETER'],
  ['desc=yes', 'INVALID_PARAMETER'],
  ['assignedUserId=me', 'INVALID_PARAMETER'],
  ['assignedUserId=9223372036854775808', 'INVALID_PARAMETER'],
  ['contacted=1', 'INVALID_PARAMETER'],
  ['anyTags=a,,b', 'INVALID_PARAMETER'],
  ['allTags=', 'INVALID_PARAMETER'],
  ['key=%00', 'INVALID_PARAMETER'],
  ['key=%ff%fe', 'INVALID_PARAMETER'],
  [`key=${big}`, 'PARAMETER_TOO_LONG'],
];

const bodies: readonly [Json, string][] = [
  [{}, 'MISSING_PARAMETER'],
  [{ firstName: '' }, 'MISSING_PARAMETER'],
  [[], 'INVALID_PARAMETER'],
  [null, 'INVALID_PARAMETER'],
  ['text', 'INVALID_PARAMETER'],
  [{ firstName: 7 }, 'INVALID_PARAMETER'],
  [{ firstName: null }, 'INVALID_PARAMETER'],
  [{ firstName: 'x'.repeat(31) }, 'PARAMETER_TOO_LONG'],
  [{ firstName: 'a\u0000b' }, 'INVALID_PARAMETER'],
  [{ firstName: '\ud800' }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', leadId: 1 }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', constructor: 1 }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', emails: 'a@b.c' }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', emails: ['nope'] }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', emails: Array.from({ length: 11 }, () => 'a@b.c') }, 'PARAMETER_TOO_LONG'],
  [{ firstName: 'A', phones: ['call me'] }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', birthday: '2023-02-30' }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', stage: 'toString' }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', leadTypes: [3] }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', leadTypes: [9007199254740993n] }, 'INVALID_PARAMETER'],
  [{ firstName: 'A', cannotCall: 'no' }, 'INVALID_PARAMETER'],
];

const rawBodies: readonly [string, Uint8Array][] = [
  ['not JSON', Buffer.from('{"firstName":')],
  ['a form', Buffer.from('firstName=Ana')],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ['nesting deeper than the stack', Buffer.from('['.repeat(30_000) + ']'.repeat(30_000))],
  ['a field called __proto__', Buffer.from('{"__proto__":{"firstName":"A"}}')],
  ['a number without end', Buffer.from(`{"firstName":${'9'.repeat(60_000)}}`)],
];

describe('bad input to the demo CRM is refused with a documented code and never a 500', () => {
  let crm: Running;
  let call: ReturnType<typeof caller>;
  before(async () => {
    crm = await startCrm({ port: 0 });
    call = caller(crm.url);
  });
  after(() => crm.close());

  for (const [query, code] of queries) {
    test(`a list with ${query.slice(0, 60)} is 400 ${code}`, async () => {
      const { status, json } = await call('GET', `/v1.0/leads?${query}`);
      assert.deepEqual([status, json['code']], [400, code]);
      assert.ok(textOf(json['message']).length > 10);
    });
  }

  for (const [index, [body, code]] of bodies.entries()) {
    test(`lead body ${index} is 400 ${code}`, async () => {
      const { status, json } = await call('POST', '/v1.0/leads', body);
      assert.deepEqual([status, json['code']], [400, code]);
    });
  }

  for (const [name, bytes] of rawBodies) {
    test(`a body of ${name} is 400 INVALID_PARAMETER`, async () => {
      const { status, json } = await call('POST', '/v1.0/leads', bytes);
      assert.deepEqual([status, json['code']], [400, 'INVALID_PARAMETER']);
    });
  }

  test('a body over 64 KiB is 400 PARAMETER_TOO_LONG', async () => {
    const { status, json } = await call('POST', '/v1.0/leads', { firstName: 'x'.repeat(70_000) });
    assert.deepEqual([status, json['code']], [400, 'PARAMETER_TOO_LONG']);
  });

  test('a lead id that is no 64-bit integer is 400, one that is absent is 404', async () => {
    for (const id of ['abc', '-1', '1.5', '9223372036854775808', '%31', '0x1', '1'.repeat(400)]) {
      const { status, json } = await call('GET', `/v1.0/leads/${id}`);
      assert.deepEqual([id, status, json['code']], [id, 400, 'INVALID_PARAMETER']);
    }
    const { status, json } = await call('GET', '/v1.0/leads/9223372036854775807');
    assert.deepEqual([status, json['code']], [404, 'LEAD_NOT_EXIST']);
  });

  test('a delete needs a reason, once, and not too long', async () => {
    const created = await call('POST', '/v1.0/leads', { firstName: 'Kept' });
    const target = `/v1.0/leads/${textOf(created.json['leadId'])}`;
    const expect = async (query: string, body: Json | undefined, code: string): Promise<void> => {
      const { status, json } = await call('DELETE', `${target}${query}`, body);
      assert.deepEqual([status, json['code']], [400, code]);
    };
    await expect('', undefined, 'MISSING_PARAMETER');
    await expect('?reason=%20', undefined, 'MISSING_PARAMETER');
    await expect('?reason=a', { reason: 'b' }, 'INVALID_PARAMETER');
    await expect('', { reason: 7 }, 'INVALID_PARAMETER');
    await expect(`?reason=${'r'.repeat(201)}`, undefined, 'PARAMETER_TOO_LONG');
    assert.equal((await call('GET', target)).status, 200);
  });

  test('an assignment needs the id of somebody in the workspace', async () => {
    const created = await call('POST', '/v1.0/leads', { firstName: 'Open' });
    const target = `/v1.0/leads/${textOf(created.json['leadId'])}/assignment`;
    const expectations: [Json, string][] = [
      [{}, 'MISSING_PARAMETER'],
      [{ assignedUserId: 1.5 }, 'INVALID_PARAMETER'],
      [{ assignedUserId: true }, 'INVALID_PARAMETER'],
      [{ assignedUserId: 18446744073709551615n }, 'INVALID_PARAMETER'],
      [{ assignedUserId: -9007199254740993n }, 'INVALID_PARAMETER'],
      [{ assignedUserId: 9007199254740992n }, 'INVALID_PARAMETER'],
      [{ assignedUserId: [] }, 'INVALID_PARAMETER'],
    ];
    for (const [body, code] of expectations) {
      const { status, json } = await call('POST', target, body);
      assert.deepEqual([status, json['code']], [400, code]);
    }
  });

  test('a subscription needs a known list and an https address', async () => {
    const callbackUrl = 'https://hooks.example/x';
    const expectations: [Json, string][] = [
      [{ callbackUrl }, 'MISSING_PARAMETER'],
      [{ listId: 2 }, 'MISSING_PARAMETER'],
      [{ listId: 0, callbackUrl }, 'INVALID_PARAMETER'],
      [{ listId: 13, callbackUrl }, 'INVALID_PARAMETER'],
      [{ listId: '2', callbackUrl }, 'INVALID_PARAMETER'],
      [{ listId: 2, callbackUrl: 'http://hooks.example/x' }, 'INVALID_PARAMETER'],
      [{ listId: 2, callbackUrl: 'https://user:pass@hooks.example/' }, 'INVALID_PARAMETER'],
      [{ listId: 2, callbackUrl: 'javascript:alert(1)' }, 'INVALID_PARAMETER'],
      [{ listId: 2, callbackUrl: `https://hooks.example/${'x'.repeat(2000)}` }, 'PARAMETER_TOO_LONG'],
      [{ listId: 2, callbackUrl, limit: 0 }, 'LIMIT_NOT_VALID'],
      [{ listId: 2, callbackUrl, limit: 5001 }, 'LIMIT_PARAM_OVERSIZE'],
    ];
    for (const [body, code] of expectations) {
      const { status, json } = await call('POST', '/v1.0/webhook', body);
      assert.deepEqual([status, json['code']], [400, code], JSON.stringify(code));
    }
    assert.deepEqual((await call('GET', '/v1.0/webhooks')).json, { webhooks: [] });
  });

  test('unknown paths are 404 and wrong methods 405 with Allow', async () => {
    for (const path of [
      '/',
      '/v1.0',
      '/v1.0/leads/',
      '/v1.0/leads/1/x',
      '/v1.0/%6ce',
      '/public/v1/x',
      '/V1.0/me',
    ]) {
      assert.equal((await call('GET', path)).status, 404);
    }
    const answer = await fetch(`${crm.url}/v1.0/org`, {
      method: 'DELETE',
      headers: { 'x-latchkey-user': '1', 'x-latchkey-workspace': '1' },
    });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), 'GET');
  });
});
