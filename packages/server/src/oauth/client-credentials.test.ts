import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAccess } from '../domain/access/check.ts';
import { databases } from '../storage/testing/databases.ts';
import { startService, type Person, type Reply, type Service, type TestApp } from '../testing/service.ts';

for (const database of databases) {
  describe(`client credentials with a customer key on ${database.name}`, () => {
    let service: Service;
    let person: Person;
    let app: TestApp;
    before(async () => {
      service = await startService(database);
      person = await service.makePerson();
      app = await service.makeApp();
    });
    after(() => service.close());

    const trace = () =>
      ({ verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: service.domain.now() }) as const;
    const exchange = (key: string, of = app, more: Record<string, string> = {}): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: 'client_credentials',
        client_id: of.app.clientId,
        ...(of.secret === undefined ? {} : { client_secret: of.secret }),
        customer_key: key,
        ...more,
      });
    const access = async (token: unknown) => createAccess(service.domain).checkAccessToken(String(token));
    const isRefused = (reply: Reply): void =>
      assert.deepEqual([reply.status, reply.body['error']], [400, 'invalid_grant']);

    it('gives a token for the key’s person and workspace, and no refresh token', async () => {
      for (const form of ['signed', 'opaque'] as const) {
        const { key, text } = await service.makeKey(person, form);
        const reply = await exchange(text);
        assert.equal(reply.status, 200, reply.text);
        assert.equal('refresh_token' in reply.body, false);
        const result = await access(reply.body['access_token']);
        assert.ok(result.ok);
        assert.equal(result.caller.userId, person.user.id);
        assert.equal(result.caller.workspaceId, person.workspace.id);
        assert.equal(result.caller.keyPublicId, key.publicId);
        assert.deepEqual([...(result.caller.permissions as Set<string>)], ['leads.list', 'me.get']);
      }
    });

    it('makes one connection for each app and key, also when the first uses race', async () => {
      const who = await service.makePerson();
      const { text } = await service.makeKey(who, 'signed');
      const replies = await Promise.all(Array.from({ length: 20 }, () => exchange(text)));
      assert.ok(replies.every(({ status }) => status === 200));
      assert.equal((await service.domain.stores.connections.entriesOf(who.user.id)).length, 1);
    });

    it('answers the same for an unknown, revoked, expired or mistyped key [security 38]', async () => {
      const revoked = await service.makeKey(person, 'signed');
      await service.domain.stores.keys.revoke(revoked.key.id, trace());
      const expiring = await service.makeKey(person, 'opaque', service.domain.now() + 1000);
      const soon = await exchange(expiring.text);
      assert.ok(Number(soon.body['expires_in']) <= 1);
      service.pass(1000);
      const good = await service.makeKey(person, 'signed');
      const replies = await Promise.all(
        [revoked.text, expiring.text, 'nonsense', `${good.text.slice(0, -2)}xx`].map((text) =>
          exchange(text),
        ),
      );
      replies.forEach(isRefused);
      assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
      assert.equal((await access(soon.body['access_token'])).ok, false);
    });

    it('stays ended when the owner disconnected the app, until the owner allows it again', async () => {
      const who = await service.makePerson();
      const { text } = await service.makeKey(who, 'signed');
      const first = await exchange(text);
      const [connection] = await service.domain.stores.connections.entriesOf(who.user.id);
      await service.domain.stores.connections.end(connection?.id ?? 0, trace());
      assert.equal((await access(first.body['access_token'])).ok, false);
      isRefused(await exchange(text));
      isRefused(await exchange(text));
    });

    it('makes a new grant with the live permissions after a breaking publish, and the old token is dead', async () => {
      const moving = await service.makeApp();
      const { text } = await service.makeKey(person, 'signed');
      const before = await exchange(text, moving);
      const permissionSetId = await service.domain.stores.permissionSets.intern([
        'me.get',
        'leads.list',
        'leads.create',
      ]);
      await service.domain.stores.apps.replace(
        { ...moving.app, permissionSetId, epoch: 2, version: 2 },
        1,
        trace(),
      );
      assert.equal((await access(before.body['access_token'])).ok, false);
      const after = await exchange(text, moving);
      assert.equal(after.body['scope'], 'leads.create leads.list me.get');
      assert.equal((await access(after.body['access_token'])).ok, true);
    });

    it('is for confidential apps only, and holds development apps to their testers [security 40]', async () => {
      const { text } = await service.makeKey(person, 'signed');
      const publicApp = await service.makeApp({ kind: 'public' });
      const reply = await exchange(text, publicApp);
      assert.deepEqual([reply.status, reply.body['error']], [400, 'unauthorized_client']);
      isRefused(await exchange(text, await service.makeApp({ status: 'development' })));
    });

    it('says what is missing, and never gives more scope than the app has', async () => {
      const { text } = await service.makeKey(person, 'signed');
      const missing = await exchange('');
      assert.deepEqual([missing.status, missing.body['error']], [400, 'invalid_request']);
      assert.match(String(missing.body['error_description']), /customer_key/);
      const wide = await exchange(text, app, { scope: 'leads.delete' });
      assert.deepEqual([wide.status, wide.body['error']], [400, 'invalid_scope']);
      assert.equal((await exchange(text, app, { scope: 'openApi' })).body['scope'], 'leads.list me.get');
    });

    it('ends with the key: its revocation kills tokens at once', async () => {
      const { key, text } = await service.makeKey(person, 'opaque');
      const reply = await exchange(text);
      assert.equal((await access(reply.body['access_token'])).ok, true);
      await service.domain.stores.keys.revoke(key.id, trace());
      assert.equal((await access(reply.body['access_token'])).ok, false);
    });
  });
}
