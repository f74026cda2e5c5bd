import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../storage/testing/databases.ts';
import { caused, startService, type Person, type Service } from '../testing/service.ts';
import { createKey } from './keys/create.ts';
import { revokeKey } from './keys/revoke.ts';
import { perform, type SignedIn } from './operation.ts';
import { operations } from './operations.ts';
import { checkSession, checkSessionBearer } from './sessions/check-session.ts';
import { openSession } from './sessions/open-session.ts';
import { signInForBearer } from './sessions/sign-in.ts';

for (const database of databases.filter(({ name }) => name === 'sqlite')) {
  describe('operations', () => {
    let service: Service;
    let ari: Person;
    before(async () => {
      service = await startService(database);
      ari = await service.makePerson();
    });
    after(() => service.close());

    const asker = async (person = ari): Promise<SignedIn> => {
      const { session } = await openSession(service.domain, 'cookie', person.user.id, caused);
      return { user: person.user, session };
    };
    const wanted = () => ({ name: 'CI', acknowledged: 'yes', workspace: ari.workspace.publicId });
    const bearer = async () => {
      const pair = { email: ari.user.email, password: ari.password };
      const opened = await signInForBearer(service.domain, pair, caused);
      assert.ok(opened.ok);
      return opened.value;
    };

    it('each has an id of its own that is its place in the table', () => {
      for (const [id, op] of Object.entries(operations)) assert.equal(op.id, id);
    });

    it('none that needs a person is done for nobody, or for a session bearer [security 22]', async () => {
      const byBearer = { user: ari.user, session: (await bearer()).session };
      for (const by of [undefined, byBearer]) {
        const result = await perform(service.domain, createKey, { asker: by, caused }, wanted());
        assert.deepEqual(result, { ok: false, reason: 'not-found' });
      }
      assert.deepEqual(await service.domain.stores.keys.listOf(ari.user.id), []);
    });

    it('a session bearer lives 15 minutes and is no cookie, nor a cookie a bearer', async () => {
      const { secret } = await bearer();
      assert.equal((await checkSessionBearer(service.domain, secret))?.userId, ari.user.id);
      assert.equal(await checkSession(service.domain, 'cookie', secret), undefined);
      const cookie = await openSession(service.domain, 'cookie', ari.user.id, caused);
      assert.equal(await checkSessionBearer(service.domain, cookie.secret), undefined);
      service.pass(15 * 60_000);
      assert.equal(await checkSessionBearer(service.domain, secret), undefined);
    });

    it('a field that no form has is refused, the person comes from the session only [security 49]', async () => {
      const other = await service.makePerson();
      const input = { ...wanted(), userId: other.user.id };
      const result = await perform(service.domain, createKey, { asker: await asker(), caused }, input);
      assert.equal(result.ok, false);
      assert.equal(result.reason, 'invalid-input');
    });

    it('a stale session needs step-up, but what is not theirs stays unknown to everybody', async () => {
      const { key } = await service.makeKey(await service.makePerson(), 'opaque');
      const stale = await asker();
      service.pass(service.domain.settings.stepUpSeconds * 1000);
      const by = { asker: stale, caused };
      const mine = await perform(service.domain, createKey, by, wanted());
      assert.deepEqual(mine, { ok: false, reason: 'step-up-needed' });
      for (const id of [key.publicId, 'key_never']) {
        const result = await perform(service.domain, revokeKey, by, { key: id });
        assert.deepEqual(result, { ok: false, reason: 'not-found' });
      }
    });
  });
}
