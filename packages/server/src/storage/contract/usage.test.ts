import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createUsageRecorder } from '../../domain/usage/recorder.ts';
import { DAY_MS, MINUTE_MS, type UsageCount } from '../../domain/usage/usage.ts';
import { databases } from '../testing/databases.ts';
import { newApp, openTestStores, startMs, type TestStores } from '../testing/stores.ts';

for (const database of databases) {
  describe(`usage on ${database.name}`, () => {
    let test: TestStores;
    before(async () => {
      test = await openTestStores(database);
    });
    after(() => test.close());

    const fail = (error: unknown): never => {
      throw error;
    };
    const observed = (appId: number, atMs: number, status: number, reason = 'ok') => ({
      appId,
      atMs,
      method: 'GET',
      path: '/v1.0/leads',
      what: 'leads.list',
      status,
      reason,
      requestId: 'r',
      durationMs: 3,
    });
    const total = (counts: readonly UsageCount[], outcome: string): number =>
      counts.filter((count) => count.outcome === outcome).reduce((sum, { count }) => sum + count, 0);

    it('adds up by minute and day, whatever number of writers add at once', async () => {
      const app = await newApp(test.stores);
      const recorders = Array.from({ length: 8 }, () => createUsageRecorder(test.stores, fail));
      for (const recorder of recorders) {
        for (let i = 0; i < 25; i += 1)
          recorder.request(observed(app.id, startMs + i * 5_000, i % 5 === 0 ? 403 : 200));
        recorder.token(app.id, 'refresh_token', 200, startMs);
      }
      await Promise.all(recorders.map((recorder) => recorder.flush()));
      const minutes = await test.stores.usage.minutesOf(
        app.id,
        startMs - MINUTE_MS,
        startMs + 10 * MINUTE_MS,
      );
      const days = await test.stores.usage.daysOf(app.id, startMs - DAY_MS, startMs + DAY_MS);
      for (const counts of [minutes, days]) {
        assert.equal(total(counts, '2xx'), 8 * 21);
        assert.equal(total(counts, '4xx'), 8 * 5);
      }
      assert.equal(days.find(({ what }) => what === 'token/refresh_token')?.count, 8);
      assert.ok(new Set(minutes.map((count) => count.startMs)).size >= 2);
      assert.ok(minutes.every((count) => count.startMs % MINUTE_MS === 0));
    });

    it('keeps the last requests of an app, newest first, and finds the refused ones', async () => {
      const app = await newApp(test.stores);
      const other = await newApp(test.stores);
      const recorder = createUsageRecorder(test.stores, fail);
      recorder.request(observed(other.id, startMs, 200));
      for (let i = 0; i < 30; i += 1)
        recorder.request(
          observed(app.id, startMs + i, i % 10 === 0 ? 403 : 200, i % 10 === 0 ? 'no-permission' : 'ok'),
        );
      await recorder.flush();
      await test.stores.usage.trim(app.id, 20);
      const kept = await test.stores.usage.requestsOf(app.id, { refused: false, limit: 100 });
      assert.deepEqual(
        kept.map(({ atMs }) => atMs - startMs),
        Array.from({ length: 20 }, (_, i) => 29 - i),
      );
      const refused = await test.stores.usage.requestsOf(app.id, { refused: true, limit: 100 });
      assert.deepEqual(
        refused.map(({ atMs, reason }) => [atMs - startMs, reason]),
        [
          [20, 'no-permission'],
          [10, 'no-permission'],
        ],
      );
      const page = await test.stores.usage.requestsOf(app.id, {
        refused: false,
        before: kept[4]?.id ?? 0,
        limit: 2,
      });
      assert.deepEqual(
        page.map(({ id }) => id),
        [kept[5]?.id, kept[6]?.id],
      );
      assert.equal((await test.stores.usage.requestsOf(other.id, { refused: false, limit: 10 })).length, 1);
    });

    it('forgets minutes and days past their time, and nothing younger', async () => {
      const app = await newApp(test.stores);
      const recorder = createUsageRecorder(test.stores, fail);
      recorder.request(observed(app.id, startMs - 2 * DAY_MS, 200));
      recorder.request(observed(app.id, startMs, 200));
      await recorder.flush();
      while ((await test.stores.usage.discard(startMs - DAY_MS, startMs - 400 * DAY_MS, 10)) > 0);
      const all = [app.id, 0, startMs + DAY_MS] as const;
      assert.equal((await test.stores.usage.minutesOf(...all)).length, 1);
      assert.equal((await test.stores.usage.daysOf(...all)).length, 2);
    });
  });
}
