// The promises of ProofStore, races included: a proof is used once, together with what it does or not at all.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Newcomer, Proof } from '../../domain/proofs/proof.ts';
import { emailKey } from '../../domain/users/user.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Stores } from '../../domain/stores.ts';
import type { User } from '../../domain/users/user.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import { databases } from '../testing/databases.ts';
import {
  connected,
  inParallel,
  newApp,
  newUser,
  newWorkspace,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
} from '../testing/stores.ts';

const expiresAtMs = startMs + 600_000;
const countOf = <Answer>(answers: readonly Answer[], wanted: Answer): number =>
  answers.filter((answer) => answer === wanted).length;

for (const testDatabase of databases) {
  describe(`proofs on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
    });
    after(() => test.close());

    const proofOf = async (fields: Partial<Proof> & Pick<Proof, 'kind'>): Promise<Proof> => ({
      id: await stores.nextId(),
      hash: new Uint8Array(randomBytes(32)),
      email: `${randomUUID()}@example.test`,
      tries: 0,
      sends: 1,
      sentAtMs: startMs,
      createdAtMs: startMs,
      expiresAtMs,
      ...fields,
    });
    const opened = async (fields: Partial<Proof> & Pick<Proof, 'kind'>): Promise<Proof> => {
      const proof = await proofOf(fields);
      await stores.proofs.open(proof, traceAt(startMs));
      return proof;
    };
    const sessionOf = async (userId: number): Promise<Session> => ({
      id: await stores.nextId(),
      kind: 'cookie',
      userId,
      hash: new Uint8Array(32).fill(7),
      createdAtMs: startMs,
      authenticatedAtMs: startMs,
      lastSeenAtMs: startMs,
      endsAtMs: startMs + 1_000_000,
      address: '127.0.0.1',
      device: 'Firefox on Linux',
    });
    const vendorOf = async (): Promise<Vendor> => ({
      id: await stores.nextId(),
      publicId: randomUUID(),
      name: 'Pipeline Sync Inc',
      contactName: 'Vera',
      contactEmail: 'vera@vendor.test',
      contactPhone: '',
      createdAtMs: startMs,
    });
    const newcomerOf = async (email: string): Promise<Newcomer> => {
      const user: User = {
        id: await stores.nextId(),
        publicId: randomUUID(),
        externalId: 'sandbox-1',
        email,
        fullName: 'Nora New',
        passwordHash: 'argon2id$…',
        platformRole: 'none',
        timeZone: 'UTC',
        createdAtMs: startMs,
      };
      const workspace = {
        id: await stores.nextId(),
        publicId: randomUUID(),
        externalId: 'sandbox-1',
        name: 'Sandbox',
        createdAtMs: startMs,
      };
      const owner = {
        id: await stores.nextId(),
        workspaceId: workspace.id,
        userId: user.id,
        role: 'owner' as const,
        createdAtMs: startMs,
      };
      return {
        user,
        session: await sessionOf(user.id),
        vendor: await vendorOf(),
        workspace: { workspace, owner },
      };
    };
    const vendorWith = async (user: User): Promise<Vendor> => {
      const vendor = await vendorOf();
      await stores.vendors.create(vendor, user.id, traceAt(startMs));
      return vendor;
    };

    it('are given back as they were opened', async () => {
      const user = await newUser(stores);
      const proof = await opened({
        kind: 'email-change',
        userId: user.id,
        boundHash: new Uint8Array(32).fill(3),
        details: '{"a":1}',
      });
      assert.deepEqual(await stores.proofs.find(proof.id), proof);
      assert.equal(await stores.proofs.find(proof.id + 100_000), undefined);
    });

    it('allow five tries at a code, however many come at once', async () => {
      const proof = await opened({ kind: 'sign-up' });
      const tries = await inParallel(40, () => stores.proofs.countTry(proof.id, 5, startMs + 1));
      assert.equal(countOf(tries, true), 5);
      assert.equal((await stores.proofs.find(proof.id))?.tries, 5);
      const late = await opened({ kind: 'sign-up' });
      assert.equal(await stores.proofs.countTry(late.id, 5, expiresAtMs), false, 'dead at its end');
    });

    it('are sent again with a new code and tries, once per pause and only so often', async () => {
      const proof = await opened({ kind: 'sign-up' });
      await stores.proofs.countTry(proof.id, 5, startMs);
      const hash = new Uint8Array(32).fill(9);
      const again = (atMs: number): Promise<boolean> =>
        stores.proofs.resend(
          proof.id,
          { hash, expiresAtMs: atMs + 600_000 },
          { sentBeforeMs: atMs - 60_000, limit: 3 },
          traceAt(atMs),
        );
      assert.equal(await again(startMs + 59_999), false);
      const answers = await inParallel(10, () => again(startMs + 60_000));
      assert.equal(countOf(answers, true), 1);
      const after1 = await stores.proofs.find(proof.id);
      assert.deepEqual([after1?.tries, after1?.sends, after1?.hash], [0, 2, hash]);
      assert.equal(await again(startMs + 120_000), true);
      assert.equal(await again(startMs + 180_000), false, 'no more than the limit');
    });

    it('make one person of 30 parallel uses of one code: user, vendor, workspace and session, or nothing', async () => {
      const email = `${randomUUID()}@example.test`;
      const proof = await opened({ kind: 'sign-up', email });
      const newcomers = await inParallel(30, () => newcomerOf(email));
      const answers = await Promise.all(
        newcomers.map((newcomer) => stores.proofs.signUp(proof.id, newcomer, traceAt(startMs + 5))),
      );
      assert.equal(countOf(answers, 'done'), 1);
      assert.equal(countOf(answers, 'gone'), 29);
      const winner = newcomers[answers.indexOf('done')] ?? assert.fail();
      assert.deepEqual(await stores.users.findByEmailKey(emailKey(email)), winner.user);
      assert.deepEqual(await stores.vendors.ofUser(winner.user.id), winner.vendor);
      assert.deepEqual(await stores.sessions.find(winner.session.id), winner.session);
      assert.deepEqual(await stores.workspaces.membershipsOf(winner.user.id), [
        { workspace: winner.workspace?.workspace, member: winner.workspace?.owner },
      ]);
      assert.deepEqual(await stores.vendors.teamOf(winner.vendor?.id ?? 0, 10), [
        { user: winner.user, joinedAtMs: startMs + 5 },
      ]);
      for (const loser of newcomers.filter((one) => one !== winner)) {
        assert.equal(await stores.users.find(loser.user.id), undefined);
        assert.equal(await stores.vendors.find(loser.vendor?.id ?? 0), undefined);
        assert.equal(await stores.sessions.find(loser.session.id), undefined);
      }
    });

    it('make one person of two codes for one address, used at once', async () => {
      const email = `${randomUUID()}@example.test`;
      const proofs = await inParallel(10, () => opened({ kind: 'sign-up', email }));
      const answers = await Promise.all(
        proofs.map(async ({ id }) =>
          stores.proofs.signUp(id, await newcomerOf(email.toUpperCase()), traceAt(startMs + 5)),
        ),
      );
      assert.equal(countOf(answers, 'done'), 1);
      assert.equal(countOf(answers, 'email-taken'), 9);
    });

    it('set a password once and end every session and every other proof of the person', async () => {
      const user = await newUser(stores);
      const sessions = await inParallel(3, () => sessionOf(user.id));
      for (const session of sessions)
        assert.ok(await stores.sessions.openByPassword(session, user.passwordHash, traceAt(startMs)));
      const other = await opened({ kind: 'password-reset', userId: user.id });
      const change = await opened({ kind: 'email-change', userId: user.id });
      const proof = await opened({ kind: 'password-reset', userId: user.id });
      const answers = await inParallel(20, (index) =>
        stores.proofs.resetPassword(proof.id, user.id, `hash ${index}`, traceAt(startMs + 5)),
      );
      assert.equal(countOf(answers, 'done'), 1);
      assert.equal((await stores.users.find(user.id))?.passwordHash, `hash ${answers.indexOf('done')}`);
      assert.deepEqual(await stores.sessions.listOf(user.id, startMs + 6), []);
      assert.equal(await stores.proofs.resetPassword(other.id, user.id, 'x', traceAt(startMs + 6)), 'gone');
      assert.equal((await stores.proofs.find(change.id))?.endedAtMs, startMs + 5);
      assert.equal((await stores.proofs.find(proof.id))?.usedAtMs, startMs + 5);
    });

    it('change an e-mail address for one of many who want the same', async () => {
      const email = `${randomUUID()}@Example.test`;
      const users = await inParallel(12, () => newUser(stores));
      const answers = await Promise.all(
        users.map(async (user) => {
          const proof = await opened({ kind: 'email-change', userId: user.id, email });
          return stores.proofs.changeEmail(proof.id, user.id, email, traceAt(startMs + 5));
        }),
      );
      assert.equal(countOf(answers, 'done'), 1);
      assert.equal(countOf(answers, 'email-taken'), 11);
      const winner = users[answers.indexOf('done')];
      assert.deepEqual(await stores.users.findByEmailKey(emailKey(email)), { ...winner, email });
    });

    it('let in at most as many testers as there are seats, and give seats back', async () => {
      const app = await newApp(stores);
      const invite = async (fields: Partial<Proof> = {}): Promise<Proof> =>
        proofOf({ kind: 'tester', subjectId: app.id, ...fields });
      const proofs = await inParallel(40, () => invite());
      const answers = await Promise.all(
        proofs.map((proof) => stores.proofs.openForTester(proof, 25, traceAt(startMs))),
      );
      assert.equal(countOf(answers, 'opened'), 25);
      assert.equal(await stores.testers.countSeats(app.id), 25);
      const waiting = await stores.proofs.listWaiting('tester', app.id, startMs, 100);
      assert.equal(waiting.length, 25);
      const [first, second] = waiting;
      assert.ok(first && second);
      const withdrawn = await inParallel(5, () => stores.proofs.withdraw(first, traceAt(startMs + 1)));
      assert.equal(countOf(withdrawn, true), 1);
      const user = await newUser(stores);
      const accepted = await inParallel(5, () =>
        stores.proofs.acceptTester(second.id, app.id, { userId: user.id }, traceAt(startMs + 1)),
      );
      assert.equal(countOf(accepted, 'done'), 1);
      assert.equal(countOf(accepted, 'gone'), 4);
      assert.equal(await stores.apps.isTester(app.id, user.id), true);
      assert.equal(await stores.testers.countSeats(app.id), 24, 'accepting takes no second seat');
      assert.deepEqual(await stores.testers.listOf(app.id, 10), [{ user, addedAtMs: startMs + 1 }]);
      // All that nobody accepted expire; freeing them at once from many sides frees each once.
      await inParallel(8, () => stores.proofs.freeExpiredSeats(app.id, expiresAtMs));
      assert.equal(await stores.testers.countSeats(app.id), 1);
      const removed = await inParallel(5, () => stores.testers.remove(app.id, user.id, traceAt(startMs + 9)));
      assert.equal(countOf(removed, true), 1);
      assert.equal(await stores.testers.countSeats(app.id), 0);
    });

    it('say when an accepted invitation makes nobody a tester again', async () => {
      const app = await newApp(stores);
      const user = await newUser(stores);
      await stores.apps.addTester(app.id, user.id, 25, traceAt(startMs));
      const proof = await proofOf({ kind: 'tester', subjectId: app.id });
      await stores.proofs.openForTester(proof, 25, traceAt(startMs));
      const by = { userId: user.id };
      assert.equal(await stores.proofs.acceptTester(proof.id, app.id, by, traceAt(startMs + 1)), 'exists');
      assert.equal((await stores.proofs.find(proof.id))?.usedAtMs, undefined, 'nothing was written');
    });

    it('end a removed tester’s connections, unless the app is in production [security 40]', async () => {
      const [user, other] = [await newUser(stores), await newUser(stores)];
      const { workspace, member } = await newWorkspace(stores, user);
      const app = await newApp(stores, { status: 'development' });
      const open = await newApp(stores, { status: 'production' });
      const mine = await connected(stores, { user, workspace, member, app });
      const live = await connected(stores, { user, workspace, member, app: open });
      for (const { id } of [app, open]) await stores.apps.addTester(id, user.id, 25, traceAt(startMs));
      assert.equal(await stores.testers.remove(app.id, other.id, traceAt(startMs + 2)), false);
      const heardBefore = test.heard.length;
      assert.equal(await stores.testers.remove(app.id, user.id, traceAt(startMs + 2)), true);
      assert.equal(await stores.testers.remove(open.id, user.id, traceAt(startMs + 2)), true);
      assert.deepEqual(test.heard.slice(heardBefore), [
        { kind: 'connection', id: mine.connection.id, atMs: startMs + 2, ended: true, epoch: 0 },
      ]);
      const chain = await stores.connections.loadChain(mine.grant.id);
      assert.deepEqual([chain?.connection.endedAtMs, chain?.grant.endedAtMs], [startMs + 2, startMs + 2]);
      assert.equal((await stores.connections.find(live.connection.id))?.endedAtMs, undefined);
    });

    it('put a person on one team, or move them from an empty one of their own', async () => {
      const [vera, other] = [await newUser(stores), await newUser(stores)];
      const team = await vendorWith(vera);
      const own = await vendorWith(other);
      const invite = (): Promise<Proof> => opened({ kind: 'team', subjectId: team.id });
      const join = async (leaving: number | undefined): Promise<string> =>
        stores.proofs.joinTeam(
          (await invite()).id,
          team.id,
          { userId: other.id },
          leaving,
          traceAt(startMs + 1),
        );
      assert.equal(await join(undefined), 'on-a-team');
      const app = await newApp(stores, { vendorId: own.id });
      assert.equal(await join(own.id), 'on-a-team', 'their team has an app');
      await stores.apps.replace({ ...app, version: 2, deletedAtMs: startMs }, 1, traceAt(startMs));
      assert.deepEqual(
        (await inParallel(6, () => join(own.id))).toSorted(),
        ['done', ...Array.from({ length: 5 }, () => 'on-a-team')].toSorted(),
      );
      assert.deepEqual(await stores.vendors.ofUser(other.id), team);
      assert.deepEqual(
        (await stores.vendors.teamOf(team.id, 10)).map(({ user }) => user.id),
        [vera.id, other.id],
      );
      assert.deepEqual(await stores.vendors.teamOf(own.id, 10), []);
    });

    it('never empty a team: two who remove each other at once leave one', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [one, two] = [await newUser(stores), await newUser(stores)];
        const vendor = await vendorWith(one);
        assert.equal(await stores.vendors.addToTeam(vendor.id, two.id, traceAt(startMs)), true);
        const answers = await Promise.all([
          stores.vendors.removeFromTeam(vendor.id, one.id, traceAt(startMs + 1)),
          stores.vendors.removeFromTeam(vendor.id, two.id, traceAt(startMs + 1)),
        ]);
        assert.deepEqual(answers.toSorted(), ['last-member', 'removed']);
        assert.equal((await stores.vendors.teamOf(vendor.id, 10)).length, 1);
      }
    });

    it('end what somebody had only by being on the team [security 40]', async () => {
      const [vera, leaver] = [await newUser(stores), await newUser(stores)];
      const vendor = await vendorWith(vera);
      await stores.vendors.addToTeam(vendor.id, leaver.id, traceAt(startMs));
      const { workspace, member } = await newWorkspace(stores, leaver);
      const appWith = (fields: { readonly status: 'development' | 'production' }) =>
        newApp(stores, { vendorId: vendor.id, ...fields });
      const [draft, tested, live] = [
        await appWith({ status: 'development' }),
        await appWith({ status: 'development' }),
        await appWith({ status: 'production' }),
      ];
      await stores.apps.addTester(tested.id, leaver.id, 25, traceAt(startMs));
      const connections = [];
      for (const app of [draft, tested, live])
        connections.push((await connected(stores, { user: leaver, workspace, member, app })).connection.id);
      assert.equal(
        await stores.vendors.removeFromTeam(vendor.id, leaver.id, traceAt(startMs + 3)),
        'removed',
      );
      assert.equal(
        await stores.vendors.removeFromTeam(vendor.id, leaver.id, traceAt(startMs + 4)),
        'not-on-team',
      );
      const ends = await Promise.all(
        connections.map(async (id) => (await stores.connections.find(id))?.endedAtMs),
      );
      assert.deepEqual(ends, [startMs + 3, undefined, undefined]);
    });

    it('add a member to a workspace once, also one who comes to exist with it', async () => {
      const owner = await newUser(stores);
      const { workspace } = await newWorkspace(stores, owner);
      const newcomer = await newcomerOf(`${randomUUID()}@example.test`);
      const bare: Newcomer = { user: newcomer.user, session: newcomer.session };
      const proof = await opened({ kind: 'workspace', subjectId: workspace.id, role: 'admin' });
      const member = {
        id: await stores.nextId(),
        workspaceId: workspace.id,
        userId: bare.user.id,
        role: 'admin' as const,
        createdAtMs: startMs,
      };
      const answers = await inParallel(8, () =>
        stores.proofs.joinWorkspace(proof.id, member, bare, traceAt(startMs + 1)),
      );
      assert.equal(countOf(answers, 'done'), 1);
      assert.equal(countOf(answers, 'gone'), 7);
      const memberships = await stores.workspaces.membershipsOf(bare.user.id);
      assert.deepEqual(memberships, [{ workspace, member }]);
      const second = await opened({ kind: 'workspace', subjectId: workspace.id, role: 'admin' });
      const twin = { ...member, id: await stores.nextId() };
      const again = stores.proofs.joinWorkspace(second.id, twin, undefined, traceAt(startMs + 2));
      assert.equal(await again, 'exists');
    });

    it('give an app to another vendor as it was read, and end what the old team had by it', async () => {
      const [vera, wes] = [await newUser(stores), await newUser(stores)];
      const [from, to] = [await vendorWith(vera), await vendorWith(wes)];
      const app = await newApp(stores, { vendorId: from.id, status: 'development' });
      const { workspace, member } = await newWorkspace(stores, vera);
      const { connection } = await connected(stores, { user: vera, workspace, member, app });
      const proof = await opened({ kind: 'transfer', subjectId: app.id });
      const stale = { ...app, version: 9 };
      assert.equal(await stores.proofs.takeApp(proof.id, stale, to.id, traceAt(startMs + 1)), 'changed');
      const answers = await inParallel(6, () =>
        stores.proofs.takeApp(proof.id, app, to.id, traceAt(startMs + 2)),
      );
      assert.equal(countOf(answers, 'done'), 1);
      assert.equal(countOf(answers, 'gone'), 5);
      assert.deepEqual(await stores.apps.find(app.id), { ...app, vendorId: to.id, version: 2 });
      assert.equal((await stores.connections.find(connection.id))?.endedAtMs, startMs + 2);
    });

    it('are removed once nobody can need them, but not while they hold a seat', async () => {
      const app = await newApp(stores);
      const seated = await proofOf({ kind: 'tester', subjectId: app.id });
      await stores.proofs.openForTester(seated, 25, traceAt(startMs));
      const old = await opened({ kind: 'sign-up', expiresAtMs: startMs - 1 });
      while ((await stores.proofs.discard(expiresAtMs + 1, 50)) > 0);
      assert.equal(await stores.proofs.find(old.id), undefined);
      assert.ok(await stores.proofs.find(seated.id));
    });
  });

  describe(`qualifications on ${testDatabase.name}`, () => {
    let test: TestStores;
    before(async () => {
      test = await openTestStores(testDatabase);
    });
    after(() => test.close());

    it('wait, are decided once as they were shown, and come again after a decline', async () => {
      const { stores } = test;
      const user = await newUser(stores);
      const vendor: Vendor = {
        id: await stores.nextId(),
        publicId: randomUUID(),
        name: 'V',
        contactName: '',
        contactEmail: '',
        contactPhone: '',
        createdAtMs: startMs,
      };
      await stores.vendors.create(vendor, user.id, traceAt(startMs));
      const first = {
        vendorId: vendor.id,
        status: 'under-review',
        companyName: 'Pipeline Sync Inc',
        companyWebsite: 'https://pipelinesync.example',
        privacyUrl: 'https://pipelinesync.example/privacy',
        assessorName: 'Vera',
        assessorTitle: 'CTO',
        email: 'vera@vendor.test',
        phone: '+1 555 010 0123',
        version: 1,
        submittedBy: user.id,
        submittedAtMs: startMs,
      } as const;
      const submitted = await inParallel(5, () => stores.qualifications.submit(first, traceAt(startMs)));
      assert.equal(countOf(submitted, true), 1);
      assert.deepEqual(await stores.qualifications.listWaiting(10), [{ qualification: first, vendor }]);
      const declined = {
        ...first,
        status: 'declined',
        version: 2,
        decidedBy: user.id,
        decidedAtMs: startMs + 1,
        reason: 'No address.',
      } as const;
      const decisions = await inParallel(5, () =>
        stores.qualifications.decide(declined, 1, traceAt(startMs + 1)),
      );
      assert.equal(countOf(decisions, true), 1);
      assert.deepEqual(await stores.qualifications.find(vendor.id), declined);
      assert.deepEqual(await stores.qualifications.listWaiting(10), []);
      const again = { ...first, version: 3, companyName: 'Pipeline Sync GmbH' };
      const resubmitted = await inParallel(5, () =>
        stores.qualifications.submit(again, traceAt(startMs + 2)),
      );
      assert.equal(countOf(resubmitted, true), 1);
      assert.deepEqual(await stores.qualifications.find(vendor.id), again);
      assert.equal(
        await stores.qualifications.decide({ ...again, status: 'qualified' }, 1, traceAt(0)),
        false,
      );
    });
  });
}
