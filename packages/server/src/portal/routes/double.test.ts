// Every form sent five times at once, as impatient fingers and racing scripts do: no page fails, and what may happen once
// happens once, on each database [security 53].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeWorld, type World } from '../../api/testing/world.ts';
import { databases } from '../../storage/testing/databases.ts';
import { formBody, readyFor, ALL_ROUTES, SENDER } from './testing/asked.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const HOUR_MS = 3_600_000;
const AT_ONCE = 5;

/** What moves something from one state to the next: the verb that stands in the audit log once. */
const ONCE: Readonly<Record<string, string>> = {
  '/sign-out': 'sessions.sign-out',
  '/settings/security/sessions/:session/end': 'sessions.end',
  '/settings/workspaces/:workspace/members/:user/remove': 'workspaces.remove-member',
  '/device': 'devices.approve',
  '/settings/integrations/api/:key/revoke': 'keys.revoke',
  '/settings/integrations/authorizations/:connection/disconnect': 'connections.disconnect',
  '/developer/apps/:app/permissions': 'apps.set-permissions',
  '/developer/apps/:app/review': 'apps.submit',
  '/developer/apps/:app/review/withdraw': 'apps.withdraw',
  '/developer/apps/:app/edit': 'apps.save-edit',
  '/developer/apps/:app/edit/changes': 'apps.submit-edit',
  '/developer/apps/:app/edit/cancel': 'apps.cancel-edit',
  '/developer/apps/:app/edit/discard': 'apps.discard-edit',
  '/developer/apps/:app/edit/publish': 'apps.publish-edit',
  '/developer/apps/:app/settings': 'apps.change',
  '/developer/apps/:app/delete': 'apps.delete',
  '/developer/apps/:app/testing/:user/remove': 'apps.remove-tester',
  '/developer/team/:user/remove': 'vendors.remove-member',
  '/developer/qualification': 'vendors.submit-qualification',
  '/developer/management-keys/:key/revoke': 'management-keys.revoke',
  '/review/vendors': 'vendors.decide-qualification',
  '/review/:review/take': 'reviews.take',
  '/review/:review/approve': 'reviews.approve',
  '/review/:review/decline': 'reviews.decline',
  '/operate/people/:person/disable': 'operate.disable-person',
  '/operate/people/:person/enable': 'operate.enable-person',
  '/operate/people/:person/role': 'operate.set-role',
  '/operate/apps/:app/suspend': 'apps.suspend',
  '/operate/apps/:app/lift': 'apps.lift',
  '/operate/apps/:app/limit': 'operate.set-app-limit',
};

for (const database of databases) {
  describe(`a form sent five times at once, on ${database.name}`, () => {
    let portal: TestPortal;
    let world: World;
    before(async () => {
      // Elsewhere pages are tested on SQLite alone.
      const asItsOwn = [{ ...database, name: 'sqlite' as const }];
      portal = await startPortal(asItsOwn, undefined, { vendors: { qualification: true } });
      world = await makeWorld(portal);
    });
    after(() => portal.close());

    it('fails nowhere, and moves what it moves once [security 53]', async () => {
      const found: Record<string, readonly string[]> = {};
      for (const route of ALL_ROUTES.filter(({ post }) => post !== undefined)) {
        portal.pass(HOUR_MS);
        const ready = await readyFor(world, route, SENDER[route.access]);
        const before = (await portal.domain.stores.audit.list({}, undefined, 1))[0]?.id ?? 0;
        const headers = { cookie: ready.cookie, 'content-type': 'application/x-www-form-urlencoded' };
        const answers = await Promise.all(
          Array.from({ length: AT_ONCE }, () =>
            portal.browser().send('POST', ready.address, formBody(ready, ready.token), headers),
          ),
        );
        const statuses = answers.map(({ status }) => status);
        assert.ok(
          statuses.every((status) => status < 500),
          `${route.path}: ${statuses.join(' ')}`,
        );
        const entries = await portal.domain.stores.audit.list({}, undefined, 100);
        if (ONCE[route.path] !== undefined)
          found[route.path] = entries.filter(({ id }) => id > before).map(({ verb }) => verb);
      }
      assert.deepEqual(found, Object.fromEntries(Object.entries(ONCE).map(([path, verb]) => [path, [verb]])));
      assert.deepEqual(portal.errors, []);
    });
  });
}
