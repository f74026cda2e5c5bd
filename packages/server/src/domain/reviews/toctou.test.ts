// What is approved is what was seen, however a change slips in meanwhile [security 51]; and who decided is on record [security 53].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { caused, startService, type Service } from '../../testing/service.ts';
import { openDesk, type Desk } from '../../testing/review-desk.ts';
import { perform } from '../operation.ts';
import { approve } from './decide.ts';
import { takeReview } from './take.ts';
import { addReviewNote } from './add-note.ts';

const ROUNDS = 8;

for (const database of databases) {
  describe(`a decision on ${database.name}`, () => {
    let service: Service;
    let desk: Desk;
    before(async () => {
      service = await startService(database);
      desk = await openDesk(service);
    });
    after(() => service.close());

    it('against withdraw, change and resubmission at the same time: never for what was not seen [security 51]', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const app = await desk.newApp();
        assert.equal(await desk.submit(app), 'ok');
        const seen = (await desk.open(app)) ?? assert.fail();
        const input = {
          review: String(seen.id),
          version: seen.version,
          versionHash: seen.versionHash,
        };
        const slipIn = async (): Promise<void> => {
          if ((await desk.withdraw(app)) !== 'ok') return;
          assert.equal(await desk.change(app, 'Slipped In'), 'ok');
          assert.equal(await desk.submit(app), 'ok');
        };
        const [decided] = await Promise.all([
          perform(service.domain, approve, { asker: desk.rory, caused }, input),
          slipIn(),
        ]);
        const now = await desk.current(app);
        assert.deepEqual(
          [now.status, now.name],
          decided.ok ? ['production', app.name] : ['under-review', 'Slipped In'],
          `round ${round}`,
        );
        // The old page decides nothing later either.
        const late = await perform(service.domain, approve, { asker: desk.rory, caused }, input);
        assert.equal(late.ok, false);
        assert.equal((await desk.current(app)).status, now.status);
      }
    });

    it('on an edit, against cancel and another edit at the same time: live is what was seen, or what was [security 51]', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const app = await desk.newApp({ status: 'production' });
        assert.equal(await desk.saveEdit(app, 'Seen Name'), 'ok');
        assert.equal(await desk.submitEdit(app, 'at-once'), 'ok');
        const seen = (await desk.open(app)) ?? assert.fail();
        const input = {
          review: String(seen.id),
          version: seen.version,
          versionHash: seen.versionHash,
        };
        const slipIn = async (): Promise<void> => {
          if ((await desk.cancel(app)) !== 'ok') return;
          assert.equal(await desk.choosePermissions(app, ['me.get', 'leads.list', 'leads.create']), 'ok');
          assert.equal(await desk.submitEdit(app, 'at-once'), 'ok');
        };
        const [decided] = await Promise.all([
          perform(service.domain, approve, { asker: desk.rory, caused }, input),
          slipIn(),
        ]);
        const now = await desk.current(app);
        assert.equal(now.name, decided.ok ? 'Seen Name' : app.name, `round ${round}`);
        assert.equal(now.permissionSetId, app.permissionSetId, 'nothing that was not seen acts');
        assert.equal(now.epoch, app.epoch);
      }
    });

    it('leaves who took, noted, declined and approved in the audit log [security 53]', async () => {
      const app = await desk.newApp();
      assert.equal(await desk.submit(app), 'ok');
      const open = (await desk.open(app)) ?? assert.fail();
      const by = { asker: desk.rory, caused };
      const review = String(open.id);
      assert.ok((await perform(service.domain, takeReview, by, { review })).ok);
      assert.ok((await perform(service.domain, addReviewNote, by, { review, text: 'Looks fine.' })).ok);
      assert.equal(await desk.decline(app), 'ok');
      assert.equal(await desk.submit(app), 'ok');
      assert.equal(await desk.approve(app), 'ok');
      const { id } = desk.rory.user;
      const entries = await service.domain.stores.audit.list({ actor: { kind: 'user', id } }, undefined, 100);
      const verbs = new Set(entries.map(({ verb }) => verb));
      for (const verb of ['reviews.take', 'reviews.note', 'reviews.decline', 'reviews.approve'])
        assert.ok(verbs.has(verb), verb);
    });
  });
}
