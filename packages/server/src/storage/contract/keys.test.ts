// The promises of KeyStore, and of WorkspaceStore.endMember towards keys, races included.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  connected,
  inParallel,
  keyIn,
  newWorld,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
  uncollectedKeyIn,
} from '../testing/stores.ts';

const limit = 10;

for (const testDatabase of databases) {
  describe(`API keys on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    it('gives keys back as they were made, all of them, newest first', async () => {
      const world = await newWorld(stores);
      const opaque = await keyIn(stores, world);
      const later = { createdAtMs: startMs + 1, expiresAtMs: startMs + 9 };
      const waiting = { ...(await uncollectedKeyIn(stores, world)), ...later, form: 'signed' as const };
      for (const key of [opaque, waiting]) {
        assert.equal(await stores.keys.create(key, limit, traceAt(startMs)), 'created');
      }
      await stores.keys.used(opaque.id, startMs + 60_000);
      const used = { ...opaque, lastUsedAtMs: startMs + 60_000 };
      assert.deepEqual(await stores.keys.listOf(world.user.id), [waiting, used]);
      assert.deepEqual(await stores.keys.find(opaque.id), used);
      assert.deepEqual(await stores.keys.findByPublicId(waiting.publicId), waiting);
      assert.equal(await stores.keys.findByPublicId('nobody'), undefined);
    });

    it('makes exactly 10 of 40 parallel keys for one member, on two nodes', async () => {
      const world = await newWorld(stores);
      const nodes = [stores, anotherNode(test.database)];
      const answers = await inParallel(40, async (index) => {
        const node = nodes[index % 2] ?? stores;
        return node.keys.create(await keyIn(node, world), limit, traceAt(startMs));
      });
      assert.equal(answers.filter((answer) => answer === 'created').length, limit);
      assert.equal((await stores.keys.listOf(world.user.id)).length, limit);
    });

    it('gives the place of a revoked key back once, however often it is revoked in parallel', async () => {
      const world = await newWorld(stores);
      const keys = await inParallel(limit, () => keyIn(stores, world));
      for (const key of keys) await stores.keys.create(key, limit, traceAt(startMs));
      const [first] = keys;
      assert.ok(first);
      const heardBefore = test.heard.length;
      const revoked = await inParallel(20, () => stores.keys.revoke(first.id, traceAt(startMs + 1)));
      assert.equal(revoked.filter(Boolean).length, 1);
      assert.deepEqual(test.heard.slice(heardBefore), [
        { kind: 'key', id: first.id, atMs: startMs + 1, ended: true, epoch: 0 },
      ]);
      assert.equal((await stores.keys.find(first.id))?.revokedAtMs, startMs + 1);
      const answers = await inParallel(5, async () =>
        stores.keys.create(await keyIn(stores, world), limit, traceAt(startMs + 2)),
      );
      assert.deepEqual(answers.toSorted(), ['created', 'limit', 'limit', 'limit', 'limit']);
      assert.equal(await stores.keys.revoke(first.id, traceAt(startMs + 3)), false);
      assert.equal(await stores.keys.revoke(77_777_777, traceAt(startMs + 3)), false);
    });

    it('frees the places of expired keys once, also when many ask at the same time, and revokes them still', async () => {
      const world = await newWorld(stores);
      const expiring = await inParallel(3, () => keyIn(stores, world, { expiresAtMs: startMs + 100 }));
      const lasting = await inParallel(7, () => keyIn(stores, world));
      for (const key of [...expiring, ...lasting]) await stores.keys.create(key, limit, traceAt(startMs));
      const ask = async (atMs: number) =>
        stores.keys.create(await keyIn(stores, world, { createdAtMs: atMs }), limit, traceAt(atMs));
      assert.equal(await ask(startMs + 99), 'limit');
      const answers = await inParallel(30, () => ask(startMs + 100));
      assert.equal(answers.filter((answer) => answer === 'created').length, 3);
      const [expired] = expiring;
      assert.ok(expired);
      assert.equal(await stores.keys.revoke(expired.id, traceAt(startMs + 101)), true);
      assert.equal(await ask(startMs + 102), 'limit', 'its place was given back before');
    });

    it('ends with the membership: keys, connections and grants together, each told in the feed', async () => {
      const world = await newWorld(stores);
      const keys = await inParallel(2, () => keyIn(stores, world));
      for (const key of keys) await stores.keys.create(key, limit, traceAt(startMs));
      const { connection, grant } = await connected(stores, world);
      const elsewhere = await connected(stores, { ...world, ...(await newWorld(stores)), app: world.app });
      const heardBefore = test.heard.length;
      const at = startMs + 500;
      const ended = await inParallel(5, () => stores.workspaces.endMember(world.member.id, traceAt(at)));
      assert.equal(ended.filter(Boolean).length, 1);

      const expected = [
        { kind: 'member', id: world.member.id },
        ...keys.map(({ id }) => ({ kind: 'key', id })),
        { kind: 'connection', id: connection.id },
      ].map((change) => ({ ...change, atMs: at, ended: true, epoch: 0 }));
      // In which order they end is nobody's promise.
      const inOrder = <T extends { readonly id: number }>(changes: readonly T[]): readonly T[] =>
        changes.toSorted((a, b) => a.id - b.id);
      assert.deepEqual(inOrder(test.heard.slice(heardBefore)), inOrder(expected));
      const fed = (await stores.changes.after(0, 10_000)).slice(-expected.length);
      const firstNumber = fed[0]?.n ?? 0;
      assert.deepEqual(
        fed.map(({ n }) => n),
        [...expected.keys()].map((index) => firstNumber + index),
      );
      assert.deepEqual(
        inOrder(fed.map(({ kind, id, atMs, ended, epoch }) => ({ kind, id, atMs, ended, epoch }))),
        inOrder(expected),
      );

      for (const { id } of keys) assert.equal((await stores.keys.find(id))?.revokedAtMs, at);
      const chain = await stores.connections.loadChain(grant.id);
      assert.equal(chain?.connection.endedAtMs, at);
      assert.equal(chain.grant.endedAtMs, at);
      assert.equal(chain.member, undefined);
      assert.equal((await stores.connections.loadChain(elsewhere.grant.id))?.grant.endedAtMs, undefined);
    });

    it('leaves no usable key when the membership ends while keys are made', async () => {
      for (let round = 0; round < 15; round += 1) {
        const world = await newWorld(stores);
        await Promise.all([
          ...Array.from({ length: 4 }, async () =>
            stores.keys.create(await keyIn(stores, world), limit, traceAt(startMs)),
          ),
          stores.workspaces.endMember(world.member.id, traceAt(startMs + 1)),
        ]);
        for (const key of await stores.keys.listOf(world.user.id)) assert.equal(key.revokedAtMs, startMs + 1);
      }
    });
  });
}
