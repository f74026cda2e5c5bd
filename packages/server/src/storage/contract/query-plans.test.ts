// Every statement of a request's path finds its rows by an index, however large the tables grow (lessons.md 53).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Proof } from '../../domain/proofs/proof.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Engine, Statement } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { openStores } from '../stores.ts';
import { databases } from '../testing/databases.ts';
import {
  codeIn,
  connected,
  deviceFor,
  grantUnder,
  keyIn,
  newWorld,
  startMs,
  traceAt,
  uncollectedKeyIn,
  type World,
} from '../testing/stores.ts';

/** Tables of one or a few rows, and what a statement itself found by an index before. */
const mayBeScanned = /^SCAN (f|feed|counters|\(subquery-\d+\))$/;

/** Mailed codes, links and invitations, teams and testers, and what waits to be mailed. */
const vendorRoad = async (stores: Stores, { user, app, member }: World): Promise<void> => {
  const trace = traceAt(startMs + 1);
  const proof: Proof = {
    id: await stores.nextId(),
    kind: 'tester',
    hash: new Uint8Array(32),
    email: 'a@b.test',
    subjectId: app.id,
    tries: 0,
    sends: 1,
    sentAtMs: startMs,
    createdAtMs: startMs,
    expiresAtMs: startMs + 10,
  };
  const vendor = { name: 'V', contactName: '', contactEmail: '', contactPhone: '' };
  const first = { id: await stores.nextId(), publicId: 'v1', createdAtMs: startMs, ...vendor };
  await stores.vendors.create(first, user.id, trace);
  await stores.vendors.findByPublicId('v1');
  await stores.vendors.teamOf(first.id, 10);
  await stores.vendors.change(first, trace);
  await stores.proofs.openForTester(proof, 25, trace);
  await stores.proofs.find(proof.id);
  await stores.proofs.countTry(proof.id, 5, startMs);
  const bounds = { sentBeforeMs: startMs, limit: 5 };
  await stores.proofs.resend(proof.id, { hash: proof.hash, expiresAtMs: startMs + 10 }, bounds, trace);
  await stores.proofs.listWaiting('tester', app.id, startMs, 10);
  await stores.proofs.acceptTester(proof.id, app.id, { userId: user.id }, trace);
  await stores.proofs.joinTeam(proof.id, first.id, { userId: user.id }, 7, trace);
  await stores.proofs.joinWorkspace(proof.id, { ...member, id: await stores.nextId() }, undefined, trace);
  await stores.proofs.resetPassword(proof.id, user.id, 'x', trace);
  await stores.proofs.changeEmail(proof.id, user.id, 'c@d.test', trace);
  await stores.proofs.takeApp(proof.id, app, first.id, trace);
  await stores.proofs.withdraw(proof, trace);
  await stores.proofs.freeExpiredSeats(app.id, startMs + 20);
  await stores.proofs.discard(startMs, 10);
  await stores.testers.listOf(app.id, 10);
  await stores.testers.countSeats(app.id);
  await stores.testers.remove(app.id, user.id, trace);
  await stores.vendors.removeFromTeam(first.id, user.id, trace);
  await stores.qualifications.find(first.id);
  await stores.logos.find('x');
  await stores.logos.keep('x', startMs);
  await stores.mails.due(startMs, 10);
  await stores.mails.take(1, startMs, startMs + 1);
  await stores.mails.list(5, 10);
  await stores.mails.discard(startMs, 10);
};

/** Stores that keep every statement once, to be explained. */
const notingStores = async () => {
  const sqlite = databases.find(({ name }) => name === 'sqlite') ?? assert.fail();
  const { database, close } = await sqlite.open();
  await migrate(database, startMs);
  const texts = new Map<string, Statement>();
  const note = (statements: readonly Statement[]): void => {
    for (const statement of statements) texts.set(statement.sql, statement);
  };
  const noting: Engine = {
    read(statement) {
      note([statement]);
      return database.read(statement);
    },
    commit(unit) {
      note([...unit.claims, ...unit.writes]);
      return database.commit(unit);
    },
    close: () => database.close(),
  };
  const planOf = async ({ sql, values }: Statement): Promise<readonly string[]> => {
    const rows = await database.read({ sql: `explain query plan ${sql}`, values });
    return rows.map((row) => String(row['detail']));
  };
  return { stores: openStores(noting, () => undefined), texts, planOf, close };
};

