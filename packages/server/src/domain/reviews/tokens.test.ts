// Random updates of one app, published one after the other: which tokens they end, judged by a model of sets.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { databases } from '../../storage/testing/databases.ts';
import { openDesk, type Desk } from '../../testing/review-desk.ts';
import { basic, startService, type Person, type Service } from '../../testing/service.ts';
import type { App } from '../apps/app.ts';

const ALL = ['me.get', 'members.list', 'leads.list', 'leads.get', 'leads.create'];
/** What `desk.newApp` begins with. */
const FIRST: ReadonlySet<string> = new Set(['me.get', 'leads.list']);

type Update = {
  readonly permissions: readonly string[];
  readonly renamed: boolean;
  readonly publish: 'at-once' | 'by-hand';
};

const update: fc.Arbitrary<Update> = fc.record({
  permissions: fc.subarray(ALL),
  renamed: fc.boolean(),
  publish: fc.constantFrom('at-once', 'by-hand'),
});

type Issued = { readonly access: string; readonly refresh: string; alive: boolean };

for (const database of databases) {
  describe(`tokens over random updates on ${database.name}`, () => {
    let service: Service;
    let desk: Desk;
    let ari: Person;
    before(async () => {
      service = await startService(database);
      desk = await openDesk(service);
      ari = await service.makePerson();
    });
    after(() => service.close());

    const issue = async (app: App): Promise<Issued> => {
      const answer = await service.post('/oauth/token', {
        grant_type: 'authorization_code',
        code: await service.makeCode(await desk.current(app), ari),
        redirect_uri: app.redirectUris[0] ?? '',
        client_id: app.clientId,
        client_secret: desk.secretOf(app),
      });
      assert.equal(answer.status, 200, answer.text);
      const { access_token: access, refresh_token: refresh } = answer.body;
      return { access: String(access), refresh: String(refresh), alive: true };
    };
    const isActive = async (token: string): Promise<boolean> => {
      const { clientId, secret } = service.resourceServer;
      const answer = await service.post('/oauth/introspect', { token }, basic(clientId, secret));
      return answer.body['active'] === true;
    };
    const check = async (issued: readonly Issued[], about: string): Promise<void> => {
      for (const [index, { access, refresh, alive }] of issued.entries())
        for (const token of [access, refresh])
          assert.equal(await isActive(token), alive, `${about}, tokens of connection ${index}`);
    };

    /** Proposes, approves, publishes; the tokens are looked at on the way. Answers false where nothing was to propose. */
    const publish = async (app: App, given: Update, count: number, issued: readonly Issued[]) => {
      const about = `update ${count} to ${given.permissions.join(' ')}`;
      if (given.renamed) assert.equal(await desk.saveEdit(app, `Name ${count}`), 'ok', about);
      assert.equal(await desk.choosePermissions(app, given.permissions), 'ok', about);
      const submitted = await desk.submitEdit(app, given.publish);
      if (submitted !== 'ok') {
        assert.equal(await desk.discard(app), 'ok', about);
        return submitted;
      }
      await check(issued, `${about}: submitted`);
      assert.equal(await desk.approve(app), 'ok', about);
      if (given.publish === 'by-hand') {
        await check(issued, `${about}: approved`);
        assert.equal(await desk.publish(app), 'ok', about);
      }
      return 'ok';
    };

    it('a publish that adds a permission ends every older token and no newer one; any other ends none, and none ever comes back [security 52]', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(update, { minLength: 1, maxLength: 6 }), async (updates) => {
          const app = await desk.newApp({ status: 'production' });
          const issued = [await issue(app)];
          let live = FIRST;
          for (const [count, given] of updates.entries()) {
            const answer = await publish(app, given, count, issued);
            if (answer === 'ok') {
              const adds = given.permissions.some((one) => !live.has(one));
              if (adds) for (const one of issued) one.alive = false;
              live = new Set(given.permissions);
            } else {
              const checks = given.permissions.length > 0 ? ['nothing-changed'] : ['incomplete'];
              assert.ok(checks.includes(answer), `update ${count} answered ${answer}`);
            }
            await check(issued, `after update ${count}`);
            issued.push(await issue(app));
          }
        }),
        { numRuns: database.name === 'sqlite' ? 25 : 5 },
      );
    });
  });
}
