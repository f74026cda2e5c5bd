// What Disconnect ends and what it does not: everything of that app in that workspace, and nothing else [security 57].
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { App } from '../domain/apps/app.ts';
import { createAccess } from '../domain/access/check.ts';
import { disconnect } from '../domain/connections/disconnect.ts';
import { perform } from '../domain/operation.ts';
import { databases } from '../storage/testing/databases.ts';
import { caused, startService, type Person, type Reply, type Service } from '../testing/service.ts';
import { openSession } from '../testing/session.ts';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** All that an app can hold of a person's consent at one moment. */
type Held = {
  readonly access: string;
  readonly refresh: string;
  /** Shown to the app, not redeemed yet. */
  readonly code: string;
  /** Approved in a browser, not collected yet. */
  readonly deviceCode: string;
};

for (const database of databases) {
  describe(`Disconnect on ${database.name}`, () => {
    let service: Service;
    let ari: Person;
    before(async () => {
      service = await startService(database);
      ari = await service.makePerson();
    });
    after(() => service.close());

    const appCalled = async (clientId: string): Promise<App> =>
      (await service.domain.stores.apps.findByClientId(clientId)) ?? assert.fail();
    const codeFor = (app: App, person: Person): Promise<string> =>
      service.makeCode(app, person, {
        challenge,
        redirectUri: 'http://127.0.0.1/callback',
        permissions: ['me.get', 'leads.list'],
      });
    const redeem = (app: App, code: string): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: 'authorization_code',
        client_id: app.clientId,
        code,
        code_verifier: verifier,
        redirect_uri: 'http://127.0.0.1/callback',
      });
    const collect = (app: App, deviceCode: string): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: DEVICE_GRANT,
        client_id: app.clientId,
        device_code: deviceCode,
      });
    const refreshed = (app: App, refresh: string): Promise<Reply> =>
      service.post('/oauth/token', {
        grant_type: 'refresh_token',
        client_id: app.clientId,
        refresh_token: refresh,
      });
    const approved = async (app: App, person: Person): Promise<string> => {
      const { body } = await service.post('/oauth/device_authorization', { client_id: app.clientId });
      const { secret } = await openSession(service.domain, 'bearer', person);
      const approval = await service.json(
        '/auth/device/approve',
        { userCode: body['user_code'] },
        { authorization: `Bearer ${secret}`, 'x-organization-id': person.workspace.publicId },
      );
      assert.equal(approval.status, 200, approval.text);
      return String(body['device_code']);
    };
    const hold = async (app: App, person: Person): Promise<Held> => {
      const { body } = await redeem(app, await codeFor(app, person));
      return {
        access: String(body['access_token']),
        refresh: String(body['refresh_token']),
        code: await codeFor(app, person),
        deviceCode: await approved(app, person),
      };
    };
    /** What still works. Looking at a code, a refresh token or a device code uses it: asked once. */
    const working = async (access: ReturnType<typeof createAccess>, app: App, held: Held) => ({
      access: (await access.checkAccessToken(held.access)).ok,
      refresh: (await refreshed(app, held.refresh)).status === 200,
      code: (await redeem(app, held.code)).status === 200,
      device: (await collect(app, held.deviceCode)).status === 200,
    });
    const ALL = { access: true, refresh: true, code: true, device: true };
    const NOTHING = { access: false, refresh: false, code: false, device: false };

    const disconnectAll = async (app: App, person: Person): Promise<void> => {
      const { session } = await openSession(service.domain, 'cookie', person);
      const all = await service.domain.stores.connections.entriesOf(person.user.id);
      const one = all.find(({ appId, endedAtMs }) => appId === app.id && endedAtMs === undefined);
      assert.ok(one);
      const by = { asker: { user: person.user, session }, caused };
      const ended = await perform(service.domain, disconnect, by, { connection: one.publicId });
      assert.ok(ended.ok);
    };

    it('ends access, refresh, pending codes and approved terminals of the app at the next use, caches included [security 57]', async () => {
      const app = await appCalled('lofty-cli');
      const gateway = createAccess(service.domain);
      const held = await hold(app, ari);
      // The gateway has all of it in memory, as after any call.
      for (let call = 0; call < 2; call += 1) assert.ok((await gateway.checkAccessToken(held.access)).ok);
      await disconnectAll(app, ari);
      assert.deepEqual(await working(gateway, app, held), NOTHING);
      assert.ok((await redeem(app, await codeFor(app, ari))).status === 200, 'a new consent is a new one');
    });

    it('leaves other apps, other people and other workspaces as they were [security 57]', async () => {
      const [app, other] = [
        await appCalled('lofty-cli'),
        (await service.makeApp({ kind: 'public', redirectUris: ['http://127.0.0.1/callback'] })).app,
      ];
      const sam = await service.makePerson();
      const gateway = createAccess(service.domain);
      const [own, sams] = [await hold(app, ari), await hold(app, sam)];
      const { body } = await redeem(other, await codeFor(other, ari));
      const pending = await codeFor(other, ari);
      await disconnectAll(app, ari);
      assert.deepEqual(await working(gateway, app, own), NOTHING);
      assert.deepEqual(await working(gateway, app, sams), ALL);
      assert.ok((await gateway.checkAccessToken(String(body['access_token']))).ok);
      assert.equal((await refreshed(other, String(body['refresh_token']))).status, 200);
      assert.equal((await redeem(other, pending)).status, 200);
    });

    it('is nobody else’s to press, and pressing it again changes nothing [security 49, 57]', async () => {
      const app = await appCalled('lofty-cli');
      const held = await hold(app, ari);
      const [one] = (await service.domain.stores.connections.entriesOf(ari.user.id)).filter(
        ({ endedAtMs }) => endedAtMs === undefined,
      );
      const eve = await service.makePerson();
      const { session } = await openSession(service.domain, 'cookie', eve);
      const by = { asker: { user: eve.user, session }, caused };
      const refused = await perform(service.domain, disconnect, by, { connection: one?.publicId });
      assert.deepEqual(refused, { ok: false, reason: 'not-found' });
      assert.equal((await refreshed(app, held.refresh)).status, 200);
    });
  });
}
