import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../storage/testing/databases.ts';
import { caused, startService, type Person, type Service } from '../testing/service.ts';
import { createKey } from './keys/create.ts';
import { listKeys } from './keys/list.ts';
import { revokeKey } from './keys/revoke.ts';
import { createManagementKey } from './management-keys/create.ts';
import { perform, type SignedIn } from './operation.ts';
import { operations } from './operations.ts';
import { checkSession, checkSessionBearer } from './sessions/check-session.ts';
import { openSession } from '../testing/session.ts';
import { signIn, signInForBearer } from './sessions/sign-in.ts';
import { me } from './users/me.ts';

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
      const { session } = await openSession(service.domain, 'cookie', person);
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

    it('each takes from its address only what its input names, and refuses fields that it does not name', () => {
      for (const { id, http, input, subject } of Object.values(operations)) {
        const { entries, type } = input as unknown as { readonly entries: object; readonly type: string };
        assert.equal(type, 'strict_object', id);
        const names = [...http[1].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
        for (const name of names) assert.ok(Object.hasOwn(entries, name), `${id} ${name}`);
        if (subject !== 'none')
          assert.ok(names.includes(subject), `${id} names its ${subject} in its address`);
      }
    });

    it('what a management key was not made for, or no key can do, is not done for its holder [security 22]', async () => {
      const { domain } = service;
      const vera = await asker();
      const made = await perform(
        domain,
        createManagementKey,
        { asker: vera, caused },
        { name: 'Deploy', operations: ['keys.list'] },
      );
      assert.ok(made.ok);
      const { managementKey } = made.value;
      const holder = { user: ari.user, managementKey };
      const everything = { ...managementKey, operations: Object.keys(operations) };
      const by = (key: typeof managementKey) => ({ asker: { user: ari.user, managementKey: key }, caused });
      const listed = await perform(domain, listKeys, { asker: holder, caused }, {});
      assert.equal(listed.ok, true);
      for (const result of [
        await perform(domain, me, by(managementKey), {}),
        await perform(domain, createKey, by(everything), wanted()),
        await perform(domain, signIn, by(everything), { email: 'x', password: 'y' }),
      ])
        assert.deepEqual(result, { ok: false, reason: 'not-found' });
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
      const cookie = await openSession(service.domain, 'cookie', ari);
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
