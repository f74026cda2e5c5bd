// The promises of the feed and of the trace that every write leaves.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  inParallel,
  newUser,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
} from '../testing/stores.ts';

for (const testDatabase of databases) {
  describe(`changes on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    it('start at 0 with nothing', async () => {
      assert.deepEqual(await stores.changes.after(0, 10), []);
      assert.equal(await stores.changes.lastBefore(startMs), 0);
    });

    it('are never skipped by a reader that only asks for what follows, while 200 are written in parallel', async () => {
      const other = anotherNode(test.database);
      const expected = Array.from({ length: 200 }, (_, index) => index + 1);
      let writing = true;
      const writes = inParallel(200, (index) =>
        (index % 2 === 0 ? stores : other).changes.revokeToken(index + 1, startMs + 9000, traceAt(startMs)),
      ).finally(() => {
        writing = false;
      });
      const seen: number[] = [];
      let cursor = 0;
      for (let last = false; !last;) {
        last = !writing;
        // SQLite answers reads within the turn; the writers need turns of their own.
        await setImmediate();
        const changes = await stores.changes.after(cursor, 7);
        if (changes.length > 0) last = false;
        for (const { n, id } of changes) {
          assert.equal(n, cursor + 1, 'numbers come in order, without a gap');
          cursor = n;
          seen.push(id);
        }
      }
      await writes;
      assert.deepEqual(
        seen.toSorted((a, b) => a - b),
        expected,
      );
    });

    it('tell where a reload must start so that nothing of a time or later is missed', async () => {
      const [last] = (await stores.changes.after(0, 10_000)).slice(-1);
      assert.ok(last);
      assert.equal(await stores.changes.lastBefore(startMs + 1), last.n);
      await stores.changes.revokeToken(901, startMs + 9000, traceAt(startMs + 10));
      await stores.changes.revokeToken(902, startMs + 9000, traceAt(startMs + 8));
      await stores.changes.revokeToken(903, startMs + 9000, traceAt(startMs + 20));
      assert.equal(await stores.changes.lastBefore(startMs + 8), last.n);
      assert.equal(
        await stores.changes.lastBefore(startMs + 9),
        last.n,
        'a clock a little behind hides nothing',
      );
      assert.equal(await stores.changes.lastBefore(startMs + 15), last.n + 2);
      assert.equal(await stores.changes.lastBefore(startMs + 21), last.n + 3);
    });

    it('are discarded in slices, but a revoked token not before it would have expired', async () => {
      const user = await newUser(stores);
      const at = startMs + 100;
      await stores.changes.revokeToken(777, startMs + 50_000, traceAt(at));
      await stores.users.setDisabled(user.id, true, traceAt(at));
      const all = await stores.changes.after(0, 10_000);
      const discarded = [
        await stores.changes.discard(startMs + 9001, 150),
        await stores.changes.discard(startMs + 9001, 150),
        await stores.changes.discard(startMs + 9001, 150),
      ];
      assert.deepEqual(discarded, [150, all.length - 151, 0]);
      const left = await stores.changes.after(0, 10_000);
      assert.deepEqual(
        left.map(({ kind, id }) => ({ kind, id })),
        [{ kind: 'token', id: 777 }],
      );
      await stores.users.setDisabled(user.id, false, traceAt(at + 1));
      const [newest] = await stores.changes.after(left[0]?.n ?? 0, 10);
      assert.ok((newest?.n ?? 0) > all.length, 'a number never comes back');
    });

    it('are heard by the node before its writing method answers', async () => {
      const user = await newUser(stores);
      const before = test.heard.length;
      const writing = stores.users.setDisabled(user.id, true, traceAt(startMs)).then(() => test.heard.length);
      assert.equal(await writing, before + 1);
    });

    it('stand beside an audit row that says who did what to which thing, and a lost write leaves none', async () => {
      const user = await newUser(stores);
      const trace = {
        verb: 'users.disable',
        actor: { kind: 'user', id: 42 },
        requestId: 'request-77',
        atMs: startMs + 7,
        detail: { reason: 'it’s gone', tries: 2 },
      } as const;
      assert.equal(await stores.users.setDisabled(user.id, true, trace), true);
      assert.equal(await stores.users.setDisabled(user.id, true, trace), false);
      const rows = await test.database.read({
        sql: `select at, verb, actor_kind, actor_id, subject_kind, subject_id, detail from audit
          where request_id = 'request-77'`,
        values: {},
      });
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [
          {
            at: startMs + 7,
            verb: 'users.disable',
            actor_kind: 'user',
            actor_id: 42,
            subject_kind: 'user',
            subject_id: user.id,
            detail: '{"reason":"it’s gone","tries":2}',
          },
        ],
      );
    });
  });
}
