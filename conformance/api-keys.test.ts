// The newer help pages about API keys and connected apps: how a key is made, its statuses, its limit, what its owner sees.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { AGENT_WORKSPACE, ownApp, productionApp, vendor } from './apps/known.ts';
import { call, codeFor, exchangeKey, json, redeem, tokensOf } from './apps/tokens.ts';
import { assertBadCredentials, assertOAuthError } from './expect.ts';
import { exchange, jsonBody } from './http/exchange.ts';
import type { Page, Person } from './person/person.ts';
import { CONNECTIONS, createKey, keyOn, KEYS, openCreateKey, revokeKey } from './person/settings.ts';
import { signedInAs, signIn } from './person/sign-in.ts';
import { newcomer, signUpAs } from './person/sign-up.ts';
import { customerKey, issuer, personAs } from './target.ts';

const agent = personAs('agent');
const stranger = personAs('stranger');
const MOST_KEYS = 10;

const isAlive = async (key: string): Promise<boolean> =>
  (await call('/v1.0/me', `token ${key}`)).status === 200;

/** What stands of one key between its name and the next row. */
const lineOf = (page: Page, name: string): string =>
  new RegExp(`${name} .{0,200}`).exec(page.text)?.[0] ?? '';

describe('API keys: making one', () => {
  let nia: Person;
  before(async () => {
    nia = (await signUpAs(newcomer())).person;
  });

  it('makes no key by itself: a new person has none', async () => {
    assert.match((await nia.open(KEYS)).text, /No API keys yet/);
  });

  it('asks for a Name, an optional Description and Expiration Date, and the acknowledgment, behind + Create API Key', async () => {
    const page = await openCreateKey(nia);
    for (const field of ['Name', 'Description', 'Expiration Date'])
      assert.ok(page.text.includes(field), `${field} is missing`);
    assert.match(page.text, /12:01 AM/);
    const bare = await createKey(nia, { name: 'Only named' });
    assert.equal(await isAlive(keyOn(bare)), true);
    const unnamed = await createKey(nia, { name: '' });
    assert.equal(unnamed.reply.status, 400);
    const past = await createKey(nia, { name: 'Of the past', more: { expires: '2020-01-01' } });
    assert.equal(past.reply.status, 400);
    const full = await createKey(nia, {
      name: 'With all',
      more: { description: 'For the nightly run.', expires: '2099-05-31' },
    });
    assert.equal(await isAlive(keyOn(full)), true);
  });

  it('records the acknowledgment with time, address and device, and shows it with the key', async () => {
    await createKey(nia, { name: 'Acknowledged key' });
    const detail = await nia.follow(await nia.open(KEYS), 'Acknowledged key');
    const [, acknowledged = ''] = detail.text.split('Acknowledged ').slice(-2);
    assert.match(detail.text, /Acknowledged/);
    assert.match(acknowledged, /\d{1,2}:\d{2}/, 'time');
    assert.match(acknowledged, /127\.0\.0\.1|::1/, 'address');
    assert.match(acknowledged, /Firefox/, 'device');
  });

  it('is a signed JWS with metadata, and no static string', async () => {
    const { key } = customerKey('signed');
    const [header = '', claims = '', signature = ''] = key.split('.');
    const read = (part: string): Record<string, unknown> =>
      JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
    assert.equal(read(header)['alg'], 'HS256');
    assert.equal(typeof read(claims)['iat'], 'number');
    assert.ok(signature.length >= 43);
  });

  it('can be shown again by its owner, the same as before', async () => {
    const key = keyOn(await createKey(nia, { name: 'Shown again' }));
    const shown = await nia.follow(await nia.open(KEYS), 'Show key Shown again');
    assert.equal(keyOn(shown), key);
    const other = await signedInAs(stranger);
    assert.equal((await other.open(shown.url.pathname)).reply.status, 404);
  });

  it('acts as the person who made it: with their profile and their data alone', async () => {
    const mine = keyOn(await createKey(nia, { name: 'As Nia' }));
    const profile = json(await call('/v1.0/me', `token ${mine}`));
    assert.notEqual(profile['email'], agent.email);
    const leads = await call('/v1.0/leads?limit=1', `token ${mine}`);
    assert.notEqual(
      leads.text,
      (await call('/v1.0/leads?limit=1', `token ${customerKey('signed').key}`)).text,
    );
  });
});

