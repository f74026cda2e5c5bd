// The promises of DeviceStore, races included.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { DeviceRequest } from '../../domain/devices/device-request.ts';
import type { ApiKey } from '../../domain/keys/key.ts';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  connectionIn,
  deviceFor,
  grantUnder,
  inParallel,
  keyIn,
  newUser,
  newWorld,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
  uncollectedKeyIn,
  type World,
} from '../testing/stores.ts';

const many = 10_000;
const hashOf = (index: number): Uint8Array => new Uint8Array(32).fill(index);

for (const testDatabase of databases) {
  describe(`device requests on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    let world: World;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    beforeEach(async () => {
      world = await newWorld(stores);
    });
    after(() => test.close());

    const opened = async (fields: Partial<DeviceRequest> = {}): Promise<DeviceRequest> => {
      const request = await deviceFor(stores, world, fields);
      assert.equal(await stores.devices.open(request, many), 'opened');
      return request;
    };
    const approvedWithKey = async (atMs = startMs + 10): Promise<{ request: DeviceRequest; key: ApiKey }> => {
      const request = await opened();
      const key = await uncollectedKeyIn(stores, world);
      const trace = traceAt(atMs);
      const answer = await stores.devices.approveWithKey(request.id, world.user.id, key, 10, trace);
      assert.equal(answer, 'approved');
      return { request, key };
    };

    it('gives a request back as it was opened, by id and by user code', async () => {
      const request = await opened();
      assert.deepEqual(await stores.devices.find(request.id), request);
      assert.deepEqual(await stores.devices.findByUserCodeHash(request.userCodeHash), request);
      assert.equal(await stores.devices.findByUserCodeHash(hashOf(255)), undefined);
    });

    it('opens one of 20 parallel requests with the same user code', async () => {
      const userCodeHash = hashOf(1);
      const answers = await inParallel(20, async () =>
        stores.devices.open(await deviceFor(stores, world, { userCodeHash }), many),
      );
      assert.equal(answers.filter((answer) => answer === 'opened').length, 1);
      assert.equal(answers.filter((answer) => answer === 'code-taken').length, 19);
    });

    it('binds to the first of two people, and stays theirs', async () => {
      const request = await opened();
      const other = await newUser(stores);
      const bound = await inParallel(20, async (index) => ({
        index,
        won: await stores.devices.bind(
          request.id,
          [world.user.id, other.id][index % 2] ?? 0,
          index,
          startMs + 1,
        ),
      }));
      const winners = new Set(bound.filter(({ won }) => won).map(({ index }) => index % 2));
      assert.equal(winners.size, 1);
      const owner = winners.has(0) ? world.user.id : other.id;
      const stranger = winners.has(0) ? other.id : world.user.id;
      assert.equal((await stores.devices.find(request.id))?.boundUserId, owner);
      const key = await keyIn(stores, world);
      const trace = traceAt(startMs + 2);
      assert.equal(await stores.devices.approveWithKey(request.id, stranger, key, 10, trace), 'gone');
      assert.equal(await stores.keys.find(key.id), undefined);
      assert.equal(await stores.devices.deny(request.id, stranger, trace), false);
      assert.equal(await stores.devices.deny(request.id, owner, trace), true);
    });

    it('lets the terminal take a request back, once, and never one that was approved', async () => {
      const request = await opened();
      const trace = traceAt(startMs + 2);
      const answers = await inParallel(10, () => stores.devices.withdraw(request.id, trace));
      assert.equal(answers.filter(Boolean).length, 1);
      const key = await uncollectedKeyIn(stores, world);
      assert.equal(await stores.devices.approveWithKey(request.id, world.user.id, key, 100, trace), 'gone');
      const raced = await opened();
      const [answer, withdrawn] = await Promise.all([
        stores.devices.approveWithKey(raced.id, world.user.id, key, 100, trace),
        stores.devices.withdraw(raced.id, trace),
      ]);
      assert.equal(answer, withdrawn ? 'gone' : 'approved');
    });

    it('approves once: one key for 30 parallel approvals [security 44]', async () => {
      const request = await opened();
      const answers = await inParallel(30, async () => {
        const key = await uncollectedKeyIn(stores, world);
        const trace = traceAt(startMs + 3);
        const answer = await stores.devices.approveWithKey(request.id, world.user.id, key, 10, trace);
        return { key, answer };
      });
      const winners = answers.filter(({ answer }) => answer === 'approved');
      assert.equal(winners.length, 1);
      assert.ok(answers.every(({ answer }) => answer === 'approved' || answer === 'gone'));
      const key = winners[0]?.key;
      assert.deepEqual(await stores.keys.listOf(world.user.id), [key]);
      assert.deepEqual(await stores.devices.find(request.id), {
        ...request,
        approvedAtMs: startMs + 3,
        userId: world.user.id,
        workspaceId: world.workspace.id,
        keyId: key?.id,
      });
    });

    it('lets approval or denial win when both come at once, and nothing follows a denial', async () => {
      for (let round = 0; round < 15; round += 1) {
        const request = await opened();
        const key = await uncollectedKeyIn(stores, world);
        const [answer, denied] = await Promise.all([
          stores.devices.approveWithKey(request.id, world.user.id, key, 100, traceAt(startMs + 4)),
          stores.devices.deny(request.id, world.user.id, traceAt(startMs + 4)),
        ]);
        assert.equal(answer, denied ? 'gone' : 'approved');
        assert.equal((await stores.keys.find(key.id)) === undefined, denied);
      }
    });

    it('keeps the limit of keys per member: 10 of 40 parallel approvals of different requests', async () => {
      const requests = await inParallel(40, () => opened());
      const answers = await inParallel(40, async (index) => {
        const key = await uncollectedKeyIn(stores, world);
        const id = requests[index]?.id ?? 0;
        return stores.devices.approveWithKey(id, world.user.id, key, 10, traceAt(startMs + 5));
      });
      assert.equal(answers.filter((answer) => answer === 'approved').length, 10);
      assert.equal(answers.filter((answer) => answer === 'limit').length, 30);
      const states = await Promise.all(requests.map(({ id }) => stores.devices.find(id)));
      assert.equal(states.filter((request) => request?.approvedAtMs !== undefined).length, 10);
    });

    it('hands the key to one of 100 parallel polls on two nodes, and its hash is the winner’s [security 47]', async () => {
      const { request, key } = await approvedWithKey();
      const nodes = [stores, anotherNode(test.database)];
      const won = await inParallel(100, (index) => {
        const secret = { hash: hashOf(index), lastFour: String(1000 + index) };
        return (nodes[index % 2] ?? stores).devices.claimKey(request.id, secret, traceAt(startMs + 20));
      });
      assert.equal(won.filter(Boolean).length, 1);
      const winner = won.indexOf(true);
      assert.deepEqual(await stores.keys.find(key.id), {
        ...key,
        hash: hashOf(winner),
        lastFour: String(1000 + winner),
        collectedAtMs: startMs + 20,
      });
      assert.equal((await stores.devices.find(request.id))?.claimedAtMs, startMs + 20);
    });

    it('hands over nothing before approval, after the end, or once the key or membership is gone [security 46, 48]', async () => {
      const secret = { hash: hashOf(9), lastFour: '9999' };
      const pending = await opened();
      assert.equal(await stores.devices.claimKey(pending.id, secret, traceAt(startMs + 1)), false);
      const late = await approvedWithKey();
      const end = late.request.expiresAtMs;
      assert.equal(await stores.devices.claimKey(late.request.id, secret, traceAt(end)), false);
      const revoked = await approvedWithKey();
      await stores.keys.revoke(revoked.key.id, traceAt(startMs + 11));
      assert.equal(await stores.devices.claimKey(revoked.request.id, secret, traceAt(startMs + 12)), false);
      const left = await approvedWithKey();
      await stores.workspaces.endMember(world.member.id, traceAt(startMs + 13));
      assert.equal(await stores.devices.claimKey(left.request.id, secret, traceAt(startMs + 14)), false);
      assert.equal((await stores.devices.find(left.request.id))?.deniedAtMs, startMs + 13);
      for (const { key } of [late, revoked, left]) {
        assert.equal((await stores.keys.find(key.id))?.collectedAtMs, undefined);
      }
    });

    it('approves with a connection and grants once to 50 parallel polls', async () => {
      const request = await opened({ outcome: 'grant' });
      const connection = await connectionIn(stores, world);
      const approve = () =>
        stores.devices.approveWithConnection(request.id, world.user.id, connection, traceAt(startMs + 6));
      assert.equal(await approve(), 'approved');
      assert.deepEqual(await stores.connections.find(connection.id), connection);
      const polls = await inParallel(50, async () => {
        const grant = await grantUnder(stores, connection);
        return { grant, won: await stores.devices.claimGrant(request.id, grant, traceAt(startMs + 7)) };
      });
      const winners = polls.filter(({ won }) => won);
      assert.equal(winners.length, 1);
      const found = await Promise.all(polls.map(({ grant }) => stores.connections.loadChain(grant.id)));
      assert.deepEqual(
        found.flatMap((chain) => chain?.grant ?? []),
        winners.map(({ grant }) => grant),
      );
      assert.equal((await stores.devices.find(request.id))?.grantId, winners[0]?.grant.id);
    });

    it('makes no connection in a workspace that the person has left', async () => {
      const request = await opened({ outcome: 'grant' });
      await stores.workspaces.endMember(world.member.id, traceAt(startMs + 5));
      const connection = await connectionIn(stores, world);
      const trace = traceAt(startMs + 6);
      const answer = await stores.devices.approveWithConnection(request.id, world.user.id, connection, trace);
      assert.equal(answer, 'gone');
      assert.equal(await stores.connections.find(connection.id), undefined);
      assert.equal(await stores.workspaces.findMembership(world.user.id, world.workspace.id), undefined);
    });

    it('never leaves a live grant when poll and disconnect race, 30 rounds', async () => {
      for (let round = 0; round < 30; round += 1) {
        const request = await opened({ outcome: 'grant' });
        const connection = await connectionIn(stores, world);
        const trace = traceAt(startMs + 6);
        await stores.devices.approveWithConnection(request.id, world.user.id, connection, trace);
        const grant = await grantUnder(stores, connection);
        const [claimed] = await Promise.all([
          stores.devices.claimGrant(request.id, grant, traceAt(startMs + 7)),
          stores.connections.end(connection.id, traceAt(startMs + 7)),
        ]);
        const chain = await stores.connections.loadChain(grant.id);
        assert.equal(chain !== undefined, claimed);
        if (chain !== undefined) assert.equal(chain.grant.endedAtMs, startMs + 7);
      }
    });
  });

  describe(`the number of pending device requests on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    let world: World;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
      world = await newWorld(stores);
    });
    after(() => test.close());

    const open = async (fields: Partial<DeviceRequest> = {}) => {
      const request = await deviceFor(stores, world, fields);
      return { request, answer: await stores.devices.open(request, 10) };
    };

    it('is never above its limit: 10 of 40 parallel; deciding or expiring gives each place back once [security 48c]', async () => {
      const answers = await inParallel(40, () => open());
      const pending = answers.filter(({ answer }) => answer === 'opened').map(({ request }) => request);
      assert.equal(pending.length, 10);
      assert.equal(answers.filter(({ answer }) => answer === 'too-many').length, 30);
      const [approved, denied] = pending;
      assert.ok(approved && denied);
      const key = await uncollectedKeyIn(stores, world);
      await stores.devices.approveWithKey(approved.id, world.user.id, key, 10, traceAt(startMs + 1));
      await inParallel(5, () => stores.devices.deny(denied.id, world.user.id, traceAt(startMs + 1)));
      const endMs = startMs + 600_000;
      const later = { createdAtMs: startMs + 2, expiresAtMs: endMs + 300_000 };
      const second = await inParallel(6, () => open(later));
      assert.equal(second.filter(({ answer }) => answer === 'opened').length, 2);
      const third = await inParallel(30, () => open({ createdAtMs: endMs, expiresAtMs: endMs + 600_000 }));
      assert.equal(third.filter(({ answer }) => answer === 'opened').length, 8);
    });

    it('is not changed by discarding, which takes what ended, in slices, and nothing else', async () => {
      const endMs = startMs + 600_000;
      assert.equal((await open({ createdAtMs: endMs + 1 })).answer, 'too-many');
      assert.equal(await stores.devices.discard(startMs + 1, 100), 0);
      assert.equal(await stores.devices.discard(endMs + 1, 5), 5);
      assert.equal(await stores.devices.discard(endMs + 1, 100), 5);
      assert.equal((await open({ createdAtMs: endMs + 1 })).answer, 'too-many');
      assert.equal(await stores.devices.discard(endMs + 600_001, 100), 10);
      assert.equal((await open({ createdAtMs: endMs + 600_001 })).answer, 'opened');
    });
  });
}
