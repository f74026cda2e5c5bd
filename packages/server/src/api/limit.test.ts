// The limit of the management API over HTTP: by key, by person, by address, each on its own.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startPortal, type TestPortal } from '../portal/routes/testing/portal.ts';
import { databases } from '../storage/testing/databases.ts';
import type { Person } from '../testing/service.ts';
import { createTalk, type Talk, type Told } from './testing/talk.ts';

const MINUTE_MS = 60_000;
const LIMIT = 3;

describe('the limit of the management API', () => {
  let portal: TestPortal;
  let talk: Talk;
  let vera: Person;
  before(async () => {
    portal = await startPortal(databases, undefined, {
      limits: { management_requests_per_minute: LIMIT },
    });
    talk = createTalk(portal);
    vera = await portal.makePerson();
    await portal.makeVendor(vera);
  });
  beforeEach(() => portal.pass(MINUTE_MS));
  after(() => portal.close());

  const newKey = async (): Promise<Record<string, string>> => {
    const made = await talk.post(
      '/api/management-keys',
      { name: 'CI', operations: ['apps.list'] },
      { cookie: await talk.cookieOf(vera) },
    );
    assert.equal(made.status, 200, made.text);
    return { authorization: `Bearer ${String(made.body['secret'])}` };
  };
  const spend = async (headers: Record<string, string>, expected: number): Promise<Told> => {
    for (let count = 0; count < LIMIT; count += 1)
      assert.equal((await talk.get('/api/apps', headers)).status, expected);
    return talk.get('/api/apps', headers);
  };

  it('answers 429 with when to come back, does nothing, and lets on in the next minute', async () => {
    const cookie = await talk.cookieOf(vera);
    const refused = await spend({ cookie }, 200);
    assert.equal(refused.status, 429);
    assert.equal(refused.body['code'], 'rate_limited');
    assert.match(String(refused.body['message']), /Wait for as many seconds as the Retry-After header says/);
    const seconds = Number(refused.headers['retry-after']);
    assert.ok(seconds >= 1 && seconds <= 60, `${seconds}`);
    assert.deepEqual(refused.body['details'], { seconds });
    const name = 'Refused';
    const app = { name, kind: 'public', redirectUris: ['https://app.example/cb'] };
    assert.equal((await talk.post('/api/apps', app, { cookie })).status, 429);
    portal.pass(seconds * 1000);
    const list = await talk.get('/api/apps', { cookie });
    assert.equal(list.status, 200);
    assert.ok(!list.text.includes(name));
  });

  it('counts every key by itself, and a person’s sessions together', async () => {
    const [first, second] = [await newKey(), await newKey()];
    assert.equal((await spend(first, 200)).status, 429);
    assert.equal((await spend(second, 200)).status, 429);
    portal.pass(MINUTE_MS);
    assert.equal((await spend({ cookie: await talk.cookieOf(vera) }, 200)).status, 429);
    assert.equal((await talk.get('/api/apps', { cookie: await talk.cookieOf(vera) })).status, 429);
    const other = await portal.makePerson();
    assert.equal((await talk.get('/api/apps', { cookie: await talk.cookieOf(other) })).status, 404);
  });

  it('holds who guesses keys by their address block, and nobody there who has one that works [security 58]', async () => {
    const wrong = { authorization: `Bearer lk_mk_${'A'.repeat(48)}`, 'x-test-address': '203.0.113.7' };
    const refused = await spend(wrong, 401);
    assert.equal(refused.status, 429);
    const neighbour = await talk.get('/api/apps', { ...wrong, 'x-test-address': '203.0.113.200' });
    assert.equal(neighbour.status, 429);
    assert.equal((await talk.get('/api/apps', { 'x-test-address': '203.0.113.9' })).status, 429);
    assert.equal((await talk.get('/api/apps', { 'x-test-address': '198.51.100.7' })).status, 401);
    const good = { ...(await newKey()), 'x-test-address': '203.0.113.7' };
    assert.equal((await talk.get('/api/apps', good)).status, 200);
  });
});
