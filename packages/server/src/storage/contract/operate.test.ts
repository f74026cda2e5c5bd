// The promises of the stores behind the operators' pages: audit log, directory, and the first operator's link.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { AuditFilter } from '../../domain/audit/store.ts';
import type { OperatorClaim } from '../../domain/operate/claim-store.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Actor } from '../../domain/trace.ts';
import type { User } from '../../domain/users/user.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  connected,
  inParallel,
  keyIn,
  newApp,
  newUser,
  newWorkspace,
  newWorld,
  openTestStores,
  startMs,
  traceAt,
  type TestStores,
} from '../testing/stores.ts';

const HOUR_MS = 3_600_000;

for (const testDatabase of databases) {
  describe(`operating on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    describe('the audit log', () => {
      const verbs = async (filter: AuditFilter): Promise<string[]> =>
        (await stores.audit.list(filter, undefined, 100)).map(({ verb }) => verb);

      it('gives what every write left, newest first, with names as they are now', async () => {
        const world = await newWorld(stores);
        const actor: Actor = { kind: 'user', id: world.user.id };
        const key = await keyIn(stores, world);
        await stores.keys.create(key, 10, { ...traceAt(startMs + 5, 'keys.create'), actor });
        await stores.keys.revoke(key.id, {
          ...traceAt(startMs + 9, 'keys.revoke'),
          actor,
          detail: { why: 'lost', count: 2 },
        });
        const [revoked, created] = await stores.audit.list({ actor }, undefined, 10);
        assert.deepEqual(revoked, {
          id: revoked?.id,
          atMs: startMs + 9,
          verb: 'keys.revoke',
          actor: { ...actor, publicId: world.user.publicId, name: world.user.email },
          subject: { kind: 'key', id: key.id, publicId: key.publicId, name: key.name },
          requestId: 'request-1',
          detail: { why: 'lost', count: 2 },
        });
        assert.equal(created?.verb, 'keys.create');
        const { connection } = await connected(stores, world);
        await stores.connections.end(connection.id, traceAt(startMs + 20, 'connections.disconnect'));
        const subject = { kind: 'connection', id: connection.id } as const;
        const [ended] = await stores.audit.list({ subject }, undefined, 1);
        assert.deepEqual(ended?.subject, { ...subject, publicId: connection.publicId, name: world.app.name });
        assert.deepEqual(ended?.actor, { kind: 'system' });
      });

      it('filters by subject, actor, operation or its noun, and time; all together', async () => {
        const user = await newUser(stores);
        const actor: Actor = { kind: 'user', id: user.id };
        const at = (ms: number, verb: string) => ({ ...traceAt(startMs + ms, verb), actor });
        await stores.users.setDisabled(user.id, true, at(1_000, 'people.out'));
        await stores.users.setDisabled(user.id, false, at(2_000, 'people.in'));
        await stores.users.setDisabled(user.id, true, at(3_000, 'peoples.out'));
        const subject = { kind: 'user', id: user.id } as const;
        assert.deepEqual(await verbs({ subject, actor }), ['peoples.out', 'people.in', 'people.out']);
        assert.deepEqual(await verbs({ actor, verb: 'people' }), ['people.in', 'people.out']);
        assert.deepEqual(await verbs({ actor, verb: 'people.in' }), ['people.in']);
        assert.deepEqual(await verbs({ actor, fromMs: startMs + 2_000, untilMs: startMs + 3_000 }), [
          'people.in',
        ]);
        assert.deepEqual(await verbs({ actor, subject: { kind: 'app', id: user.id } }), []);
        assert.deepEqual(await verbs({ actor: { kind: 'system' }, verb: 'people' }), []);
      });

      it('goes on before an id, so that no entry comes twice while others are written', async () => {
        const user = await newUser(stores);
        const subject = { kind: 'user', id: user.id } as const;
        for (const step of [1, 2, 3, 4])
          await stores.users.setDisabled(user.id, step % 2 === 1, traceAt(startMs, `step.${'abcd'[step]}`));
        const [first, second] = await stores.audit.list({ subject }, undefined, 2);
        await stores.users.setDisabled(user.id, true, traceAt(startMs, 'step.later'));
        const rest = await stores.audit.list({ subject }, second?.id, 10);
        assert.equal(new Set([first, second, ...rest].map((one) => one?.id)).size, 5);
        assert.ok(rest.every(({ verb }) => verb !== 'step.later'));
      });
    });

    describe('the directory', () => {
      it('finds people by a part of name or address in any case, and takes signs literally', async () => {
        const zora = await newUser(stores, { fullName: 'Zora 100%_Quill', email: 'zora.q@Example.test' });
        await newUser(stores, { fullName: 'Zora 100 Quill' });
        const found = async (search: string): Promise<string[]> =>
          (await stores.directory.people(search, { limit: 10 })).map(({ fullName }) => fullName);
        assert.deepEqual(await found('ZORA.Q@'), ['Zora 100%_Quill']);
        assert.deepEqual(await found('100%_q'), ['Zora 100%_Quill']);
        assert.deepEqual(await found('zora 100'), ['Zora 100 Quill', 'Zora 100%_Quill']);
        assert.deepEqual(await stores.directory.people('zora', { limit: 1, before: zora.id + 1 }), [zora]);
        assert.deepEqual(await found(String.raw`\%`), []);
      });

      it('counts open sessions and working keys of a person', async () => {
        const world = await newWorld(stores);
        for (const [kind, endsAtMs] of [
          ['cookie', startMs + HOUR_MS],
          ['cookie', startMs - 1],
          ['half', startMs + HOUR_MS],
        ] as const)
          await stores.sessions.openByPassword(
            await sessionOf(world.user, { kind, endsAtMs }),
            world.user.passwordHash,
            traceAt(startMs),
          );
        const live = await keyIn(stores, world);
        const revoked = await keyIn(stores, world);
        const expired = await keyIn(stores, world, { expiresAtMs: startMs });
        for (const key of [live, revoked, expired]) await stores.keys.create(key, 10, traceAt(startMs - 1));
        await stores.keys.revoke(revoked.id, traceAt(startMs));
        assert.deepEqual(await stores.directory.countsOf(world.user.id, startMs), { sessions: 1, keys: 1 });
      });

      it('lists workspaces with their members, and apps with vendor, connections and standing', async () => {
        const owner = await newUser(stores);
        const { workspace, member } = await newWorkspace(stores, owner, 'Quarry & Sons');
        const guest = await newUser(stores);
        const id = await stores.nextId();
        await stores.workspaces.addMember({ ...member, id, userId: guest.id }, traceAt(startMs));
        await stores.workspaces.endMember(id, traceAt(startMs + 1));
        assert.deepEqual(await stores.directory.workspaces('quarry', { limit: 5 }), [
          { workspace, memberCount: 1 },
        ]);

        const vendorId = await stores.nextId();
        const contact = { contactName: '', contactEmail: '', contactPhone: '' };
        const vendor = {
          id: vendorId,
          publicId: `ven ${vendorId}`,
          name: 'Quokka Inc',
          ...contact,
          createdAtMs: startMs,
        };
        await stores.vendors.create(vendor, owner.id, traceAt(startMs));
        const app = await newApp(stores, { vendorId, status: 'production' });
        await connected(stores, { user: owner, workspace, member, app });
        const suspended = await newApp(stores, { vendorId, suspendedAtMs: startMs });
        await newApp(stores, { vendorId, deletedAtMs: startMs });
        const all = await stores.directory.apps('quokka', 'all', { limit: 5 });
        assert.deepEqual(all, [
          { app: suspended, vendorName: 'Quokka Inc', connectionCount: 0 },
          { app, vendorName: 'Quokka Inc', connectionCount: 1 },
        ]);
        const ids = async (filter: 'production' | 'suspended' | 'development'): Promise<number[]> =>
          (await stores.directory.apps('quokka', filter, { limit: 5 })).map((one) => one.app.id);
        assert.deepEqual(await ids('production'), [app.id]);
        assert.deepEqual(await ids('suspended'), [suspended.id]);
        assert.deepEqual(await ids('development'), []);
      });

      it('counts the apps of each live permission set', async () => {
        const permissionSetId = await stores.permissionSets.intern(['onlyHere']);
        await newApp(stores, { permissionSetId });
        await newApp(stores, { permissionSetId });
        await newApp(stores, { permissionSetId, deletedAtMs: startMs });
        const found = (await stores.directory.permissionSetsInUse()).find(({ permissions }) =>
          permissions.includes('onlyHere'),
        );
        assert.deepEqual(found, { permissions: ['onlyHere'], apps: 2 });
      });
    });

    describe('the first operator', () => {
      const newClaim = async (): Promise<OperatorClaim> => ({
        id: await stores.nextId(),
        hash: new Uint8Array(randomBytes(32)),
        expiresAtMs: startMs + HOUR_MS,
      });
      const claimBy = async (id: number, from: Stores, fields: Partial<User> = {}, atMs = startMs) => {
        const userId = await from.nextId();
        const user: User = {
          id: userId,
          publicId: `usr ${userId}`,
          externalId: `op ${userId}`,
          email: `op${userId}@example.test`,
          fullName: 'Olive',
          passwordHash: 'x',
          platformRole: 'operator',
          timeZone: 'UTC',
          createdAtMs: atMs,
          ...fields,
        };
        const answer = await from.operatorClaims.claim(id, user, await sessionOf(user), traceAt(atMs));
        return { user, answer };
      };

      it('comes by the newest link only, before it expires, and leaves nothing else behind [security 67]', async () => {
        const [old, claim] = [await newClaim(), await newClaim()];
        await stores.operatorClaims.offer(old);
        await stores.operatorClaims.offer(claim);
        assert.deepEqual(await stores.operatorClaims.find(startMs), claim);
        assert.equal(await stores.operatorClaims.find(claim.expiresAtMs), undefined);
        const overtaken = await claimBy(old.id, stores);
        assert.equal(overtaken.answer, 'gone');
        const late = await claimBy(claim.id, stores, {}, claim.expiresAtMs);
        assert.equal(late.answer, 'gone');
        const somebody = await newUser(stores);
        assert.equal((await claimBy(claim.id, stores, { email: somebody.email })).answer, 'email-taken');
        for (const { user } of [overtaken, late]) assert.equal(await stores.users.find(user.id), undefined);
        assert.equal(await stores.operatorClaims.hasOperator(), false);
        assert.deepEqual(await stores.operatorClaims.find(startMs), claim, 'still waits');
      });

      it('is one of 30 who claim at once, from two nodes [security 67]', async () => {
        const claim = await newClaim();
        await stores.operatorClaims.offer(claim);
        const nodes = [stores, anotherNode(test.database)] as const;
        const answers = await inParallel(30, (index) => claimBy(claim.id, nodes[index % 2 === 0 ? 0 : 1]));
        const winners = answers.filter(({ answer }) => answer === 'done');
        assert.equal(winners.length, 1);
        assert.ok(answers.every(({ answer }) => answer === 'done' || answer === 'gone'));
        const made = await Promise.all(answers.map(({ user }) => stores.users.find(user.id)));
        assert.deepEqual(
          made.filter((user) => user !== undefined),
          winners.map(({ user }) => user),
        );
        assert.equal(await stores.operatorClaims.hasOperator(), true);
        assert.equal(await stores.operatorClaims.find(startMs), undefined);
        const next = await newClaim();
        await stores.operatorClaims.offer(next);
        assert.equal((await claimBy(next.id, stores)).answer, 'gone', 'there is an operator');
      });
    });

    const sessionOf = async (user: User, fields: Partial<Session> = {}): Promise<Session> => ({
      id: await stores.nextId(),
      kind: 'cookie',
      userId: user.id,
      hash: new Uint8Array(randomBytes(32)),
      createdAtMs: startMs,
      authenticatedAtMs: startMs,
      lastSeenAtMs: startMs,
      endsAtMs: startMs + HOUR_MS,
      address: '127.0.0.1',
      device: 'test',
      ...fields,
    });
  });
}
