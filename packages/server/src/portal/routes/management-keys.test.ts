// Management keys over HTTP: made on the page for chosen operations, good for those alone, ended for ever.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTalk, type Talk } from '../../api/testing/talk.ts';
import { apiOperations } from '../../api/table.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import type { Browser } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const PAGE = '/developer/management-keys';

describe('management keys', () => {
  let portal: TestPortal;
  let talk: Talk;
  let vera: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
    talk = createTalk(portal);
    vera = await portal.makePerson();
    await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
  });
  after(() => portal.close());

  const csrfOf = (body: string): string => /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const post = async (from: Browser, fields: readonly (readonly [string, string])[]) => {
    const shown = await from.get(`${PAGE}/new`);
    const all = [['csrf', /action="\/developer[\s\S]*/.exec(shown.body)?.[0] ?? ''] as const, ...fields];
    const body = new URLSearchParams(
      all.map(([name, value]) => (name === 'csrf' ? [name, csrfOf(value)] : [name, value])),
    ).toString();
    return from.send('POST', `${PAGE}/new`, body, {
      'content-type': 'application/x-www-form-urlencoded',
    });
  };
  const make = async (
    operations: readonly string[],
    rest: Readonly<Record<string, string>> = {},
    from = browser,
  ): Promise<{ readonly secret: string; readonly id: string }> => {
    const fields = { name: 'Deploy', owner: 'user', expires: '', ...rest };
    const shown = await post(from, [
      ...Object.entries(fields),
      ...operations.map((id) => ['operation', id] as const),
    ]);
    assert.equal(shown.status, 200, shown.body);
    const secret = /lk_mk_[\w-]{48}/.exec(shown.body)?.[0] ?? '';
    const [newest] = await portal.domain.stores.managementKeys.listFor(vera.user.id, undefined, { limit: 1 });
    assert.equal(newest?.lastFour, secret.slice(-4));
    return { secret, id: newest.publicId };
  };
  const ask = (path: string, secret: string) => talk.get(path, { authorization: `Bearer ${secret}` });
  const code = (answer: { readonly body: Record<string, unknown> }) => answer.body['code'];
  const app = { name: 'Sync', kind: 'public', redirectUris: ['https://app.example/cb'] };

  it('shows a key once and keeps only its hash [security 58]', async () => {
    const { secret, id } = await make(['apps.list']);
    const list = await browser.get(PAGE);
    assert.ok(list.body.includes(secret.slice(-4)));
    assert.ok(!list.body.includes(secret));
    const row = await portal.domain.stores.managementKeys.findByPublicId(id);
    assert.ok(row);
    assert.ok(!JSON.stringify({ ...row, hash: Buffer.from(row.hash).toString('latin1') }).includes(secret));
  });

  it('is good for the operations that were chosen, as its maker, and for no others', async () => {
    const { secret, id } = await make(['apps.list', 'apps.register', 'users.me']);
    assert.equal((await ask('/api/me', secret)).body['email'], vera.user.email);
    const authorization = `Bearer ${secret}`;
    const made = await talk.post('/api/apps', app, { authorization });
    assert.equal(made.status, 200, made.text);
    const { id: appId } = made.body['app'] as { id: string };
    const read = await ask(`/api/apps/${appId}`, secret);
    assert.deepEqual([read.status, code(read)], [403, 'operation_not_chosen']);
    const listed = await ask('/api/apps', secret);
    assert.equal((listed.body['items'] as unknown[]).length, 1);
    await portal.domain.lastUsed.settled();
    assert.ok((await portal.domain.stores.managementKeys.findByPublicId(id))?.lastUsedAtMs !== undefined);
  });

  it('is never good for what is interactive only, whatever it was made for (protocol.md 10)', async () => {
    const { secret } = await make([...portal.domain.managementOperations]);
    let asked = 0;
    for (const {
      id,
      sessionOnly,
      http: [method, path],
    } of apiOperations) {
      if (!sessionOnly) continue;
      const address = path.replace(/\{\w+\}/g, 'x');
      const authorization = `Bearer ${secret}`;
      const answer =
        method === 'GET' ? await ask(address, secret) : await talk.post(address, {}, { authorization });
      assert.deepEqual([answer.status, code(answer)], [403, 'session_only'], id);
      asked += 1;
    }
    assert.ok(asked > 30);
    const refused = await post(browser, [
      ['name', 'X'],
      ['owner', 'user'],
      ['operation', 'keys.create'],
    ]);
    assert.equal(refused.status, 400);
    assert.match(refused.body, /cannot be done by a key/);
  });

  it('works at no other door: pages, Loomta’s approve, the token endpoint [security 22]', async () => {
    const { secret } = await make(['users.me']);
    const page = await talk.get('/settings/integrations/api', { cookie: `latchkey-session=${secret}` });
    assert.equal(page.status, 303);
    const approve = await portal.json(
      '/auth/device/approve',
      { user_code: 'LMT-7QX2-9KFP' },
      { authorization: `Bearer ${secret}` },
    );
    assert.equal(approve.status, 401);
    const exchanged = await portal.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: 'loomta',
      customer_key: secret,
    });
    assert.notEqual(exchanged.status, 200);
  });

  it('ends with its day, with its maker, and with the maker’s place in the team', async () => {
    const day = new Date(portal.domain.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const dated = await make(['users.me'], { expires: day });
    const ofTeam = await make(['users.me'], { owner: 'vendor' });
    const own = await make(['users.me']);
    const status = async (key: { readonly secret: string }) => (await ask('/api/me', key.secret)).status;
    assert.deepEqual([await status(dated), await status(ofTeam), await status(own)], [200, 200, 200]);
    portal.pass(3 * 86_400_000);
    browser = await portal.signedIn(vera);
    assert.deepEqual([await status(dated), await status(ofTeam)], [401, 200]);
    const trace = {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 't',
      atMs: portal.domain.now(),
    } as const;
    const { stores } = portal.domain;
    const vendor = await stores.vendors.ofUser(vera.user.id);
    const colleague = await portal.makePerson();
    await stores.vendors.addToTeam(vendor?.id ?? 0, colleague.user.id, trace);
    await stores.vendors.removeFromTeam(vendor?.id ?? 0, vera.user.id, trace);
    assert.deepEqual([await status(ofTeam), await status(own)], [401, 200]);
    await stores.users.setDisabled(vera.user.id, true, trace);
    assert.equal(await status(own), 401);
    await stores.users.setDisabled(vera.user.id, false, trace);
    await stores.vendors.addToTeam(vendor?.id ?? 0, vera.user.id, trace);
  });

  it('a team’s key is seen and revoked by a colleague, a person’s own is not; the next request fails', async () => {
    const colleague = await portal.makePerson();
    const { stores } = portal.domain;
    const vendor = await stores.vendors.ofUser(vera.user.id);
    const trace = {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 't',
      atMs: portal.domain.now(),
    } as const;
    await stores.vendors.addToTeam(vendor?.id ?? 0, colleague.user.id, trace);
    const theirs = await portal.signedIn(colleague);
    const ofTeam = await make(['users.me'], { owner: 'vendor', name: 'Shared key' });
    const own = await make(['users.me'], { name: 'Private key' });
    const list = await theirs.get(PAGE);
    assert.match(list.body, /Shared key/);
    assert.doesNotMatch(list.body, /Private key/);
    assert.equal((await theirs.get(`${PAGE}/${own.id}/revoke`)).status, 404);
    const asked = await theirs.get(`${PAGE}/${ofTeam.id}/revoke`);
    const revoked = await theirs.submit(asked, `${PAGE}/${ofTeam.id}/revoke`);
    assert.deepEqual([revoked.status, revoked.location], [303, PAGE]);
    assert.equal((await ask('/api/me', ofTeam.secret)).status, 401);
    assert.equal((await ask('/api/me', own.secret)).status, 200);
    assert.equal((await theirs.get(`${PAGE}/${ofTeam.id}/revoke`)).status, 404, 'it has ended');
  });

  it('wants a fresh authentication, and a vendor’s team', async () => {
    const stranger = await portal.signedIn(await portal.makePerson());
    for (const path of [PAGE, `${PAGE}/new`]) assert.equal((await stranger.get(path)).status, 404);
    portal.pass(portal.domain.settings.stepUpSeconds * 1000);
    const stale = await browser.get(`${PAGE}/new`);
    assert.equal(stale.status, 303);
    assert.match(stale.location, /step-up/);
    browser = await portal.signedIn(vera);
  });

  it('says what is missing beside the field and keeps what was chosen', async () => {
    const shown = await post(browser, [
      ['name', ''],
      ['owner', 'vendor'],
      ['expires', '2020-01-01'],
    ]);
    assert.equal(shown.status, 400);
    assert.match(shown.body, /Enter a name/);
    assert.match(shown.body, /Choose at least one operation/);
    const past = await post(browser, [
      ['name', 'X'],
      ['owner', 'user'],
      ['expires', '2020-01-01'],
      ['operation', 'apps.get'],
    ]);
    assert.match(past.body, /Choose a day after today/);
    assert.match(past.body, /value="apps.get" checked/);
  });
});
