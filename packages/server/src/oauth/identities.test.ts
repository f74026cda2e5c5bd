// Ids of apps and of people cannot be mistaken for one another: nobody chooses a client id, and no token stands for an app
// alone [security 35].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { registerApp } from '../domain/apps/register.ts';
import { perform } from '../domain/operation.ts';
import { databases } from '../storage/testing/databases.ts';
import { openDesk, type Desk } from '../testing/review-desk.ts';
import { basic, caused, startService, type Service } from '../testing/service.ts';

for (const database of databases) {
  describe(`ids of apps and people on ${database.name}`, () => {
    let service: Service;
    let desk: Desk;
    before(async () => {
      service = await startService(database);
      desk = await openDesk(service);
    });
    after(() => service.close());

    const redirectUris = ['https://app.example/callback'];

    it('an app’s id is drawn, never chosen, and no person’s can come of it [security 35]', async () => {
      const { user } = await service.makePerson();
      for (const more of [{ clientId: user.publicId }, { client_id: user.publicId }, { id: user.publicId }]) {
        const input = { name: 'Mallory', kind: 'public', redirectUris, ...more };
        const refused = await perform(service.domain, registerApp, { asker: desk.vera, caused }, input);
        assert.ok(!refused.ok && refused.reason === 'invalid-input');
      }
      const clientIds = new Set<string>();
      for (let count = 0; count < 20; count += 1) {
        const input = { name: `App ${count}`, kind: 'public', redirectUris };
        const made = await perform(service.domain, registerApp, { asker: desk.vera, caused }, input);
        assert.ok(made.ok);
        const { clientId } = made.value.app;
        assert.ok(!clientId.startsWith('usr_'));
        assert.equal(await service.domain.stores.users.findByPublicId(clientId), undefined);
        clientIds.add(clientId);
      }
      assert.equal(clientIds.size, 20);
    });

    it('every token has a person behind it and says which app by another name [security 35]', async () => {
      const { app, secret } = await service.makeApp();
      const ari = await service.makePerson();
      const own = { client_id: app.clientId, client_secret: secret ?? '' };
      const alone = await service.post('/oauth/token', { grant_type: 'client_credentials', ...own });
      assert.equal(alone.status, 400);
      assert.equal(alone.body['access_token'], undefined);
      const key = await service.makeKey(ari, 'signed');
      const answers = [
        await service.post('/oauth/token', {
          grant_type: 'client_credentials',
          customer_key: key.text,
          ...own,
        }),
        await service.post('/oauth/token', {
          grant_type: 'authorization_code',
          code: await service.makeCode(app, ari),
          redirect_uri: app.redirectUris[0] ?? '',
          ...own,
        }),
      ];
      const { clientId, secret: serverSecret } = service.resourceServer;
      for (const { body } of answers) {
        const token = String(body['access_token']);
        const facts = await service.post('/oauth/introspect', { token }, basic(clientId, serverSecret));
        assert.deepEqual(
          [facts.body['active'], facts.body['sub'], facts.body['client_id']],
          [true, ari.user.publicId, app.clientId],
        );
      }
    });
  });
}
