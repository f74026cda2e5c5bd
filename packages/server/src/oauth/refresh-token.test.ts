import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccess } from '../domain/access/check.ts';
import { databases } from '../storage/testing/databases.ts';
import { startService, type Person, type Reply, type Service, type TestApp } from '../testing/service.ts';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const DAY_MS = 86_400_000;

for (const database of databases) {
  describe(`refresh on ${database.name}`, () => {
    let service: Service;
    let person: Person;
    let confidential: TestApp;
    let publicApp: TestApp;
    before(async () => {
      service = await startService(database);
      person = await service.makePerson();
      confidential = await service.makeApp();
      publicApp = await service.makeApp({ kind: 'public' });
    });
    after(() => service.close());

    const trace = () =>
      ({ verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: service.domain.now() }) as const;
    const token = (app: TestApp, form: Record<string, string>): Promise<Reply> =>
      service.post('/oauth/token', {
        client_id: app.app.clientId,
        ...(app.secret === undefined ? {} : { client_secret: app.secret }),
        ...form,
      });
    const signIn = async (app: TestApp): Promise<Reply> => {
      const isPublic = app.secret === undefined;
      const code = await service.makeCode(app.app, person, isPublic ? { challenge: CHALLENGE } : {});
      return token(app, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: app.app.redirectUris[0] ?? '',
        ...(isPublic ? { code_verifier: VERIFIER } : {}),
      });
    };
    const refresh = (app: TestApp, text: unknown, more: Record<string, string> = {}): Promise<Reply> =>
      token(app, { grant_type: 'refresh_token', refresh_token: String(text), ...more });
    const isAlive = async (text: unknown): Promise<boolean> =>
      (await createAccess(service.domain).checkAccessToken(String(text))).ok;
    const isDead = (reply: Reply): void =>
      assert.deepEqual([reply.status, reply.body['error']], [400, 'invalid_grant']);

    it('keeps the refresh token of a confidential app, as documents 002 and 003 say', async () => {
      const first = await signIn(confidential);
      const second = await refresh(confidential, first.body['refresh_token']);
      assert.equal(second.status, 200, second.text);
      assert.equal(second.body['refresh_token'], first.body['refresh_token']);
      assert.notEqual(second.body['access_token'], first.body['access_token']);
      assert.equal(await isAlive(second.body['access_token']), true);
    });

    it('ends 180 days after first issue, even if used daily [security 27]', async () => {
      for (const app of [confidential, publicApp]) {
        let text = (await signIn(app)).body['refresh_token'];
        for (let day = 0; day < 6; day += 1) {
          service.pass(29.9 * DAY_MS);
          const reply = await refresh(app, text);
          assert.equal(reply.status, 200, reply.text);
          text = reply.body['refresh_token'];
        }
        const last = await refresh(app, text);
        assert.ok(Number(last.body['expires_in']) <= 3600);
        service.pass(0.6 * DAY_MS);
        isDead(await refresh(app, last.body['refresh_token']));
      }
    });

    it('rotates for public apps; a lost answer can be asked for again, the successor once used ends that [security 23]', async () => {
      const first = await signIn(publicApp);
      const second = await refresh(publicApp, first.body['refresh_token']);
      assert.notEqual(second.body['refresh_token'], first.body['refresh_token']);
      service.pass(119_000);
      const again = await refresh(publicApp, first.body['refresh_token']);
      assert.equal(again.body['refresh_token'], second.body['refresh_token']);
      const third = await refresh(publicApp, second.body['refresh_token']);
      assert.equal(third.status, 200);
      isDead(await refresh(publicApp, first.body['refresh_token']));
      isDead(await refresh(publicApp, third.body['refresh_token']));
      assert.equal(await isAlive(third.body['access_token']), false);
    });

    it('takes reuse beyond the window for theft and ends the whole family', async () => {
      const first = await signIn(publicApp);
      const second = await refresh(publicApp, first.body['refresh_token']);
      service.pass(120_001);
      isDead(await refresh(publicApp, first.body['refresh_token']));
      isDead(await refresh(publicApp, second.body['refresh_token']));
    });

    it('advances one generation for 100 parallel refreshes, and nobody is signed out [security 24]', async () => {
      const first = await signIn(publicApp);
      const replies = await Promise.all(
        Array.from({ length: 100 }, () => refresh(publicApp, first.body['refresh_token'])),
      );
      const good = replies.filter(({ status }) => status === 200);
      assert.equal(new Set(good.map(({ body }) => body['refresh_token'])).size, 1);
      assert.ok(good.length >= 1 && good.length <= 4, `${good.length} answered`);
      assert.ok(replies.every(({ status }) => status === 200 || status === 400));
      assert.equal((await refresh(publicApp, good[0]?.body['refresh_token'])).status, 200);
    });

    it('gives a narrower scope on request, a wider one never, and remembers neither [security 26]', async () => {
      const first = await signIn(confidential);
      const narrow = await refresh(confidential, first.body['refresh_token'], { scope: 'me.get' });
      assert.equal(narrow.body['scope'], 'me.get');
      const wide = await refresh(confidential, first.body['refresh_token'], { scope: 'me.get leads.delete' });
      assert.deepEqual([wide.status, wide.body['error']], [400, 'invalid_scope']);
      const all = await refresh(confidential, first.body['refresh_token']);
      assert.equal(all.body['scope'], 'leads.list me.get');
    });

    it('is refused in another app, and that changes nothing', async () => {
      const other = await service.makeApp();
      const first = await signIn(confidential);
      isDead(await refresh(other, first.body['refresh_token']));
      assert.equal((await refresh(confidential, first.body['refresh_token'])).status, 200);
    });

    it('dies with its connection, its app’s epoch, its person and its membership, and so do access tokens [security 25, 57]', async () => {
      const { stores } = service.domain;
      const endings: ((app: TestApp, who: Person) => Promise<unknown>)[] = [
        async (_app, who) => {
          const [connection] = await stores.connections.entriesOf(who.user.id);
          return stores.connections.end(connection?.id ?? 0, trace());
        },
        (app) => stores.apps.replace({ ...app.app, epoch: 2, version: 2 }, 1, trace()),
        (_app, who) => stores.users.setDisabled(who.user.id, true, trace()),
        (_app, who) => stores.workspaces.endMember(who.member.id, trace()),
      ];
      for (const end of endings) {
        const app = await service.makeApp();
        const who = await service.makePerson();
        const code = await service.makeCode(app.app, who);
        const redirect_uri = app.app.redirectUris[0] ?? '';
        const first = await token(app, { grant_type: 'authorization_code', code, redirect_uri });
        assert.equal(await isAlive(first.body['access_token']), true);
        await end(app, who);
        assert.equal(await isAlive(first.body['access_token']), false);
        isDead(await refresh(app, first.body['refresh_token']));
      }
    });

    it('never leaves a live token behind when refresh and disconnect race [security 25]', async () => {
      const { connections } = service.domain.stores;
      for (let round = 0; round < 25; round += 1) {
        const who = await service.makePerson();
        const code = await service.makeCode(confidential.app, who);
        const redirect_uri = confidential.app.redirectUris[0] ?? '';
        const first = await token(confidential, { grant_type: 'authorization_code', code, redirect_uri });
        const [connection] = await connections.entriesOf(who.user.id);
        const [refreshed] = await Promise.all([
          refresh(confidential, first.body['refresh_token']),
          connections.end(connection?.id ?? 0, trace()),
        ]);
        if (refreshed.status === 200) assert.equal(await isAlive(refreshed.body['access_token']), false);
        isDead(await refresh(confidential, first.body['refresh_token']));
      }
    });

    it('refuses a refresh token with any byte changed, an access token, and one above the stored generation', async () => {
      const first = await signIn(publicApp);
      const text = String(first.body['refresh_token']);
      for (const wrong of [
        `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
        text.slice(0, -1),
        first.body['access_token'],
      ])
        isDead(await refresh(publicApp, wrong));
      assert.equal((await refresh(publicApp, text)).status, 200);
    });
  });
}