describe('query plans on SQLite', () => {
  it('never scan a table on the way of a request', async () => {
    const { stores, texts, planOf, close } = await notingStores();
    const trace = traceAt(startMs + 1);

    const world = await newWorld(stores);
    const { connection, grant } = await connected(stores, world);
    await stores.users.find(world.user.id);
    await stores.users.findByEmailKey('a');
    await stores.workspaces.membershipsOf(world.user.id);
    await stores.workspaces.findMembership(world.user.id, world.workspace.id);
    await stores.workspaces.actingMember(world.user.id, world.workspace.id);
    await stores.workspaces.findByPublicId(world.workspace.publicId);
    await stores.sessions.find(1);
    await stores.sessions.seen(1, startMs);
    await stores.sessions.listOf(world.user.id, startMs);
    const { user, workspace, member } = world;
    await stores.sessions.endOthers(user.id, 1, trace);
    await stores.factors.totpOf(user.id);
    await stores.factors.passkeysOf(user.id);
    await stores.factors.findPasskey('x');
    await stores.factors.recoveryCodesOf(user.id);
    await stores.factors.renewRecoveryCodes(user.id, [], trace);
    await stores.factors.removeTotp(user.id, trace);
    await stores.factors.spend(user.id, { kind: 'totp', id: 1, step: 1 }, { ends: 1, refreshes: 1 }, trace);
    await stores.factors.spend(user.id, { kind: 'recovery-code', id: 1 }, {}, trace);
    await stores.workspaces.membersOf(workspace.id, 0, 50);
    await stores.workspaces.setRole(member.id, 'member', trace);
    await stores.keys.findLegacy(new Uint8Array(16));
    await stores.vendors.ofUser(world.user.id);
    await stores.apps.findByClientId(world.app.clientId);
    await stores.apps.listOf(1);
    await stores.apps.secretsOf(world.app.id, startMs);
    await stores.apps.isTester(world.app.id, world.user.id);
    await stores.connections.loadChain(grant.id);
    await stores.connections.entriesOf(world.user.id);
    await stores.connections.countActive(world.app.id);
    await stores.connections.consentsOf(world.user.id, world.app.id);
    await stores.connections.activeOf(world.user.id, world.app.id, world.workspace.id);
    await stores.reviews.openOf(world.app.id);
    await stores.reviews.lastSubmittedOf(world.app.id);
    await stores.reviews.lastBreakingOf(world.app.id);
    await stores.reviews.openOfVendor(1);
    await stores.reviews.countSignedIn(world.app.id, 1, startMs);
    await stores.reviews.wasEverConnected(world.app.id);
    await stores.reviews.historyOf(world.app.id, ['apps.submit'], undefined, 10);
    await stores.reviews.queue('all', 1, undefined, 10);
    await stores.connections.rotate(grant.id, 1, startMs + 2);
    await stores.connections.retry(grant.id, 2, startMs, 3);
    const key = await keyIn(stores, world);
    await stores.keys.create(key, 1, trace);
    await stores.keys.create(await keyIn(stores, world), 1, trace);
    await stores.keys.findByPublicId(key.publicId);
    await stores.keys.listOf(world.user.id);
    await stores.connections.findKeyPair(world.app.id, key.id);
    await stores.keys.revoke(key.id, trace);
    const management = {
      id: await stores.nextId(),
      publicId: 'mk_1',
      userId: world.user.id,
      name: 'Deploy',
      hash: new Uint8Array(32),
      lastFour: 'abcd',
      operations: ['apps.list'],
      createdAtMs: startMs,
    };
    await stores.managementKeys.create(management, 2, trace);
    await stores.managementKeys.find(management.id);
    await stores.managementKeys.findByPublicId(management.publicId);
    await stores.managementKeys.listFor(world.user.id, 1, { limit: 10 });
    await stores.managementKeys.used(management.id, startMs);
    await stores.managementKeys.revoke(management.id, trace);
    const code = await codeIn(stores, world);
    await stores.codes.issue(code, trace);
    await stores.codes.burn(code.id, trace);
    const device = await deviceFor(stores, world);
    await stores.devices.open(device, 1);
    await stores.devices.open(await deviceFor(stores, world), 1);
    await stores.devices.findByUserCodeHash(device.userCodeHash);
    await stores.devices.bind(device.id, world.user.id, 1, startMs + 1);
    const waiting = await uncollectedKeyIn(stores, world);
    await stores.devices.approveWithKey(device.id, world.user.id, waiting, 10, trace);
    await stores.devices.claimKey(device.id, { hash: new Uint8Array(32), lastFour: 'abcd' }, trace);
    await stores.devices.claimGrant(device.id, await grantUnder(stores, connection), trace);
    await stores.connections.end(connection.id, trace);
    await vendorRoad(stores, world);
    await stores.changes.after(0, 100);
    await stores.changes.lastBefore(startMs);

    assert.ok(texts.size > 40);
    for (const statement of texts.values()) {
      const scans = (await planOf(statement)).filter(
        (detail) => detail.startsWith('SCAN') && !mayBeScanned.test(detail),
      );
      assert.deepEqual(scans, [], statement.sql);
    }
    await close();
  });

  it('read a page in the order of an index: nothing is sorted, however long the list', async () => {
    const { stores, texts, planOf, close } = await notingStores();
    const page = { before: 1_000, limit: 10 };
    await stores.keys.listOf(1, page);
    await stores.apps.listOf(1, page);
    await stores.connections.entriesOf(1, page);
    await stores.workspaces.membershipsAfter(1, 1, 10);
    await stores.workspaces.membersOf(1, 1, 10);
    await stores.logos.discardUnused('', startMs, 10);
    assert.equal(texts.size, 6);
    for (const statement of texts.values()) {
      const plan = (await planOf(statement)).join('; ');
      assert.doesNotMatch(plan, /SCAN|TEMP B-TREE/, statement.sql);
    }
    await close();
  });
});
