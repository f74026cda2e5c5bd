import assert from 'node:assert/strict';
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

for (const database of databases) {
  describe(`revocation and introspection on ${database.name}`, () => {
    let service: Service;
    let person: Person;
    let app: TestApp;
    let other: TestApp;
    before(async () => {
      service = await startService(database);
      person = await service.makePerson();
      app = await service.makeApp();
      other = await service.makeApp();
    });
    after(() => service.close());

    const auth = (of: TestApp): { authorization: string } => basic(of.app.clientId, of.secret ?? '');
    const tokens = async (): Promise<{ access: string; refresh: string }> => {
      const code = await service.makeCode(app.app, person);
      const form = { grant_type: 'authorization_code', code, redirect_uri: app.app.redirectUris[0] ?? '' };
      const { body } = await service.post('/oauth/token', form, auth(app));
      return { access: String(body['access_token']), refresh: String(body['refresh_token']) };
    };
    const introspect = (token: string, headers = auth(app)): Promise<Reply> =>
      service.post('/oauth/introspect', { token }, headers);
    const revoke = (token: string, of = app): Promise<Reply> =>
      service.post('/oauth/revoke', { token }, auth(of));

    it('tells an app its own token and a resource server every token', async () => {
      const { access, refresh } = await tokens();
      const { clientId, secret } = service.resourceServer;
      for (const headers of [auth(app), basic(clientId, secret)]) {
        const { body } = await introspect(access, headers);
        const issued = Math.floor(service.domain.now() / 1000);
        assert.deepEqual(body, {
          active: true,
          scope: 'leads.list me.get',
          client_id: app.app.clientId,
          sub: person.user.publicId,
          workspace: person.workspace.publicId,
          token_type: 'Bearer',
          iat: issued,
          exp: issued + 3600,
          iss: 'http://localhost:4000',
        });
        assert.equal((await introspect(refresh, headers)).body['active'], true);
      }
    });

    it('answers byte for byte the same for unknown, expired, foreign and revoked tokens [security 33]', async () => {
      const { access } = await tokens();
      const revoked = await tokens();
      await revoke(revoked.access);
      const expired = await tokens();
      const replies = [
        await introspect('unknown'),
        await introspect(access, auth(other)),
        await introspect(revoked.access),
      ];
      service.pass(3_600_000);
      replies.push(await introspect(expired.access));
      assert.deepEqual(new Set(replies.map(({ text }) => text)), new Set(['{"active":false}']));
    });

    it('wants a credential: none, a wrong one and a public app get 401', async () => {
      const publicApp = await service.makeApp({ kind: 'public' });
      for (const form of [{ token: 'x' }, { token: 'x', client_id: publicApp.app.clientId }]) {
        const reply = await service.post('/oauth/introspect', form);
        assert.deepEqual([reply.status, reply.body['error']], [401, 'invalid_client']);
      }
      assert.equal((await introspect('x', basic('crm', 'wrong'))).status, 401);
    });

    it('ends an access token alone, and with a refresh token everything of its family [security 34]', async () => {
      const first = await tokens();
      assert.deepEqual(
        [(await revoke(first.access)).status, (await introspect(first.access)).body['active']],
        [200, false],
      );
      assert.equal((await introspect(first.refresh)).body['active'], true);
      const second = await tokens();
      await revoke(second.refresh);
      assert.equal((await introspect(second.access)).body['active'], false);
      assert.equal((await introspect(second.refresh)).body['active'], false);
    });

    it('answers 200 for a foreign or unknown token, which lives on [security 34]', async () => {
      const { access, refresh } = await tokens();
      for (const token of [access, refresh, 'unknown'])
        assert.equal((await revoke(token, other)).status, 200);
      assert.equal((await introspect(access)).body['active'], true);
      assert.equal((await introspect(refresh)).body['active'], true);
    });

    it('refuses parameters in the query on every OAuth endpoint [security 29]', async () => {
      for (const path of [
        '/oauth/token',
        '/oauth/revoke',
        '/oauth/introspect',
        '/oauth/device_authorization',
      ]) {
        const reply = await service.post(`${path}?client_id=x`, { token: 'x' });
        assert.deepEqual([reply.status, reply.body['error']], [400, 'invalid_request'], path);
      }
    });
  });
}
