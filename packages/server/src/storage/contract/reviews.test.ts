// The promises of the review store: one open submission, transitions whole or not at all, the queue, mails owed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import type { Stores } from '../../domain/stores.ts';
import { databases } from '../testing/databases.ts';
import { submissionOf } from '../testing/submissions.ts';
import {
  anotherNode,
  connected,
  inParallel,
  newApp,
  newUser,
  newWorld,
  openTestStores,
  startMs,
  traceAt,
  type TestStores,
} from '../testing/stores.ts';

for (const testDatabase of databases) {
  describe(`reviews on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    const current = async (app: App): Promise<App> => (await stores.apps.find(app.id)) ?? assert.fail();
    const put = async (app: App, fields: Partial<Submission> = {}): Promise<Submission> => {
      const submission = await submissionOf(stores, app, fields);
      const now = await current(app);
      const step = { app: { ...now, version: now.version + 1 }, fromAppVersion: now.version, submission };
      assert.ok(await stores.reviews.move(step, traceAt(startMs)));
      return submission;
    };

    it('are given back as they were written, by number, as the app’s open one, and for its vendor', async () => {
      const app = await newApp(stores);
      const submission = await put(app);
      assert.deepEqual(await stores.reviews.find(submission.id), submission);
      assert.deepEqual(await stores.reviews.openOf(app.id), submission);
      assert.deepEqual(await stores.reviews.lastSubmittedOf(app.id), submission);
      assert.deepEqual(await stores.reviews.openOfVendor(app.vendorId ?? 0), []);
      assert.equal(await stores.reviews.lastBreakingOf(app.id), undefined);
    });

    it('of 20 submissions of one app begun at once, on two nodes, one is made; the others leave nothing', async () => {
      const app = await newApp(stores);
      const nodes = [stores, anotherNode(test.database)];
      const answers = await inParallel(20, async (index) => {
        const submission = await submissionOf(stores, app);
        const step = { app: { ...app, version: 2, name: `by ${index}` }, fromAppVersion: 1, submission };
        return (nodes[index % 2] ?? stores).reviews.move(step, traceAt(startMs));
      });
      assert.equal(answers.filter(Boolean).length, 1);
      assert.equal((await current(app)).name, `by ${answers.indexOf(true)}`);
    });

    it('move with their app or not at all, in any of many transitions at once', async () => {
      const app = await newApp(stores);
      const first = await put(app);
      const now = await current(app);
      const heardBefore = test.heard.length;
      const answers = await inParallel(20, (index) =>
        stores.reviews.move(
          {
            app: { ...now, version: now.version + 1, epoch: index + 2 },
            fromAppVersion: now.version,
            submission: { ...first, version: 2, status: 'published', closedAtMs: startMs + 1 },
            fromVersion: 1,
          },
          traceAt(startMs + 1),
        ),
      );
      assert.equal(answers.filter(Boolean).length, 1);
      assert.equal((await current(app)).epoch, answers.indexOf(true) + 2);
      assert.deepEqual(
        test.heard.slice(heardBefore).map(({ kind, epoch }) => [kind, epoch]),
        [['app', answers.indexOf(true) + 2]],
      );
      assert.equal(await stores.reviews.openOf(app.id), undefined);
      assert.equal((await stores.reviews.lastBreakingOf(app.id))?.id, first.id);
      const again = { ...first, version: 3, status: 'under-review' } as const;
      const later = await current(app);
      const reopen = {
        app: { ...later, version: later.version + 1 },
        fromAppVersion: later.version,
        submission: again,
        fromVersion: 2,
      };
      assert.equal(await stores.reviews.move(reopen, traceAt(startMs + 2)), false, 'closed for good');
    });

    it('are taken by one of many reviewers, and decided by none but the holder', async () => {
      const app = await newApp(stores);
      const submission = await put(app);
      const reviewers = await inParallel(8, () => newUser(stores, { platformRole: 'reviewer' }));
      const taken = await Promise.all(
        reviewers.map(({ id }) => stores.reviews.take(submission.id, undefined, id, traceAt(startMs + 1))),
      );
      assert.equal(taken.filter(Boolean).length, 1);
      const holder = reviewers[taken.indexOf(true)] ?? assert.fail();
      const other = reviewers[taken.indexOf(false)] ?? assert.fail();
      const now = await current(app);
      const decide = (by: number) =>
        stores.reviews.move(
          {
            app: { ...now, version: now.version + 1 },
            fromAppVersion: now.version,
            submission: { ...submission, version: 2, status: 'approved', reviewerId: by, decidedBy: by },
            fromVersion: 1,
            decidedBy: by,
          },
          traceAt(startMs + 2),
        );
      assert.equal(await decide(other.id), false);
      assert.equal(await decide(holder.id), true);
      assert.equal(
        await stores.reviews.take(submission.id, holder.id, other.id, traceAt(startMs + 3)),
        false,
      );
    });

    it('queue the longest waiting first, by kind and in pages, without deleted apps', async () => {
      const reviewer = await newUser(stores);
      const counts = await stores.reviews.queueCounts(reviewer.id);
      const apps = await inParallel(4, () => newApp(stores));
      const [one, two, three, gone] = [
        await put(apps[0] ?? assert.fail(), { kind: 'app', breaking: false, submittedAtMs: startMs + 30 }),
        await put(apps[1] ?? assert.fail(), { breaking: false, submittedAtMs: startMs + 20 }),
        await put(apps[2] ?? assert.fail(), { submittedAtMs: startMs + 20 }),
        await put(apps[3] ?? assert.fail(), { submittedAtMs: startMs + 10 }),
      ];
      const deleted = await current(apps[3] ?? assert.fail());
      const next = { ...deleted, deletedAtMs: startMs, version: deleted.version + 1 };
      assert.ok(await stores.apps.replace(next, deleted.version, traceAt(startMs)));
      await stores.reviews.take(three.id, undefined, reviewer.id, traceAt(startMs));
      const from = { id: 0, submittedAtMs: startMs + 1 };
      const ids = async (filter: 'all' | 'new-app' | 'standard' | 'breaking' | 'mine') =>
        (await stores.reviews.queue(filter, reviewer.id, from, 10)).map(({ id }) => id);
      assert.deepEqual(await ids('all'), [two.id, three.id, one.id]);
      assert.deepEqual(await ids('new-app'), [one.id]);
      assert.deepEqual(await ids('standard'), [two.id]);
      assert.deepEqual(await ids('breaking'), [three.id]);
      assert.deepEqual(await ids('mine'), [three.id]);
      assert.ok(!(await ids('all')).includes(gone.id));
      const after = { id: two.id, submittedAtMs: startMs + 20 };
      const page = await stores.reviews.queue('all', reviewer.id, after, 1);
      assert.deepEqual(
        page.map(({ id }) => id),
        [three.id],
      );
      const now = await stores.reviews.queueCounts(reviewer.id);
      assert.deepEqual([now.all - counts.all, now.mine, now['new-app'] - counts['new-app']], [3, 1, 1]);
    });

    it('keep notes in order', async () => {
      const app = await newApp(stores);
      const submission = await put(app);
      const user = await newUser(stores);
      for (const text of ['first', 'second', 'third']) {
        const note = {
          id: await stores.nextId(),
          submissionId: submission.id,
          userId: user.id,
          atMs: startMs,
          text,
        };
        await stores.reviews.addNote(note, app.id, traceAt(startMs, 'reviews.note'));
      }
      const notes = await stores.reviews.notesOf(submission.id, 2);
      assert.deepEqual(
        notes.map(({ text }) => text),
        ['second', 'third'],
      );
      const history = await stores.reviews.historyOf(app.id, ['reviews.note'], undefined, 10);
      assert.equal(history.length, 3);
    });

    it('count whom a breaking publish signs out: active, of this epoch, not by a key', async () => {
      const world = await newWorld(stores);
      assert.equal(await stores.reviews.wasEverConnected(world.app.id), false);
      const { connection, grant } = await connected(stores, world);
      const count = (epoch: number, atMs: number): Promise<number> =>
        stores.reviews.countSignedIn(world.app.id, epoch, atMs);
      assert.deepEqual([await count(1, startMs + 2), await count(2, startMs + 2)], [1, 0]);
      assert.equal(await count(1, grant.endsAtMs), 0);
      await stores.connections.end(connection.id, traceAt(startMs + 3));
      assert.equal(await count(1, startMs + 4), 0);
      assert.equal(await stores.reviews.wasEverConnected(world.app.id), true);
    });

    it('owe each person one mail: of ten workers at one batch one writes it, and a finished notice is over', async () => {
      const world = await newWorld(stores);
      await connected(stores, world);
      const submission = await submissionOf(stores, world.app);
      const step = {
        app: { ...world.app, version: 2, epoch: 2 },
        fromAppVersion: 1,
        submission,
        notice: { id: await stores.nextId() },
      };
      assert.ok(await stores.reviews.move(step, traceAt(startMs + 5)));
      const notice = (await stores.reviews.nextNotice()) ?? assert.fail();
      assert.equal(notice.submissionId, submission.id);
      const people = await stores.reviews.peopleToTell(notice, 10);
      assert.deepEqual(people, [{ userId: world.user.id, email: world.user.email }]);
      const mail = { to: world.user.email, subject: 's', purpose: 'contract', body: new Uint8Array([1]) };
      const answers = await inParallel(10, () =>
        stores.reviews.told(notice, world.user.id, 1, true, { ...traceAt(startMs + 6), mails: [mail] }),
      );
      assert.equal(answers.filter(Boolean).length, 1);
      const mails = (await stores.mails.list(undefined, 100)).filter(({ purpose }) => purpose === 'contract');
      assert.equal(mails.length, 1);
      assert.notEqual((await stores.reviews.nextNotice())?.id, notice.id);
    });
  });
}
