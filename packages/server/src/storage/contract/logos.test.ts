// The promises of LogoStore.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import { inParallel, newApp, openTestStores, startMs, type TestStores, traceAt } from '../testing/stores.ts';
import { submissionOf } from '../testing/submissions.ts';

for (const testDatabase of databases) {
  describe(`logos on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    it('keep a logo by its hash, once', async () => {
      const png = new Uint8Array([1, 2, 3]);
      await inParallel(5, () => stores.logos.put('abc', png, startMs));
      assert.deepEqual(new Uint8Array((await stores.logos.find('abc')) ?? []), png);
      assert.equal(await stores.logos.find('abd'), undefined);
    });

    it('remove old pictures that no app and no submission names, a slice at a time', async () => {
      const names = ['b0', 'b1', 'b2', 'b3', 'b4'];
      for (const name of names) await stores.logos.put(name, new Uint8Array([1]), startMs);
      await newApp(stores, { logoHash: 'b0' });
      const edited = await newApp(stores, { status: 'production' });
      const submission = await submissionOf(stores, edited, { logoHash: 'b2' });
      const step = { app: { ...edited, version: 2 }, fromAppVersion: 1, submission };
      assert.ok(await stores.reviews.move(step, traceAt(startMs)));
      assert.equal(await stores.logos.keep('b3', startMs + 20), true);
      assert.equal(await stores.logos.keep('c0', startMs + 20), false);
      const last = await stores.logos.discardUnused('b', startMs + 10, 3);
      assert.equal(last, 'b2');
      assert.equal(await stores.logos.find('b1'), undefined);
      assert.ok(await stores.logos.find('b4'), 'not looked at yet');
      assert.equal(await stores.logos.discardUnused(last, startMs + 10, 3), undefined);
      const left = await Promise.all(names.map((name) => stores.logos.find(name)));
      assert.deepEqual(
        left.map((png) => png !== undefined),
        [true, false, true, true, false],
      );
      await stores.logos.put('b3', new Uint8Array([1]), startMs + 40);
      await stores.logos.discardUnused('b', startMs + 30, 10);
      assert.ok(await stores.logos.find('b3'), 'added again, so young again');
    });
  });
}
