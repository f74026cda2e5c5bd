import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRecordSecret, SECRET_PREFIX } from '../secrets/record-secret.ts';
import { databases } from '../storage/testing/databases.ts';
import { basic, startService, type Service, type TestApp } from '../testing/service.ts';

const MINUTE_MS = 60_000;

for (const database of databases) {
  describe(`client secrets on ${database.name}`, () => {
    let service: Service;
    before(async () => {
      service = await startService(database);
    });
    after(() => service.close());

    const isGood = async (app: TestApp, secret: string): Promise<boolean> => {
      const { status } = await service.post(
        '/oauth/introspect',
        { token: 'x' },
        basic(app.app.clientId, secret),
      );
      assert.ok(status === 200 || status === 401);
      return status === 200;
    };
    const roll = async (app: TestApp, othersEndAtMs: number): Promise<string> => {
      const { domain } = service;
      const id = await domain.stores.nextId();
      const made = createRecordSecret(SECRET_PREFIX.clientSecret, id, domain.secrets.random);
      const atMs = domain.now();
      const row = { id, appId: app.app.id, hash: made.hash, lastFour: made.lastFour, createdAtMs: atMs };
      const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs } as const;
      assert.equal(await domain.stores.apps.rollSecret(row, othersEndAtMs, trace), 'rolled');
      return made.secret;
    };

    it('work until the end they were given when they were rolled, and not a moment longer [security 39]', async () => {
      const app = await service.makeApp();
      const old = app.secret ?? '';
      const fresh = await roll(app, service.domain.now() + MINUTE_MS);
      assert.deepEqual([await isGood(app, old), await isGood(app, fresh)], [true, true]);
      service.pass(MINUTE_MS);
      assert.deepEqual([await isGood(app, old), await isGood(app, fresh)], [false, true]);
    });

    it('end at once when they are rolled so, for every later request [security 39]', async () => {
      const app = await service.makeApp();
      assert.equal(await isGood(app, app.secret ?? ''), true);
      const fresh = await roll(app, service.domain.now());
      assert.deepEqual([await isGood(app, app.secret ?? ''), await isGood(app, fresh)], [false, true]);
    });

    it('are remembered with when and from which address they last worked, a wrong one with nothing', async () => {
      const app = await service.makeApp();
      const used = async () => {
        await service.domain.lastUsed.settled();
        const [secret] = await service.domain.stores.apps.secretsOf(app.app.id, service.domain.now());
        return [secret?.lastUsedAtMs, secret?.lastUsedFrom];
      };
      await isGood(app, 'lk_secret_of-nobody');
      assert.deepEqual(await used(), [undefined, undefined]);
      await isGood(app, app.secret ?? '');
      const [atMs, from] = await used();
      assert.equal(atMs, service.domain.now());
      assert.match(String(from), /^(127\.0\.0\.1|::1)$/);
    });

    it('of another app, of no app, empty, or sent by an app that has none are refused alike [security 36, 37]', async () => {
      const app = await service.makeApp();
      const other = await service.makeApp();
      const open = await service.makeApp({ kind: 'public' });
      const texts = new Set<string>();
      for (const [clientId, secret] of [
        [app.app.clientId, other.secret ?? ''],
        ['nobody', app.secret ?? ''],
        [app.app.clientId, ''],
        [open.app.clientId, app.secret ?? ''],
      ] as const) {
        const reply = await service.post(
          '/oauth/token',
          { grant_type: 'refresh_token' },
          basic(clientId, secret),
        );
        assert.equal(reply.status, 401);
        assert.match(reply.headers.get('www-authenticate') ?? '', /^Basic realm=/);
        texts.add(reply.text);
      }
      assert.equal(texts.size, 1);
    });

    it('are throttled by app and source when guessed, without locking out the app elsewhere [security 38]', async () => {
      const app = await service.makeApp();
      for (let i = 0; i < 100; i += 1) await isGood(app, 'wrong').catch(() => undefined);
      const reply = await service.post(
        '/oauth/introspect',
        { token: 'x' },
        basic(app.app.clientId, app.secret ?? ''),
      );
      assert.equal(reply.status, 429);
      assert.ok(Number(reply.headers.get('retry-after')) > 0);
      const other = await service.makeApp();
      assert.equal(await isGood(other, other.secret ?? ''), true);
      service.pass(10 * MINUTE_MS);
      assert.equal(await isGood(app, app.secret ?? ''), true);
    });
  });
}
