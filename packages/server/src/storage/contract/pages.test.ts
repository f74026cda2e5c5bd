// Lists are read a page at a time: each entry once, in one order, and none of anybody else.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import {
  connected,
  connectionIn,
  grantUnder,
  keyIn,
  newApp,
  newUser,
  newWorkspace,
  newWorld,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
} from '../testing/stores.ts';

/** All pages of two, each read past the last entry of the one before. */
const walked = async <Item>(
  read: (past: Item | undefined) => Promise<readonly Item[]>,
): Promise<readonly Item[]> => {
  const all: Item[] = [];
  for (;;) {
    const page = await read(all.at(-1));
    if (page.length === 0) return all;
    assert.ok(page.length <= 2);
    all.push(...page);
  }
};

for (const testDatabase of databases) {
  describe(`pages on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    it('of a person’s keys, newest first, the revoked ones too', async () => {
      const [world, other] = [await newWorld(stores), await newWorld(stores)];
      const made = [];
      for (let index = 0; index < 5; index += 1) {
        const key = await keyIn(stores, world);
        await stores.keys.create(key, 10, traceAt(startMs));
        await stores.keys.create(await keyIn(stores, other), 10, traceAt(startMs));
        made.push(key.id);
      }
      await stores.keys.revoke(made[2] ?? 0, traceAt(startMs + 1));
      const keys = await walked((past: { id: number } | undefined) =>
        stores.keys.listOf(world.user.id, { before: past?.id, limit: 2 }),
      );
      assert.deepEqual(
        keys.map(({ id }) => id),
        made.toReversed(),
      );
    });

    it('of a vendor’s apps, newest first, without the deleted ones', async () => {
      const { id: userId } = await newUser(stores);
      const vendor = {
        id: await stores.nextId(),
        publicId: randomUUID(),
        name: 'V',
        contactName: '',
        contactEmail: '',
        contactPhone: '',
        createdAtMs: startMs,
      };
      await stores.vendors.create(vendor, userId, traceAt(startMs));
      const made = [];
      for (let index = 0; index < 5; index += 1) made.push(await newApp(stores, { vendorId: vendor.id }));
      const gone = made[1] ?? assert.fail();
      await stores.apps.replace({ ...gone, version: 2, deletedAtMs: startMs }, 1, traceAt(startMs));
      const apps = await walked((past: { id: number } | undefined) =>
        stores.apps.listOf(vendor.id, { before: past?.id, limit: 2 }),
      );
      assert.deepEqual(
        apps.map(({ id }) => id),
        made
          .filter((app) => app !== gone)
          .map(({ id }) => id)
          .toReversed(),
      );
    });

    it('of a person’s connections: one for each app and workspace, the tombstones, and nothing else that ended', async () => {
      const world = await newWorld(stores);
      const { user } = world;
      const inAnotherApp = async () => connected(stores, { ...world, app: await newApp(stores) });
      await connected(stores, world);
      const seen = [(await connected(stores, world)).connection, (await inAnotherApp()).connection];
      const elsewhere = { ...world, ...(await newWorkspace(stores, user)) };
      seen.push((await connected(stores, elsewhere)).connection);
      const { connection: gone } = await inAnotherApp();
      await stores.connections.end(gone.id, traceAt(startMs + 1));
      const key = await keyIn(stores, world);
      await stores.keys.create(key, 10, traceAt(startMs));
      const tombstone = await connectionIn(
        stores,
        { ...world, app: await newApp(stores) },
        { keyId: key.id },
      );
      const grant = await grantUnder(stores, tombstone);
      assert.equal(await stores.connections.openKeyPair(tombstone, grant, traceAt(startMs)), 'opened');
      await stores.connections.end(tombstone.id, traceAt(startMs + 2));
      await connected(stores, await newWorld(stores));
      const found = await walked((past: { id: number } | undefined) =>
        stores.connections.entriesOf(user.id, { before: past?.id, limit: 2 }),
      );
      assert.deepEqual(found, [{ ...tombstone, endedAtMs: startMs + 2 }, ...seen.toReversed()]);
    });

    it('of a person’s memberships, in the order of the workspaces, without those that ended', async () => {
      const user = await newUser(stores);
      const made = [];
      for (const name of ['E', 'D', 'C', 'B', 'A']) made.push(await newWorkspace(stores, user, name));
      await newWorkspace(stores, await newUser(stores));
      await stores.workspaces.endMember(made[3]?.member.id ?? 0, traceAt(startMs + 1));
      const found = await walked((past: { workspace: { id: number } } | undefined) =>
        stores.workspaces.membershipsAfter(user.id, past?.workspace.id ?? 0, 2),
      );
      assert.deepEqual(
        found.map(({ workspace }) => workspace.name),
        ['E', 'D', 'C', 'A'],
      );
    });
  });
}
