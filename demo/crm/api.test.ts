import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Running } from '../listen.ts';
import type { JsonObject } from '../lossless-json.ts';
import { startCrm } from './server.ts';
import { ari, caller, harbor, leadsOf, northside, olive, scrollIdOf, textOf, totalOf } from './testing.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);

describe('the demo CRM', () => {
  let crm: Running;
  let asAri: ReturnType<typeof caller>;
  before(async () => {
    crm = await startCrm({ port: 0, now: () => nowMs });
    asAri = caller(crm.url);
  });
  after(() => crm.close());

  const firstLead = async (): Promise<bigint> => {
    const [lead] = leadsOf(await asAri('GET', '/v1.0/leads?limit=100&sort=CreateTime'));
    return lead?.['leadId'] as bigint;
  };

  test('answers 401 and names the gateway when called without an identity', async () => {
    for (const as of [
      { user: '', workspace: '' },
      { user: ari, workspace: '' },
      { user: '', workspace: northside },
      { user: 'a b', workspace: northside },
    ]) {
      const reply = await caller(crm.url, as)('GET', '/v1.0/me');
      assert.equal(reply.status, 401);
      assert.equal(reply.json['code'], 'BAD_CREDENTIALS');
      assert.match(textOf(reply.json['message']), /reached through the gateway/);
    }
  });

  test('gives the profile of the user that the gateway names, by GET and by POST with an empty body', async () => {
    for (const method of ['GET', 'POST']) {
      const { status, text, json } = await asAri(method, '/v1.0/me');
      assert.equal(status, 200);
      assert.match(text, /"id":9007199254740993,/);
      assert.equal(json['email'], 'ari@demo.test');
      assert.equal(json['roleName'], 'Company Owner');
    }
  });

  test('writes ids above 2^53 as JSON numbers without losing a digit, and finds the lead by them', async () => {
    const leadId = await firstLead();
    assert.equal(typeof leadId, 'bigint');
    assert.notEqual(BigInt(Number(leadId)), leadId, 'this id must be one that a double cannot hold');
    const { status, text } = await asAri('GET', `/v1.0/leads/${leadId}`);
    assert.equal(status, 200);
    assert.ok(text.startsWith(`{"leadId":${leadId},`));
    const neighbour = await asAri('GET', `/v1.0/leads/${leadId + 1n}`);
    assert.equal(neighbour.status, 404);
    assert.equal(neighbour.json['code'], 'LEAD_NOT_EXIST');
  });

  test('reads an id above 2^53 from a body as number and as text', async () => {
    const leadId = await firstLead();
    for (const assignedUserId of [BigInt(ari), ari]) {
      const { status, text } = await asAri('POST', `/v1.0/leads/${leadId}/assignment`, { assignedUserId });
      assert.equal(status, 200);
      assert.match(text, /"assignedUserId":9007199254740993,"assignedUser":"Ari Mendes"/);
    }
    const mine = await asAri('GET', `/v1.0/leads?assignedUserId=${ari}`);
    assert.ok(leadsOf(mine).some((lead) => lead['leadId'] === leadId));
    const nobody = await asAri('GET', '/v1.0/leads?assignedUserId=9007199254740992');
    assert.equal(totalOf(nobody), 0);
  });

  test('pages by offset and by scrollId over every lead exactly once', async () => {
    const total = totalOf(await asAri('GET', '/v1.0/leads'));
    assert.ok(total >= 40);
    for (const sort of ['', '&sort=Score&desc=true', '&sort=LastName', '&sort=FirstName&desc=true']) {
      const seen = new Set<unknown>();
      let more = `limit=7${sort}`;
      for (let page = 0; page < 20 && more !== ''; page += 1) {
        const reply = await asAri('GET', `/v1.0/leads?${more}`);
        for (const lead of leadsOf(reply)) {
          assert.ok(!seen.has(lead['leadId']));
          seen.add(lead['leadId']);
        }
        const scrollId = scrollIdOf(reply);
        more = scrollId === null ? '' : `limit=7&scrollId=${scrollId}`;
      }
      assert.equal(seen.size, total);
    }
    const whole = leadsOf(await asAri('GET', '/v1.0/leads?limit=100&sort=CreateTime'));
    const part = leadsOf(await asAri('GET', '/v1.0/leads?limit=5&offset=10&sort=CreateTime'));
    assert.deepEqual(part, whole.slice(10, 15));
  });

  test('shows the newest activity first unless told otherwise', async () => {
    const times = leadsOf(await asAri('GET', '/v1.0/leads?limit=100')).map((lead) =>
      textOf(lead['lastActivityTime']),
    );
    assert.deepEqual(times, [...times].sort().reverse());
    const scores = leadsOf(await asAri('GET', '/v1.0/leads?limit=100&sort=Score')).map((lead) =>
      Number(lead['score']),
    );
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => a - b),
    );
  });

  test('filters by each documented parameter', async () => {
    const all = leadsOf(await asAri('GET', '/v1.0/leads?limit=100'));
    const tagsOf = (lead: JsonObject): unknown[] =>
      (lead['tags'] as unknown as JsonObject[]).map((tag) => tag['tagName']);
    const sample = all.find(
      (lead) => (lead['emails'] as unknown[]).length > 0 && (lead['phones'] as unknown[]).length > 0,
    );
    assert.ok(sample !== undefined);
    const email = String((sample['emails'] as unknown[])[0]);
    const phone = String((sample['phones'] as unknown[])[0]);
    const expectations: [string, (lead: JsonObject) => boolean][] = [
      ['stage=new%20lead', (lead) => lead['stage'] === 'New Lead'],
      ['source=Referral', (lead) => lead['source'] === 'Referral'],
      ['contacted=true', (lead) => lead['stage'] !== 'New Lead'],
      ['contacted=false', (lead) => lead['stage'] === 'New Lead'],
      [`email=${encodeURIComponent(email)}`, (lead) => (lead['emails'] as unknown[]).includes(email)],
      [`phone=${encodeURIComponent(phone)}`, (lead) => (lead['phones'] as unknown[]).includes(phone)],
      [
        'anyTags=Investor,Relocating',
        (lead) => tagsOf(lead).some((tag) => tag === 'Investor' || tag === 'Relocating'),
      ],
      [
        'allTags=Investor,Waterfront',
        (lead) => tagsOf(lead).includes('Investor') && tagsOf(lead).includes('Waterfront'),
      ],
      [
        `key=${encodeURIComponent(textOf(sample['firstName']))}`,
        (lead) => lead['firstName'] === sample['firstName'],
      ],
    ];
    for (const [query, belongs] of expectations) {
      const reply = await asAri('GET', `/v1.0/leads?limit=100&${query}`);
      const wanted = all.filter(belongs).map((lead) => lead['leadId']);
      assert.ok(
        wanted.length > 0 || query.startsWith('allTags'),
        `${query} must match something to prove anything`,
      );
      assert.deepEqual(
        leadsOf(reply).map((lead) => lead['leadId']),
        wanted,
        query,
      );
    }
  });

  test('creates, changes and deletes a lead; a deleted one is gone from every answer', async () => {
    const created = await asAri('POST', '/v1.0/leads', { firstName: 'Ana', emails: ['ana@example.com'] });
    assert.equal(created.status, 200);
    assert.match(created.text, /^\{"leadId":\d{19}\}$/);
    const leadId = created.json['leadId'] as bigint;
    const changed = await asAri('PUT', `/v1.0/leads/${leadId}`, { stage: 'Contacted', tags: ['Investor'] });
    assert.equal(changed.json['stage'], 'Contacted');
    assert.equal(changed.json['firstName'], 'Ana');
    const deleted = await asAri('DELETE', `/v1.0/leads/${leadId}?reason=Duplicate`);
    assert.equal(deleted.status, 200);
    for (const [method, body] of [
      ['GET'],
      ['PUT', { stage: 'Closed' }],
      ['DELETE', { reason: 'again' }],
    ] as const) {
      assert.equal((await asAri(method, `/v1.0/leads/${leadId}`, body)).status, 404);
    }
    assert.equal(totalOf(await asAri('GET', '/v1.0/leads?email=ana@example.com')), 0);
  });

  test('keeps workspaces apart: the lead of one does not exist in another', async () => {
    const leadId = await firstLead();
    const elsewhere = caller(crm.url, { workspace: harbor });
    for (const [method, body] of [
      ['GET'],
      ['PUT', { firstName: 'Mine now' }],
      ['DELETE', { reason: 'theirs' }],
    ] as const) {
      assert.equal((await elsewhere(method, `/v1.0/leads/${leadId}`, body)).status, 404);
    }
    assert.equal((await asAri('GET', `/v1.0/leads/${leadId}`)).status, 200);
  });

  test('shows a member only their own and unassigned leads, and refuses to assign to others', async () => {
    const asMember = caller(crm.url, { workspace: harbor });
    const asOwner = caller(crm.url, { workspace: harbor, user: olive });
    const mine = leadsOf(await asMember('GET', '/v1.0/leads?limit=100'));
    const all = leadsOf(await asOwner('GET', '/v1.0/leads?limit=100'));
    assert.ok(mine.length > 0 && mine.length < all.length);
    const visible = all.filter(
      (lead) => lead['assignedUserId'] === null || lead['assignedUserId'] === BigInt(ari),
    );
    assert.deepEqual(mine, visible);
    const hidden = all.find((lead) => !visible.includes(lead));
    assert.equal((await asMember('GET', `/v1.0/leads/${textOf(hidden?.['leadId'])}`)).status, 404);
    const refused = await asMember('POST', `/v1.0/leads/${textOf(mine[0]?.['leadId'])}/assignment`, {
      assignedUserId: BigInt(olive),
    });
    assert.equal(refused.status, 403);
    assert.equal(refused.json['code'], 'PERMISSION_DENIED');
  });

  test('has empty lists and no error for a workspace and a person it does not know', async () => {
    const stranger = caller(crm.url, { user: 'u_9xK', workspace: '424242' });
    assert.equal(totalOf(await stranger('GET', '/v1.0/leads')), 0);
    assert.equal(totalOf(await stranger('GET', '/v1.0/members')), 0);
    assert.equal((await stranger('GET', '/v1.0/me')).status, 200);
    assert.deepEqual((await stranger('GET', '/public/v1/platforms')).json, { platforms: [] });
    await stranger('POST', '/v1.0/leads', { firstName: 'First' });
    assert.equal(totalOf(await stranger('GET', '/v1.0/leads')), 1);
  });

  test('gives the same data at every start', async () => {
    const second = await startCrm({ port: 0, now: () => nowMs });
    try {
      const target = '/v1.0/leads?limit=100&sort=CreateTime';
      const as = { workspace: harbor, user: olive };
      assert.equal(
        (await caller(second.url, as)('GET', target)).text,
        (await caller(crm.url, as)('GET', target)).text,
      );
    } finally {
      await second.close();
    }
  });

  test('keeps the subscriptions of one app from another', async () => {
    const other = caller(crm.url, { app: 'app-2' });
    const created = await asAri('POST', '/v1.0/webhook', {
      listId: 2,
      callbackUrl: 'https://hooks.example/leads',
    });
    assert.equal(created.status, 200);
    assert.equal(created.json['limit'], 100);
    assert.equal(created.json['vendorId'], 'app-1');
    const target = `/v1.0/webhook/${textOf(created.json['subscribeId'])}`;
    assert.deepEqual((await other('GET', '/v1.0/webhooks')).json, { webhooks: [] });
    assert.equal((await other('DELETE', target)).status, 404);
    assert.deepEqual((await asAri('GET', '/v1.0/webhooks')).json, { webhooks: [created.json] });
    assert.equal((await asAri('DELETE', target)).status, 200);
    assert.deepEqual((await asAri('GET', '/v1.0/webhooks')).json, { webhooks: [] });
  });

  test("answers Loomta's paths in Loomta's shape, for a workspace key without a person", async () => {
    const byKey = caller(crm.url, { user: '', workspace: harbor });
    const { json } = await byKey('GET', '/public/v1/platforms');
    const platforms = json['platforms'] as unknown as JsonObject[];
    assert.deepEqual(
      platforms.map((platform) => platform['provider']),
      ['tiktok', 'instagram', 'threads'],
    );
    const schemaOf = (id: unknown) => byKey('GET', `/public/v1/platforms/${String(id)}/schema`);
    assert.equal((await schemaOf(platforms[0]?.['id'])).status, 200);
    // It needs refresh, and so counts as missing.
    assert.deepEqual((await schemaOf(platforms[2]?.['id'])).json['code'], 'platform_not_found');
    const bad = await schemaOf('tiktok');
    assert.equal(bad.status, 400);
    assert.deepEqual(bad.json['details'], [{ path: ['id'], message: 'Must be a UUID.' }]);
    const nobody = await caller(crm.url, { user: '', workspace: '' })('GET', '/public/v1/platforms');
    assert.equal(nobody.status, 401);
    assert.equal(nobody.json['code'], 'missing_api_key');
  });
});