describe('API keys: statuses and limit', () => {
  let ola: Person;
  before(async () => {
    ola = (await signUpAs(newcomer())).person;
  });

  it('shows Active and Revoked; a revoked key stays as history, and nothing brings it back', async () => {
    const key = keyOn(await createKey(ola, { name: 'Short life' }));
    assert.match(lineOf(await ola.open(KEYS), 'Short life'), /Active/);
    await revokeKey(ola, key);
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
    const list = await ola.open(KEYS);
    assert.match(list.text, /1 past key/);
    assert.match(lineOf(list, 'Short life'), /Revoked/);
    const detail = await ola.follow(list, 'Short life');
    assert.match(detail.text, /Revoked/);
    assert.deepEqual(
      detail.links.filter(({ href }) => href.startsWith(`${detail.url.pathname}/`)),
      [],
      'no action is offered',
    );
    for (const step of ['show', 'revoke'])
      assert.ok(!(await ola.open(`${detail.url.pathname}/${step}`)).reply.text.includes(key), step);
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
  });

  it('holds at most 10 active keys; a revoked one does not count', async () => {
    const keys: string[] = [];
    for (let n = 1; n <= MOST_KEYS; n += 1) keys.push(keyOn(await createKey(ola, { name: `Key ${n}` })));
    const page = await ola.open(KEYS);
    assert.match(page.text, /10 of 10 active keys/);
    const form = await ola.open(`${KEYS}/new`);
    const reply = await ola.forge(form, 'Create key', {
      filled: { name: 'One too many', acknowledged: true },
    });
    assert.equal(reply.status, 409, reply.text.slice(0, 200));
    assert.ok(!(await ola.open(KEYS)).text.includes('One too many'));
    await revokeKey(ola, keys[0] ?? '');
    assert.equal(await isAlive(keyOn(await createKey(ola, { name: 'Room again' }))), true);
  });

  it('revoking is immediate for the tokens that apps have through the key', async () => {
    const person = await signedInAs(stranger);
    const key = keyOn(await createKey(person, { name: 'Lent out' }));
    const token = String(json(await exchangeKey(productionApp, key))['access_token']);
    assert.equal((await call('/v1.0/me', `Bearer ${token}`)).status, 200);
    await revokeKey(person, key);
    assertBadCredentials(await call('/v1.0/me', `Bearer ${token}`));
    assertOAuthError(await exchangeKey(productionApp, key), 400, 'invalid_grant');
  });

  it('labels a key from before “Legacy Token”: Active, without expiration, and working as it was', async () => {
    const operator = await signIn(personAs('operator'));
    const key = `legacy.${randomBytes(24).toString('base64url')}`;
    const workspace = agent.workspaces.find(({ name }) => name === AGENT_WORKSPACE)?.id;
    const imported = await exchange(
      issuer,
      '/api/keys/import',
      jsonBody({ email: agent.email, workspace, key }, { cookie: operator.cookies(), origin: issuer }),
    );
    assert.equal(imported.status, 200, imported.text);
    assert.equal(json(await call('/v1.0/me', `token ${key}`))['email'], agent.email);
    assert.equal(await isAlive(key), true);
    const person = await signedInAs(agent);
    const line = lineOf(await person.open(KEYS), 'Legacy Token');
    assert.match(line, /Active/);
    assert.match(line, /Never/i);
    await revokeKey(person, key);
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
  });

  it('is reached at the address that Loomta’s pages name, too', async () => {
    const page = await (await signedInAs(agent)).open('/dashboard/api-keys');
    assert.equal(page.url.pathname, KEYS);
  });
});

describe('connected apps', () => {
  it('lists every app that the person authorized, each with Disconnect', async () => {
    const person = await signedInAs(vendor);
    const apps = [await ownApp('Listed One'), await ownApp('Listed Two')];
    for (const app of apps) tokensOf(await redeem(app, await codeFor(person, app)));
    const page = await person.open(CONNECTIONS);
    for (const { name } of apps) {
      assert.ok(
        page.links.some(({ text }) => text.startsWith(name)),
        name,
      );
      assert.ok(
        page.links.some(({ text }) => text.startsWith('Disconnect') && text.includes(name)),
        name,
      );
    }
  });
});
