import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { databases } from '../storage/testing/databases.ts';
import {
  basic,
  startService,
  type Person,
  type Reply,
  type Service,
  type TestApp,
} from '../testing/service.ts';
import { createAccess } from '../domain/access/check.ts';

const pkce = (): { verifier: string; challenge: string } => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

for (const database of databases) {
  describe(`authorization code on ${database.name}`, () => {
    let service: Service;
    let person: Person;
    let confidential: TestApp;
    let publicApp: TestApp;
    before(async () => {
      service = await startService(database);
      person = await service.makePerson();
      confidential = await service.makeApp();
      publicApp = await service.makeApp({ kind: 'public', redirectUris: ['http://127.0.0.1/callback'] });
    });
    after(() => service.close());

    const redeem = (app: TestApp, code: string, more: Record<string, string> = {}): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: 'authorization_code',
        client_id: app.app.clientId,
        ...(app.secret === undefined ? {} : { client_secret: app.secret }),
        code,
        redirect_uri: app.app.redirectUris[0] ?? '',
        ...more,
      });
    const isAlive = async (token: unknown): Promise<boolean> =>
      (await createAccess(service.domain).checkAccessToken(String(token))).ok;

    it('gives a confidential app tokens without PKCE (document 001), never to be stored [security 30]', async () => {
      const reply = await redeem(confidential, await service.makeCode(confidential.app, person));
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.headers.get('cache-control'), 'no-store');
      assert.equal(reply.headers.get('content-type'), 'application/json');
      const { access_token, refresh_token, ...rest } = reply.body;
      assert.match(String(access_token), /^lk_at_[\w-]+$/);
      assert.match(String(refresh_token), /^lk_rt_[\w-]+$/);
      assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3600, scope: 'leads.list me.get' });
      assert.equal(await isAlive(access_token), true);
    });

    it('gives a public app tokens for the right verifier only, and burns the code on a wrong one [security 19]', async () => {
      const { verifier, challenge } = pkce();
      const good = await service.makeCode(publicApp.app, person, { challenge });
      assert.equal((await redeem(publicApp, good, { code_verifier: verifier })).status, 200);
      const burnt = await service.makeCode(publicApp.app, person, { challenge });
      const wrong = await redeem(publicApp, burnt, { code_verifier: pkce().verifier });
      assert.deepEqual([wrong.status, wrong.body['error']], [400, 'invalid_grant']);
      const second = await redeem(publicApp, burnt, { code_verifier: verifier });
      assert.deepEqual([second.status, second.body['error']], [400, 'invalid_grant']);
    });

    it('refuses a verifier where none was promised, and none where one was [security 17]', async () => {
      const { verifier, challenge } = pkce();
      const without = await service.makeCode(confidential.app, person);
      assert.equal(
        (await redeem(confidential, without, { code_verifier: verifier })).body['error'],
        'invalid_grant',
      );
      const withOne = await service.makeCode(confidential.app, person, { challenge });
      assert.equal((await redeem(confidential, withOne)).body['error'], 'invalid_grant');
    });

    it('refuses and burns a code in another app or with another redirect URI [security 18]', async () => {
      const other = await service.makeApp();
      for (const attempt of [
        (code: string) => redeem(other, code),
        (code: string) => redeem(confidential, code, { redirect_uri: 'https://app.example/other' }),
      ]) {
        const code = await service.makeCode(confidential.app, person);
        assert.equal((await attempt(code)).body['error'], 'invalid_grant');
        assert.equal((await redeem(confidential, code)).body['error'], 'invalid_grant');
      }
    });

    it('leaves the code alone when the app could not be authenticated', async () => {
      const code = await service.makeCode(confidential.app, person);
      const wrong = await redeem(confidential, code, { client_secret: 'lk_secret_wrong' });
      assert.deepEqual([wrong.status, wrong.body['error']], [401, 'invalid_client']);
      assert.match(wrong.headers.get('www-authenticate') ?? '', /^Basic /);
      assert.equal((await redeem(confidential, code)).status, 200);
    });

    it('ends a code at 60 s exactly [security 21]', async () => {
      const early = await service.makeCode(confidential.app, person);
      service.pass(59_999);
      assert.equal((await redeem(confidential, early)).status, 200);
      const late = await service.makeCode(confidential.app, person);
      service.pass(60_000);
      assert.equal((await redeem(confidential, late)).body['error'], 'invalid_grant');
    });

    it('has one winner of 100 parallel redemptions, and the replays kill what it issued [security 20]', async () => {
      const code = await service.makeCode(confidential.app, person);
      const replies = await Promise.all(Array.from({ length: 100 }, () => redeem(confidential, code)));
      const won = replies.filter(({ status }) => status === 200);
      assert.equal(won.length, 1);
      assert.ok(
        replies.every(
          ({ status, body }) => status === 200 || (status === 400 && body['error'] === 'invalid_grant'),
        ),
      );
      assert.equal(await isAlive(won[0]?.body['access_token']), false);
    });

    it('tolerates a double-loaded callback with PKCE for 10 s, then a replay kills that grant alone', async () => {
      const { verifier, challenge } = pkce();
      const other = await redeem(publicApp, await service.makeCode(publicApp.app, person, { challenge }), {
        code_verifier: verifier,
      });
      const code = await service.makeCode(publicApp.app, person, { challenge });
      const first = await redeem(publicApp, code, { code_verifier: verifier });
      assert.equal(
        (await redeem(publicApp, code, { code_verifier: verifier })).body['error'],
        'invalid_grant',
      );
      assert.equal(await isAlive(first.body['access_token']), true);
      service.pass(10_001);
      assert.equal(
        (await redeem(publicApp, code, { code_verifier: pkce().verifier })).body['error'],
        'invalid_grant',
      );
      assert.equal(
        await isAlive(first.body['access_token']),
        true,
        'a thief without the verifier ends nothing',
      );
      assert.equal(
        (await redeem(publicApp, code, { code_verifier: verifier })).body['error'],
        'invalid_grant',
      );
      assert.equal(await isAlive(first.body['access_token']), false);
      assert.equal(await isAlive(other.body['access_token']), true);
    });

    it('refuses what is no longer good between Authorize and redemption [security 40, 50]', async () => {
      const trace = {
        verb: 'test',
        actor: { kind: 'system' },
        requestId: 't',
        atMs: service.domain.now(),
      } as const;
      const leaver = await service.makePerson();
      const left = await service.makeCode(confidential.app, leaver);
      await service.domain.stores.workspaces.endMember(leaver.member.id, trace);
      assert.equal((await redeem(confidential, left)).body['error'], 'invalid_grant');

      const moved = await service.makeApp();
      const code = await service.makeCode(moved.app, person);
      await service.domain.stores.apps.replace({ ...moved.app, epoch: 2, version: 2 }, 1, trace);
      assert.equal((await redeem(moved, code)).body['error'], 'invalid_grant');

      const suspended = await service.makeApp();
      const held = await service.makeCode(suspended.app, person);
      await service.domain.stores.apps.replace({ ...suspended.app, suspendedAtMs: 1, version: 2 }, 1, trace);
      const reply = await redeem(suspended, held);
      assert.deepEqual([reply.status, reply.body['error']], [400, 'unauthorized_client']);
    });

    it('never takes a secret of another kind as a code [security 22]', async () => {
      const tokens = await redeem(confidential, await service.makeCode(confidential.app, person));
      const key = await service.makeKey(person, 'opaque');
      for (const text of [
        tokens.body['access_token'],
        tokens.body['refresh_token'],
        key.text,
        confidential.secret,
      ]) {
        assert.equal((await redeem(confidential, String(text))).body['error'], 'invalid_grant');
      }
    });

    it('accepts Basic and an equal or empty client_id beside it, and refuses two methods at once [security 37]', async () => {
      const { app, secret = '' } = confidential;
      const form = {
        grant_type: 'authorization_code',
        redirect_uri: app.redirectUris[0] ?? '',
        client_id: '',
      };
      const code = await service.makeCode(app, person);
      assert.equal(
        (await service.post('/oauth/token', { ...form, code }, basic(app.clientId, secret))).status,
        200,
      );
      const both = await service.post(
        '/oauth/token',
        { ...form, code: 'x', client_secret: secret },
        basic(app.clientId, secret),
      );
      assert.deepEqual([both.status, both.body['error']], [400, 'invalid_request']);
    });

    it('holds a development app to its team and testers at redemption, too [security 40]', async () => {
      const app = await service.makeApp({ status: 'development' });
      const trace = {
        verb: 'test',
        actor: { kind: 'system' },
        requestId: 't',
        atMs: service.domain.now(),
      } as const;
      const tester = await service.makePerson();
      await assert.rejects(service.makeCode(app.app, tester), /not-a-tester/);
      await service.domain.stores.apps.addTester(app.app.id, tester.user.id, 25, trace);
      assert.equal((await redeem(app, await service.makeCode(app.app, tester))).status, 200);
    });
  });
}
