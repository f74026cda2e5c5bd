// The promises of ManagementKeyStore, races included.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { ManagementKey } from '../../domain/management-keys/management-key.ts';
import type { Stores } from '../../domain/stores.ts';
import type { User } from '../../domain/users/user.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  inParallel,
  newUser,
  openTestStores,
  startMs,
  traceAt,
  type TestStores,
} from '../testing/stores.ts';

const limit = 5;

for (const testDatabase of databases) {
  describe(`management keys on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    const keyOf = async (
      user: User,
      fields: Partial<ManagementKey> = {},
      from = stores,
    ): Promise<ManagementKey> => ({
      id: await from.nextId(),
      publicId: randomUUID(),
      userId: user.id,
      name: 'Deploy',
      hash: new Uint8Array(randomBytes(32)),
      lastFour: 'wxyz',
      operations: ['apps.list', 'apps.get'],
      createdAtMs: startMs,
      ...fields,
    });
    const make = async (user: User, fields: Partial<ManagementKey> = {}): Promise<ManagementKey> => {
      const key = await keyOf(user, fields);
      assert.equal(await stores.managementKeys.create(key, limit, traceAt(startMs)), 'created');
      return key;
    };
    const vendorOf = async (user: User): Promise<number> => {
      const id = await stores.nextId();
      const contact = { contactName: '', contactEmail: '', contactPhone: '' };
      const vendor = { id, publicId: randomUUID(), name: 'Vendor', ...contact, createdAtMs: startMs };
      await stores.vendors.create(vendor, user.id, traceAt(startMs));
      return id;
    };

    it('gives keys back as they were made, with what happened to them since', async () => {
      const user = await newUser(stores);
      const key = await make(user, { expiresAtMs: startMs + 99, vendorId: await vendorOf(user) });
      assert.deepEqual(await stores.managementKeys.find(key.id), key);
      assert.deepEqual(await stores.managementKeys.findByPublicId(key.publicId), key);
      assert.equal(await stores.managementKeys.findByPublicId('nobody'), undefined);
      await stores.managementKeys.used(key.id, startMs + 60_000);
      assert.equal(await stores.managementKeys.revoke(key.id, traceAt(startMs + 7)), true);
      const ended = { ...key, lastUsedAtMs: startMs + 60_000, revokedAtMs: startMs + 7 };
      assert.deepEqual(await stores.managementKeys.find(key.id), ended);
    });

    it('lists what the person made and what is of the vendor, newest first, page by page, and nobody else’s', async () => {
      const [vera, colleague, stranger] = [
        await newUser(stores),
        await newUser(stores),
        await newUser(stores),
      ] as const;
      const vendorId = await vendorOf(vera);
      await stores.vendors.addToTeam(vendorId, colleague.id, traceAt(startMs));
      const keys = [
        await make(vera),
        await make(colleague, { vendorId }),
        await make(vera, { vendorId }),
      ] as const;
      await make(colleague);
      await make(stranger);
      const newestFirst = keys.toReversed();
      const list: typeof stores.managementKeys.listFor = (...given) =>
        stores.managementKeys.listFor(...given);
      assert.deepEqual(await list(vera.id, vendorId, { limit: 10 }), newestFirst);
      const page = await list(vera.id, vendorId, { limit: 2 });
      assert.deepEqual(page, newestFirst.slice(0, 2));
      const before = page.at(-1)?.id ?? 0;
      assert.deepEqual(await list(vera.id, vendorId, { limit: 2, before }), [keys[0]]);
      assert.deepEqual(await list(vera.id, undefined, { limit: 10 }), [keys[2], keys[0]]);
    });

    it('makes exactly as many of 30 parallel keys for one person as may live, on two nodes', async () => {
      const user = await newUser(stores);
      const nodes = [stores, anotherNode(test.database)];
      const answers = await inParallel(30, async (index) => {
        const node = nodes[index % 2] ?? stores;
        return node.managementKeys.create(await keyOf(user, {}, node), limit, traceAt(startMs));
      });
      assert.equal(answers.filter((answer) => answer === 'created').length, limit);
      const all = await stores.managementKeys.listFor(user.id, undefined, { limit: 100 });
      assert.equal(all.length, limit);
    });

    it('is revoked by one of many at once, and gives its place back once', async () => {
      const user = await newUser(stores);
      const keys = await Promise.all(Array.from({ length: limit }, () => make(user)));
      const [first] = keys;
      assert.ok(first);
      const revoked = await inParallel(10, () =>
        stores.managementKeys.revoke(first.id, traceAt(startMs + 1)),
      );
      assert.equal(revoked.filter(Boolean).length, 1);
      const answers = await inParallel(4, async () =>
        stores.managementKeys.create(await keyOf(user), limit, traceAt(startMs + 2)),
      );
      assert.deepEqual(answers.toSorted(), ['created', 'limit', 'limit', 'limit']);
      assert.equal(await stores.managementKeys.revoke(77_777_777, traceAt(startMs)), false);
    });

    it('of a team is revoked when its maker leaves, is nobody’s who is not on it, and does not come back with them', async () => {
      const [vera, colleague] = [await newUser(stores), await newUser(stores)] as const;
      const vendorId = await vendorOf(vera);
      const ask = async () =>
        stores.managementKeys.create(await keyOf(colleague, { vendorId }), limit, traceAt(startMs));
      assert.equal(await ask(), 'not-on-team');
      await stores.vendors.addToTeam(vendorId, colleague.id, traceAt(startMs));
      const [ofTeam, own, veras] = [
        await make(colleague, { vendorId }),
        await make(colleague),
        await make(vera, { vendorId }),
      ] as const;
      assert.equal(
        await stores.vendors.removeFromTeam(vendorId, colleague.id, traceAt(startMs + 5)),
        'removed',
      );
      await stores.vendors.addToTeam(vendorId, colleague.id, traceAt(startMs + 6));
      const revokedAt = async (key: ManagementKey) => (await stores.managementKeys.find(key.id))?.revokedAtMs;
      assert.deepEqual(
        [await revokedAt(ofTeam), await revokedAt(own), await revokedAt(veras)],
        [startMs + 5, undefined, undefined],
      );
    });

    it('of a team never outlives its maker’s place, when making and leaving race', async () => {
      const [vera, colleague] = [await newUser(stores), await newUser(stores)] as const;
      const vendorId = await vendorOf(vera);
      const other = anotherNode(test.database);
      for (let round = 0; round < 10; round += 1) {
        await stores.vendors.addToTeam(vendorId, colleague.id, traceAt(startMs));
        const key = await keyOf(colleague, { vendorId });
        await Promise.all([
          stores.managementKeys.create(key, limit, traceAt(startMs)),
          other.vendors.removeFromTeam(vendorId, colleague.id, traceAt(startMs + 1)),
        ]);
        const left = await stores.managementKeys.find(key.id);
        assert.ok(left === undefined || left.revokedAtMs === startMs + 1, `round ${round}`);
      }
    });

    it('frees the places of expired keys, and of no others', async () => {
      const user = await newUser(stores);
      for (let count = 0; count < limit; count += 1)
        await make(user, count < 2 ? { expiresAtMs: startMs + 100 } : {});
      const ask = async (atMs: number) =>
        stores.managementKeys.create(await keyOf(user), limit, traceAt(atMs));
      assert.equal(await ask(startMs + 99), 'limit');
      const answers = await inParallel(10, () => ask(startMs + 100));
      assert.equal(answers.filter((answer) => answer === 'created').length, 2);
    });
  });
}
