import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startDevice } from '../../domain/devices/start.ts';
import type { Caused } from '../../domain/domain.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const terminal: Caused = {
  actor: { kind: 'anonymous' },
  requestId: 'test',
  address: '203.0.113.77',
  device: 'loomta 1.0 (devbox) <b>\u202e',
};

describe('approving a terminal', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
  });

  const start = async (clientId = 'loomta'): Promise<string> => {
    const entry = await portal.domain.memory.appByClientId(clientId);
    assert.ok(entry);
    const outcome = clientId === 'loomta' ? 'key' : 'grant';
    const started = await startDevice(portal.domain, { app: entry.app, outcome, scope: 'all' }, terminal);
    assert.ok(started.ok);
    return started.started.userCode;
  };
  const enter = async (userCode: string, by = browser, path = '/cli-auth'): Promise<Shown> =>
    by.submit(await by.get(path), path, { user_code: userCode });
  const keys = () => portal.domain.stores.keys.listOf(ari.user.id);
  const authorize = (page: Shown, workspace = ari.workspace.publicId): Promise<Shown> =>
    browser.submit(page, '/cli-auth', { decision: 'authorize', workspace });

  it('asks for a sign-in and keeps the code of the link', async () => {
    const stranger = portal.browser();
    const code = await start();
    const sent = await stranger.get(`/cli-auth?code=${code}`);
    assert.equal(sent.status, 303);
    const done = await portal.signIn(stranger, ari, `/cli-auth?code=${code}`);
    const page = await stranger.get(done.location);
    assert.ok(page.body.includes(`value="${code}"`));
  });

  it('a GET neither binds nor approves: another person may still take the code [security 44]', async () => {
    const code = await start();
    const page = await browser.get(`/cli-auth?code=${code}&decision=authorize&user_code=${code}`);
    assert.equal(page.status, 200);
    assert.deepEqual(await keys(), []);
    const other = await portal.signedIn(await portal.makePerson());
    assert.equal((await enter(code, other)).status, 200);
  });

  it('a code opened by one person is unknown to another [security 44]', async () => {
    const code = await start();
    assert.equal((await enter(code)).status, 200);
    const other = await portal.signedIn(await portal.makePerson());
    const refused = await enter(code, other);
    assert.equal(refused.status, 404);
    assert.match(refused.body, /No terminal waits with this code\./);
  });

  it('shows code, app, age, rough origin, what it gets, and takes markup out of names [security 45]', async () => {
    const code = await start();
    portal.pass(40_000);
    const page = await enter(code.toLowerCase().replaceAll('-', ' '));
    assert.equal(page.status, 200);
    assert.ok(page.body.includes(code));
    assert.match(page.body, /loomta/);
    assert.match(page.body, /40 seconds ago/);
    assert.match(page.body, /203\.0\.113\.x/);
    assert.doesNotMatch(page.body, /203\.0\.113\.77/);
    assert.match(page.body, /an API key that can read and change everything/);
    assert.match(page.body, /another network than this browser/);
    assert.ok(!page.body.includes('\u202e'));
    assert.ok(!page.body.includes('(devbox) <b>'));
    assert.match(page.body, /I did not start this/);
  });

  it('Authorize makes one key, waiting for the terminal; a second press changes nothing', async () => {
    const page = await enter(await start());
    const done = await authorize(page);
    assert.equal(done.status, 200);
    assert.match(done.body, /Approved\./);
    assert.match(done.body, /loomta on devbox/);
    assert.match((await authorize(page)).body, /Approved\./);
    const made = await keys();
    assert.equal(made.length, 1);
    assert.equal(made[0]?.collectedAtMs, undefined);
    assert.equal(made[0]?.madeBy, 'terminal');
  });

  it('a browser login of the other kind makes a connection that is listed', async () => {
    const page = await enter(await start('lofty-cli'), browser, '/device');
    assert.match(page.body, /with these permissions/);
    const done = await browser.submit(page, '/device', {
      decision: 'authorize',
      workspace: ari.workspace.publicId,
    });
    assert.match(done.body, /Connected apps/);
    assert.deepEqual(await keys(), []);
    const connections = await portal.domain.stores.connections.entriesOf(ari.user.id);
    assert.equal(connections.length, 1);
  });

  it('I did not start this gives the terminal nothing, for good', async () => {
    const code = await start();
    const page = await enter(code);
    const denied = await browser.submit(page, '/cli-auth', { decision: 'deny' });
    assert.match(denied.body, /That terminal gets nothing\./);
    assert.equal((await authorize(page)).status, 404);
    assert.equal((await enter(code)).status, 404);
    assert.deepEqual(await keys(), []);
  });

  it('the decision is bound to the code that was compared [security 13]', async () => {
    const [mine, theirs] = [await start(), await start()];
    const page = await enter(mine);
    const [form] = formsOf(page.body);
    const fields = { ...form?.hidden, decision: 'authorize', workspace: ari.workspace.publicId };
    assert.equal((await browser.post('/cli-auth', { ...fields, user_code: theirs })).status, 403);
    assert.equal((await browser.post('/cli-auth', { ...fields, csrf: 'x' })).status, 403);
    assert.deepEqual(await keys(), []);
  });

  it('approving needs a sign-in of the last ten minutes', async () => {
    portal.pass(600_000);
    const code = await start();
    const sent = await enter(code);
    assert.equal(sent.status, 303);
    assert.equal(sent.location, `/step-up?return_to=${encodeURIComponent(`/cli-auth?code=${code}`)}`);
    const stepUp = await browser.get(sent.location);
    const wrong = await browser.submit(stepUp, '/step-up', { password: 'wrong' });
    assert.equal(wrong.status, 403);
    assert.match(wrong.body, /The password is wrong\./);
    const back = await browser.submit(stepUp, '/step-up', { password: ari.password });
    assert.equal(back.location, `/cli-auth?code=${code}`);
    assert.equal((await enter(code)).status, 200);
  });

  it('an expired code says so; a used one is unknown', async () => {
    const code = await start();
    portal.pass(600_000);
    const fresh = await portal.signedIn(ari);
    const late = await enter(code, fresh);
    assert.equal(late.status, 404);
    assert.match(late.body, /This code expired\./);
  });

  it('a workspace of somebody else, or a role that may not, gets nothing', async () => {
    const low = await portal.makePerson('member');
    const weak = await portal.signedIn(low);
    const page = await enter(await start(), weak);
    assert.match(page.body, /your role may not make keys/);
    const [form] = formsOf(page.body);
    for (const workspace of [low.workspace.publicId, ari.workspace.publicId, '']) {
      const fields = { ...form?.hidden, decision: 'authorize', workspace };
      assert.equal((await weak.post('/cli-auth', fields)).status, 400);
    }
    assert.deepEqual(await portal.domain.stores.keys.listOf(low.user.id), []);
  });

  it('wrong codes are throttled per person, slips of the keyboard are not [security 41]', async () => {
    for (let slips = 0; slips < 12; slips += 1) assert.equal((await enter('LMT-0OO0-1111')).status, 404);
    const page = await browser.get('/cli-auth');
    const guess = (index: number) =>
      browser.post(
        '/cli-auth',
        {
          ...formsOf(page.body)[0]?.hidden,
          user_code: `LMT-2222-333${'23456789ABCD'.charAt(index)}`,
        },
        { 'x-test-address': `198.51.${index}.1` },
      );
    for (let tries = 0; tries < 10; tries += 1) assert.equal((await guess(tries)).status, 404);
    const blocked = await guess(10);
    assert.equal(blocked.status, 429);
    assert.match(
      blocked.body,
      /Too many codes tried\. Wait \d+ minutes?; codes in your terminal stay valid\./,
    );
  });

  it('a flood of wrong codes by others slows entry, and still lets everybody in [security 41]', async () => {
    for (let index = 0; index < 1000; index += 1) {
      const address = `10.${Math.floor(index / 250)}.${index % 250}.1`;
      portal.domain.guesses.failed('user-code', { about: `user:stranger ${index}`, address });
    }
    const code = await start();
    const fresh = await portal.signedIn(await portal.makePerson());
    const page = await enter(code, fresh);
    assert.match(page.body, /Is this code in your terminal\?/);
  });

  it('an empty field is asked for again', async () => {
    const page = await enter('');
    assert.equal(page.status, 400);
    assert.match(page.body, /Enter the code that your terminal shows\./);
  });
});
