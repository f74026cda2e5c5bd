// The promises of CodeStore, races included.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CodeStore } from '../../domain/codes/store.ts';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  codeIn,
  connectionIn,
  grantUnder,
  inParallel,
  newWorld,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
  type World,
} from '../testing/stores.ts';

type Answer = Awaited<ReturnType<CodeStore['redeem']>>;

for (const testDatabase of databases) {
  describe(`codes on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    let world: World;

    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
      world = await newWorld(stores);
    });
    after(() => test.close());

    const issued = async (fields = {}): Promise<number> => {
      const code = await codeIn(stores, world, fields);
      await stores.codes.issue(code, traceAt(startMs));
      return code.id;
    };
    const redemption = async (codeId: number, atMs = startMs + 10) => {
      const connection = await connectionIn(stores, world);
      return { codeId, atMs, connection, grant: await grantUnder(stores, connection) };
    };

    it('gives a code back as it was issued', async () => {
      const withChallenge = await codeIn(stores, world);
      const { challenge: _, ...without } = await codeIn(stores, world, { redirectUriStated: false });
      for (const code of [withChallenge, without]) {
        await stores.codes.issue(code, traceAt(startMs));
        assert.deepEqual(await stores.codes.find(code.id), code);
      }
      assert.equal(await stores.codes.find(999_999_999), undefined);
    });

    it('has exactly one winner of 1,000 parallel redemptions on two nodes; the others learn its grant [security 20]', async () => {
      const codeId = await issued();
      const nodes = [stores, anotherNode(test.database)];
      const steps = await inParallel(1000, () => redemption(codeId));
      const answers: Answer[] = await inParallel(1000, async (index) => {
        const [node, step] = [nodes[index % 2], steps[index]];
        assert.ok(node && step);
        return node.codes.redeem(step, traceAt(step.atMs));
      });
      const winner = answers.indexOf('redeemed');
      const won = steps[winner];
      assert.ok(won);
      assert.equal(answers.filter((answer) => answer === 'redeemed').length, 1);
      const loser = { replayOf: won.grant.id, redeemedAtMs: won.atMs };
      assert.deepEqual(
        answers.filter((answer) => answer !== 'redeemed'),
        Array.from({ length: 999 }, () => loser),
      );
      assert.deepEqual(
        (await stores.connections.activeOf(world.user.id, world.app.id, world.workspace.id)).map(
          ({ id }) => id,
        ),
        [won.connection.id],
      );
      assert.deepEqual((await stores.connections.loadChain(won.grant.id))?.grant, won.grant);
    });

    it('answers gone for an expired, burnt or unknown code, and makes nothing [security 19, 21]', async () => {
      const expired = await issued();
      const burnt = await issued();
      await stores.codes.burn(burnt, traceAt(startMs + 1));
      const steps = [
        await redemption(expired, startMs + 60_000),
        await redemption(burnt),
        await redemption(123_456_789),
      ];
      for (const step of steps) {
        assert.equal(await stores.codes.redeem(step, traceAt(step.atMs)), 'gone');
        assert.equal(await stores.connections.find(step.connection.id), undefined);
        assert.equal(await stores.connections.loadChain(step.grant.id), undefined);
      }
    });

    it('lets either the burn or the redemption win when both come at once, never both', async () => {
      for (let round = 0; round < 20; round += 1) {
        const codeId = await issued();
        const step = await redemption(codeId);
        const [answer] = await Promise.all([
          stores.codes.redeem(step, traceAt(step.atMs)),
          stores.codes.burn(codeId, traceAt(step.atMs)),
        ]);
        const code = await stores.codes.find(codeId);
        assert.ok(code);
        assert.equal(answer === 'redeemed', code.redeemedAtMs !== undefined);
        assert.equal(answer === 'gone', code.burntAtMs !== undefined);
      }
    });

    it('redeems nothing for a membership that ends at the same moment, or ends what it made', async () => {
      for (let round = 0; round < 20; round += 1) {
        const fresh = await newWorld(stores);
        const code = await codeIn(stores, fresh);
        await stores.codes.issue(code, traceAt(startMs));
        const connection = await connectionIn(stores, fresh);
        const grant = await grantUnder(stores, connection);
        const step = { codeId: code.id, atMs: startMs + 5, connection, grant };
        const [answer] = await Promise.all([
          stores.codes.redeem(step, traceAt(step.atMs)),
          stores.workspaces.endMember(fresh.member.id, traceAt(step.atMs)),
        ]);
        const chain = await stores.connections.loadChain(grant.id);
        assert.equal(chain !== undefined, answer === 'redeemed');
        if (chain === undefined) continue;
        assert.equal(chain.connection.endedAtMs, step.atMs);
        assert.equal(chain.grant.endedAtMs, step.atMs);
      }
    });

    it('redeems nothing in a workspace that the person has left, even a code issued afterwards', async () => {
      const fresh = await newWorld(stores);
      await stores.workspaces.endMember(fresh.member.id, traceAt(startMs + 1));
      const code = await codeIn(stores, fresh);
      await stores.codes.issue(code, traceAt(startMs + 2));
      const connection = await connectionIn(stores, fresh);
      const grant = await grantUnder(stores, connection);
      const step = { codeId: code.id, atMs: startMs + 3, connection, grant };
      assert.equal(await stores.codes.redeem(step, traceAt(step.atMs)), 'gone');
      assert.equal(await stores.connections.find(connection.id), undefined);
    });

    it('burns the pending codes of a consent that is disconnected [security 57]', async () => {
      const fresh = await newWorld(stores);
      const first = await codeIn(stores, fresh);
      const pending = await codeIn(stores, fresh);
      const foreign = await codeIn(stores, world);
      for (const code of [first, pending, foreign]) await stores.codes.issue(code, traceAt(startMs));
      const connection = await connectionIn(stores, fresh);
      const grant = await grantUnder(stores, connection);
      await stores.codes.redeem({ codeId: first.id, atMs: startMs + 1, connection, grant }, traceAt(startMs));
      assert.equal(await stores.connections.end(connection.id, traceAt(startMs + 2)), true);
      assert.equal((await stores.codes.find(pending.id))?.burntAtMs, startMs + 2);
      assert.equal((await stores.codes.find(foreign.id))?.burntAtMs, undefined);
    });

    it('discards what is over and old, in slices, and never a live code', async () => {
      const day = 86_400_000;
      const old = { issuedAtMs: startMs - day, expiresAtMs: startMs - day + 60_000 };
      const over = [await issued(old), await issued(old), await issued(old)];
      const live = await issued({ issuedAtMs: startMs - day, expiresAtMs: startMs + day });
      assert.equal(await stores.codes.discard(startMs - 3_600_000, 2), 2);
      assert.equal(await stores.codes.discard(startMs - 3_600_000, 2), 1);
      assert.equal(await stores.codes.discard(startMs - 3_600_000, 2), 0);
      for (const id of over) assert.equal(await stores.codes.find(id), undefined);
      assert.ok(await stores.codes.find(live));
    });
  });
}
