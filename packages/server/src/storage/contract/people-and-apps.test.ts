// The promises of the other stores: users, workspaces, sessions, vendors, apps, permission sets.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { emailKey } from '../../domain/users/user.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import type { Member } from '../../domain/workspaces/workspace.ts';
import { databases } from '../testing/databases.ts';
import {
  inParallel,
  newApp,
  newUser,
  newWorkspace,
  openTestStores,
  secretFor,
  startMs,
  type TestStores,
  traceAt,
} from '../testing/stores.ts';

for (const testDatabase of databases) {
  describe(`people and apps on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    describe('users', () => {
      it('are given back as they were made, found by any spelling of their e-mail', async () => {
        const user = await newUser(stores, { email: 'Zoë.Ａri@Example.Test' });
        assert.deepEqual(await stores.users.find(user.id), user);
        assert.deepEqual(await stores.users.findByPublicId(user.publicId), user);
        assert.deepEqual(await stores.users.findByEmailKey(emailKey(' zoë.ari@example.test ')), user);
        assert.equal(await stores.users.findByEmailKey('nobody@example.test'), undefined);
      });

      it('have an e-mail of their own: one of 30 parallel sign-ups is made', async () => {
        const answers = await inParallel(30, async (index) => {
          const user = { ...(await newUser(stores)), id: await stores.nextId(), publicId: `twin ${index}` };
          return stores.users.create(
            { ...user, email: index % 2 === 0 ? 'Twin@Example.test' : ' twin@example.TEST' },
            traceAt(startMs),
          );
        });
        assert.equal(answers.filter((answer) => answer === 'created').length, 1);
        assert.equal(answers.filter((answer) => answer === 'email-taken').length, 29);
      });

      it('get a role from what they had, once of several at a time', async () => {
        const user = await newUser(stores);
        const given = await inParallel(5, () =>
          stores.users.setPlatformRole(user.id, 'none', 'reviewer', traceAt(startMs + 1)),
        );
        assert.equal(given.filter(Boolean).length, 1);
        assert.equal((await stores.users.find(user.id))?.platformRole, 'reviewer');
        assert.equal(
          await stores.users.setPlatformRole(user.id, 'none', 'operator', traceAt(startMs + 2)),
          false,
        );
        assert.equal((await stores.users.find(user.id))?.platformRole, 'reviewer');
      });

      it('are disabled and enabled once each, and the feed says both', async () => {
        const user = await newUser(stores);
        const heardBefore = test.heard.length;
        const disabled = await inParallel(5, () =>
          stores.users.setDisabled(user.id, true, traceAt(startMs + 1)),
        );
        assert.equal(disabled.filter(Boolean).length, 1);
        assert.equal((await stores.users.find(user.id))?.disabledAtMs, startMs + 1);
        assert.equal(await stores.users.setDisabled(user.id, false, traceAt(startMs + 2)), true);
        assert.equal(await stores.users.setDisabled(user.id, false, traceAt(startMs + 3)), false);
        assert.deepEqual(await stores.users.find(user.id), user);
        assert.deepEqual(test.heard.slice(heardBefore), [
          { kind: 'user', id: user.id, atMs: startMs + 1, ended: true, epoch: 0 },
          { kind: 'user', id: user.id, atMs: startMs + 2, ended: false, epoch: 0 },
        ]);
      });
    });

    describe('workspaces', () => {
      it('list a user’s active memberships by name and add a member once', async () => {
        const user = await newUser(stores);
        const harbor = await newWorkspace(stores, user, 'Harbor Homes');
        const attic = await newWorkspace(stores, user, 'Attic & Co');
        assert.deepEqual(await stores.workspaces.membershipsOf(user.id), [attic, harbor]);
        assert.deepEqual(await stores.workspaces.find(attic.workspace.id), attic.workspace);
        assert.deepEqual(await stores.workspaces.findByPublicId(attic.workspace.publicId), attic.workspace);
        assert.deepEqual(await stores.workspaces.findMembership(user.id, attic.workspace.id), attic);

        const guest = await newUser(stores);
        const add = async (): Promise<'added' | 'exists'> => {
          const workspaceId = attic.workspace.id;
          const id = await stores.nextId();
          const member: Member = { id, workspaceId, userId: guest.id, role: 'member', createdAtMs: startMs };
          return stores.workspaces.addMember(member, traceAt(startMs));
        };
        const added = await inParallel(10, add);
        assert.equal(added.filter((answer) => answer === 'added').length, 1);
        const membership = await stores.workspaces.findMembership(guest.id, attic.workspace.id);
        assert.ok(membership);
        assert.equal(await stores.workspaces.endMember(membership.member.id, traceAt(startMs + 1)), true);
        assert.equal(await stores.workspaces.endMember(membership.member.id, traceAt(startMs + 2)), false);
        assert.equal(await stores.workspaces.findMembership(guest.id, attic.workspace.id), undefined);
        assert.deepEqual(await stores.workspaces.membershipsOf(guest.id), []);
        assert.equal(await add(), 'added', 'a former member comes back by a new membership');
      });
    });

    describe('sessions', () => {
      it('are given back as made, move with sight and step-up, and end once', async () => {
        const user = await newUser(stores);
        const make = async (fields: Partial<Session> = {}): Promise<Session> => {
          const session: Session = {
            id: await stores.nextId(),
            kind: 'cookie',
            userId: user.id,
            hash: new Uint8Array(32).fill(7),
            createdAtMs: startMs,
            authenticatedAtMs: startMs,
            lastSeenAtMs: startMs,
            endsAtMs: startMs + 1000,
            address: '127.0.0.1',
            device: 'Firefox on Linux',
            ...fields,
          };
          assert.ok(await stores.sessions.openByPassword(session, user.passwordHash, traceAt(startMs)));
          return session;
        };
        const first = await make();
        const second = await make({ kind: 'bearer', createdAtMs: startMs + 1, endsAtMs: startMs + 500 });
        assert.deepEqual(await stores.sessions.listOf(user.id, startMs + 2), [second, first]);
        assert.deepEqual(await stores.sessions.listOf(user.id, startMs + 500), [first]);
        await stores.sessions.seen(first.id, startMs + 60);
        await stores.sessions.authenticated(first.id, traceAt(startMs + 61));
        const moved = { ...first, lastSeenAtMs: startMs + 60, authenticatedAtMs: startMs + 61 };
        assert.deepEqual(await stores.sessions.find(first.id), moved);
        const ended = await inParallel(5, () => stores.sessions.end(first.id, traceAt(startMs + 62)));
        assert.equal(ended.filter(Boolean).length, 1);
        await stores.sessions.authenticated(first.id, traceAt(startMs + 63));
        assert.deepEqual(await stores.sessions.find(first.id), { ...moved, endedAtMs: startMs + 62 });
        assert.deepEqual(await stores.sessions.listOf(user.id, startMs + 2), [second]);
      });
    });

    describe('vendors', () => {
      const newVendor = async (): Promise<Vendor> => ({
        id: await stores.nextId(),
        publicId: `vendor ${await stores.nextId()}`,
        name: 'Lead Sync GmbH',
        contactName: 'Vera',
        contactEmail: 'vera@example.test',
        contactPhone: '+351 1',
        createdAtMs: startMs,
      });

      it('are made with their first member; a user is on one team only', async () => {
        const [vera, victor, stranger] = [
          await newUser(stores),
          await newUser(stores),
          await newUser(stores),
        ];
        const [first, second] = [await newVendor(), await newVendor()];
        await stores.vendors.create(first, vera.id, traceAt(startMs));
        await assert.rejects(stores.vendors.create(second, vera.id, traceAt(startMs)), /on a vendor team/);
        assert.equal(await stores.vendors.find(second.id), undefined);
        assert.deepEqual(await stores.vendors.find(first.id), first);
        const added = await inParallel(5, () =>
          stores.vendors.addToTeam(first.id, victor.id, traceAt(startMs)),
        );
        assert.equal(added.filter(Boolean).length, 1);
        assert.deepEqual(await stores.vendors.ofUser(victor.id), first);
        assert.equal(await stores.vendors.ofUser(stranger.id), undefined);
        assert.equal(await stores.vendors.isOnTeam(vera.id, first.id), true);
        assert.equal(await stores.vendors.isOnTeam(stranger.id, first.id), false);
      });
    });

    describe('permission sets', () => {
      it('are interned: order and doubles do not matter, and 50 parallel callers get one id', async () => {
        const ids = await inParallel(50, (index) =>
          stores.permissionSets.intern(index % 2 === 0 ? ['b', 'a', 'Ä', 'a'] : ['Ä', 'a', 'b']),
        );
        assert.equal(new Set(ids).size, 1);
        const id = ids[0] ?? 0;
        assert.deepEqual(await stores.permissionSets.find(id), { id, permissions: ['a', 'b', 'Ä'] });
        assert.notEqual(await stores.permissionSets.intern(['a', 'b']), id);
        const empty = await stores.permissionSets.intern([]);
        assert.deepEqual(await stores.permissionSets.find(empty), { id: empty, permissions: [] });
        assert.equal(await stores.permissionSets.find(66_666_666), undefined);
      });
    });

    describe('apps', () => {
      it('are given back as they were made and listed without the deleted ones, newest first', async () => {
        const user = await newUser(stores);
        const vendorId = await stores.nextId();
        const vendor = { id: vendorId, publicId: `v${vendorId}`, name: 'V', createdAtMs: startMs };
        const contact = { contactName: '', contactEmail: '', contactPhone: '' };
        await stores.vendors.create({ ...vendor, ...contact }, user.id, traceAt(startMs));
        const first = await newApp(stores, { vendorId, deviceGrant: false, rateLimitPerMinute: 7 });
        const second = await newApp(stores, { vendorId, createdAtMs: startMs + 1 });
        await newApp(stores, { vendorId, deletedAtMs: startMs + 2 });
        assert.deepEqual(await stores.apps.listOf(vendorId), [second, first]);
        assert.deepEqual(await stores.apps.find(first.id), first);
        assert.deepEqual(await stores.apps.findByClientId(first.clientId), first);
        assert.deepEqual(await stores.apps.findByPublicId(second.publicId), second);
      });

      it('are replaced by one of 20 parallel writers of one version, and the feed carries epoch and use', async () => {
        const app = await newApp(stores);
        const heardBefore = test.heard.length;
        const won = await inParallel(20, (index) =>
          stores.apps.replace(
            { ...app, name: `Edit ${index}`, epoch: 2, version: 2, suspendedAtMs: startMs + 1 },
            1,
            traceAt(startMs + 1),
          ),
        );
        assert.equal(won.filter(Boolean).length, 1);
        const stored = await stores.apps.find(app.id);
        assert.deepEqual(stored, {
          ...app,
          name: `Edit ${won.indexOf(true)}`,
          epoch: 2,
          version: 2,
          suspendedAtMs: startMs + 1,
        });
        await stores.apps.replace({ ...app, epoch: 2, version: 3 }, 2, traceAt(startMs + 2));
        assert.deepEqual(await stores.apps.find(app.id), { ...app, epoch: 2, version: 3 });
        assert.deepEqual(test.heard.slice(heardBefore), [
          { kind: 'app', id: app.id, atMs: startMs + 1, ended: true, epoch: 2 },
          { kind: 'app', id: app.id, atMs: startMs + 2, ended: false, epoch: 2 },
        ]);
      });

      it('keep identity, type and vendor whatever a replacement says', async () => {
        const app = await newApp(stores);
        const forged = { ...app, clientId: 'forged', kind: 'confidential' as const, version: 2 };
        await stores.apps.replace(forged, 1, traceAt(startMs + 1));
        assert.deepEqual(await stores.apps.find(app.id), { ...app, version: 2 });
      });

      it('have at most two live secrets: one of 10 parallel rolls, the older ending when it said [security 39]', async () => {
        const firstId = await stores.nextId();
        const app = await newApp(stores, { kind: 'confidential' }, (appId) => ({
          id: firstId,
          appId,
          hash: new Uint8Array(32),
          lastFour: 'aaaa',
          createdAtMs: startMs,
        }));
        const roll = async (atMs: number, othersEndAtMs: number) => {
          const secret = await secretFor(stores, app.id, { createdAtMs: atMs });
          return { secret, answer: await stores.apps.rollSecret(secret, othersEndAtMs, traceAt(atMs)) };
        };
        const day = startMs + 86_400_000;
        const rolls = await inParallel(10, () => roll(startMs + 1, day));
        const rolled = rolls.filter(({ answer }) => answer === 'rolled');
        assert.equal(rolled.length, 1);
        const second = rolled[0]?.secret ?? assert.fail();
        const live = await stores.apps.secretsOf(app.id, startMs + 2);
        assert.deepEqual(
          live.map(({ id, endsAtMs }) => ({ id, endsAtMs })),
          [
            { id: second.id, endsAtMs: undefined },
            { id: firstId, endsAtMs: day },
          ],
        );
        assert.deepEqual(await stores.apps.secretsOf(app.id, day), [second]);
        const third = await roll(startMs + 3, startMs + 3);
        assert.equal(third.answer, 'rolled', 'ending the others at once is always allowed');
        assert.deepEqual(await stores.apps.secretsOf(app.id, startMs + 3), [third.secret]);
        assert.equal((await roll(startMs + 4, day)).answer, 'rolled');
        assert.equal((await roll(startMs + 5, day + 9)).answer, 'too-many');
        assert.equal((await roll(day, day + 9)).answer, 'rolled', 'the older one has ended by then');
        await stores.apps.secretUsed(third.secret.id, startMs + 9, '203.0.113.7');
        const used = await stores.apps.findSecret(third.secret.id);
        assert.deepEqual([used?.lastUsedAtMs, used?.lastUsedFrom], [startMs + 9, '203.0.113.7']);
      });

      it('take at most as many testers as the limit says: 5 of 20 parallel, each once', async () => {
        const app = await newApp(stores);
        const users = await inParallel(20, () => newUser(stores));
        const add = (userId: number) => stores.apps.addTester(app.id, userId, 5, traceAt(startMs));
        const answers = await Promise.all(users.map(({ id }) => add(id)));
        assert.equal(answers.filter((answer) => answer === 'added').length, 5);
        const [tester] = users.filter((_, index) => answers[index] === 'added');
        const [other] = users.filter((_, index) => answers[index] === 'too-many');
        assert.ok(tester && other);
        assert.equal(await add(tester.id), 'exists');
        assert.equal(await stores.apps.isTester(app.id, tester.id), true);
        assert.equal(await stores.apps.isTester(app.id, other.id), false);
      });
    });
  });
}
