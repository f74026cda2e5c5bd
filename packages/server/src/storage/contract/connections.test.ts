// The promises of ConnectionStore, races included.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ApiKey } from '../../domain/keys/key.ts';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  connected,
  connectionIn,
  grantUnder,
  inParallel,
  keyIn,
  newWorld,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
  type World,
} from '../testing/stores.ts';

for (const testDatabase of databases) {
  describe(`connections on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    let world: World;

    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
      world = await newWorld(stores);
    });
    after(() => test.close());

    it('reads the whole chain of a grant together', async () => {
      const { connection, grant } = await connected(stores, world);
      const { member, workspace, app, user } = world;
      assert.deepEqual(await stores.connections.loadChain(grant.id), {
        grant,
        connection: {
          id: connection.id,
          userId: user.id,
          workspaceId: workspace.id,
          appId: app.id,
        },
        app: {
          id: app.id,
          clientId: app.clientId,
          kind: app.kind,
          status: app.status,
          epoch: app.epoch,
          permissionSetId: app.permissionSetId,
        },
        user: { id: user.id, publicId: user.publicId },
        member: { id: member.id, workspacePublicId: workspace.publicId },
        key: undefined,
      });
      assert.equal(await stores.connections.loadChain(987_654_321), undefined);
      assert.deepEqual(await stores.connections.findByPublicId(connection.publicId), connection);
    });

    it('advances the generation once for 100 parallel refreshes with one token [security 24]', async () => {
      const { grant } = await connected(stores, world);
      const nodes = [stores, anotherNode(test.database)];
      const won = await inParallel(100, async (index) => {
        const node = nodes[index % 2];
        assert.ok(node);
        return node.connections.rotate(grant.id, 1, startMs + 5);
      });
      assert.equal(won.filter(Boolean).length, 1);
      const now = (await stores.connections.loadChain(grant.id))?.grant;
      assert.deepEqual(now, { ...grant, generation: 2, rotatedAtMs: startMs + 5 });
    });

    it('hands the present generation out again at most three times, also in parallel, and counts anew after a rotation', async () => {
      const { grant } = await connected(stores, world);
      assert.equal(await stores.connections.retry(grant.id, 1, startMs, 3), false, 'never rotated');
      await stores.connections.rotate(grant.id, 1, startMs + 100);
      const retried = await inParallel(20, () => stores.connections.retry(grant.id, 2, startMs + 99, 3));
      assert.equal(retried.filter(Boolean).length, 3);
      await stores.connections.rotate(grant.id, 2, startMs + 200);
      assert.equal(await stores.connections.retry(grant.id, 2, startMs + 99, 3), false, 'older generation');
      assert.equal(await stores.connections.retry(grant.id, 3, startMs + 200, 3), false, 'window over');
      assert.equal(await stores.connections.retry(grant.id, 3, startMs + 199, 3), true);
    });

    it('neither rotates nor retries a grant that has ended or run out [security 27]', async () => {
      const { grant } = await connected(stores, world);
      assert.equal(await stores.connections.rotate(grant.id, 1, grant.endsAtMs), false);
      await stores.connections.rotate(grant.id, 1, startMs + 10);
      assert.equal(await stores.connections.endGrant(grant.id, traceAt(startMs + 11)), true);
      assert.equal(await stores.connections.rotate(grant.id, 2, startMs + 12), false);
      assert.equal(await stores.connections.retry(grant.id, 2, startMs, 3), false);
      assert.equal(await stores.connections.endGrant(grant.id, traceAt(startMs + 13)), false);
    });

    it('never leaves a live grant when refresh and disconnect race, 100 rounds [security 25]', async () => {
      for (let round = 0; round < 100; round += 1) {
        const { connection, grant } = await connected(stores, world);
        await Promise.all([
          stores.connections.rotate(grant.id, 1, startMs + 20),
          stores.connections.end(connection.id, traceAt(startMs + 20)),
          stores.connections.rotate(grant.id, 1, startMs + 20),
        ]);
        const chain = await stores.connections.loadChain(grant.id);
        assert.equal(chain?.grant.endedAtMs, startMs + 20);
        assert.equal(chain.connection.endedAtMs, startMs + 20);
        assert.equal(await stores.connections.rotate(grant.id, chain.grant.generation, startMs + 21), false);
      }
    });

    it('ends a connection once, with all its grants, and says so in the feed', async () => {
      const { connection, grant } = await connected(stores, world);
      const heardBefore = test.heard.length;
      const ended = await inParallel(10, () => stores.connections.end(connection.id, traceAt(startMs + 30)));
      assert.equal(ended.filter(Boolean).length, 1);
      const change = { kind: 'connection', id: connection.id, atMs: startMs + 30, ended: true, epoch: 0 };
      assert.deepEqual(test.heard.slice(heardBefore), [change]);
      const fed = (await stores.changes.after(0, 10_000)).filter(({ id }) => id === connection.id);
      assert.equal(fed.length, 1);
      assert.deepEqual(
        fed,
        fed.map(({ n }) => ({ n, ...change })),
      );
      assert.equal((await stores.connections.loadChain(grant.id))?.grant.endedAtMs, startMs + 30);
    });

    it('lists active connections newest first, counts them per app, and notes their last use', async () => {
      const fresh = await newWorld(stores);
      const pairs = [
        await connected(stores, fresh),
        await connected(stores, fresh),
        await connected(stores, fresh),
      ];
      const [first, second, third] = pairs.map(({ connection }) => connection);
      assert.ok(first && second && third);
      await stores.connections.end(second.id, traceAt(startMs + 40));
      await stores.connections.used(first.id, startMs + 41);
      assert.deepEqual(await stores.connections.activeOf(fresh.user.id, fresh.app.id, fresh.workspace.id), [
        third,
        { ...first, lastUsedAtMs: startMs + 41 },
      ]);
      assert.equal(await stores.connections.countActive(fresh.app.id), 2);
    });

    describe('of an app and an API key', () => {
      let key: ApiKey;
      before(async () => {
        key = await keyIn(stores, world);
        await stores.keys.create(key, 10, traceAt(startMs));
      });

      it('open once for 50 parallel first uses', async () => {
        const answers = await inParallel(50, async () => {
          const connection = await connectionIn(stores, world, { keyId: key.id });
          const grant = await grantUnder(stores, connection);
          return {
            connection,
            grant,
            answer: await stores.connections.openKeyPair(connection, grant, traceAt(startMs)),
          };
        });
        const winners = answers.filter(({ answer }) => answer === 'opened');
        assert.equal(winners.length, 1);
        const { connection, grant } = winners[0] ?? assert.fail();
        assert.deepEqual(await stores.connections.findKeyPair(world.app.id, key.id), { connection, grant });
        for (const loser of answers.filter(({ answer }) => answer === 'exists')) {
          assert.equal(await stores.connections.find(loser.connection.id), undefined);
        }
        assert.deepEqual((await stores.connections.loadChain(grant.id))?.key, {
          collectedAtMs: key.collectedAtMs,
        });
      });

      it('renew their grant once, ending the one replaced', async () => {
        const pair = await stores.connections.findKeyPair(world.app.id, key.id);
        assert.ok(pair);
        const renewed = await inParallel(20, async () => {
          const grant = await grantUnder(stores, pair.connection, { epoch: 2 });
          const trace = traceAt(startMs + 50);
          const won = await stores.connections.renewKeyGrant(
            world.app.id,
            key.id,
            pair.grant.id,
            grant,
            trace,
          );
          return won ? [grant] : [];
        });
        assert.equal(renewed.flat().length, 1);
        const now = await stores.connections.findKeyPair(world.app.id, key.id);
        assert.deepEqual(now, { connection: pair.connection, grant: renewed.flat()[0] });
        assert.equal((await stores.connections.loadChain(pair.grant.id))?.grant.endedAtMs, startMs + 50);
      });

      it('stay a listed tombstone when ended, which nobody renews, and reopen once', async () => {
        const pair = await stores.connections.findKeyPair(world.app.id, key.id);
        assert.ok(pair);
        const { connection: tombstone, grant: last } = pair;
        const reopen = async (): Promise<boolean> => {
          const connection = await connectionIn(stores, world, { keyId: key.id, createdAtMs: startMs + 70 });
          const grant = await grantUnder(stores, connection);
          return stores.connections.reopenKeyPair(tombstone.id, connection, grant, traceAt(startMs + 70));
        };
        assert.equal(await reopen(), false, 'not ended yet');
        await stores.connections.end(tombstone.id, traceAt(startMs + 60));
        const listed = await stores.connections.entriesOf(world.user.id);
        assert.ok(listed.some(({ id, endedAtMs }) => id === tombstone.id && endedAtMs === startMs + 60));
        const grant = await grantUnder(stores, tombstone);
        const trace = traceAt(startMs + 61);
        assert.equal(
          await stores.connections.renewKeyGrant(world.app.id, key.id, last.id, grant, trace),
          false,
        );
        assert.equal((await inParallel(10, reopen)).filter(Boolean).length, 1);
        const now = await stores.connections.findKeyPair(world.app.id, key.id);
        assert.equal(now?.connection.endedAtMs, undefined);
        assert.notEqual(now?.connection.id, tombstone.id);
        const after = await stores.connections.entriesOf(world.user.id);
        assert.ok(!after.some(({ id }) => id === tombstone.id));
        assert.equal((await stores.connections.find(tombstone.id))?.endedAtMs, startMs + 60);
      });
    });
  });
}
