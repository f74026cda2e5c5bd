// The promises of WorkspaceStore about owners, roles and members, and of KeyStore about imported keys, races included.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Stores } from '../../domain/stores.ts';
import type { Member, Role, Workspace } from '../../domain/workspaces/workspace.ts';
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
  type TestStores,
  traceAt,
} from '../testing/stores.ts';

for (const testDatabase of databases) {
  describe(`workspaces on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    let nodes: readonly Stores[];
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
      nodes = [stores, anotherNode(test.database)];
    });
    after(() => test.close());
    const node = (index: number): Stores => nodes[index % 2] ?? stores;

    const join = async (workspace: Workspace, role: Role): Promise<Member> => {
      const user = await newUser(stores);
      const member: Member = {
        id: await stores.nextId(),
        workspaceId: workspace.id,
        userId: user.id,
        role,
        createdAtMs: startMs,
      };
      assert.equal(await stores.workspaces.addMember(member, traceAt(startMs)), 'added');
      return member;
    };
    const ownersOf = async (workspace: Workspace): Promise<number> => {
      const members = await stores.workspaces.membersOf(workspace.id, 0, 100);
      return members.filter(({ member }) => member.role === 'owner').length;
    };

    it('list members in the order in which they joined, a page at a time, without those who left', async () => {
      const { workspace, member } = await newWorkspace(stores, await newUser(stores));
      const joined = [member];
      for (const role of ['admin', 'member', 'member'] as const) joined.push(await join(workspace, role));
      const gone = await join(workspace, 'member');
      await stores.workspaces.endMember(gone.id, traceAt(startMs + 1));
      const first = await stores.workspaces.membersOf(workspace.id, 0, 3);
      assert.deepEqual(
        first.map((one) => one.member),
        joined.slice(0, 3),
      );
      assert.deepEqual(first[0]?.user, await stores.users.find(member.userId));
      const rest = await stores.workspaces.membersOf(workspace.id, first.at(-1)?.member.id ?? 0, 3);
      assert.deepEqual(
        rest.map((one) => one.member),
        joined.slice(3),
      );
      await stores.workspaces.rename(workspace.id, 'Renamed', traceAt(startMs + 2));
      assert.equal((await stores.workspaces.find(workspace.id))?.name, 'Renamed');
    });

    it('know who may act: an active member whose account is not disabled', async () => {
      const { workspace, member } = await newWorkspace(stores, await newUser(stores));
      const { userId } = member;
      const acting = () => stores.workspaces.actingMember(userId, workspace.id);
      assert.deepEqual(await acting(), { id: member.id, role: 'owner' });
      await stores.users.setDisabled(userId, true, traceAt(startMs + 1));
      assert.equal(await acting(), undefined);
      await stores.users.setDisabled(userId, false, traceAt(startMs + 2));
      assert.deepEqual(await acting(), { id: member.id, role: 'owner' });
      await stores.workspaces.endMember(member.id, traceAt(startMs + 3));
      assert.equal(await acting(), undefined);
    });

    it('keep one owner when all of them leave at once, on two nodes', async () => {
      for (let round = 0; round < 15; round += 1) {
        const { workspace, member } = await newWorkspace(stores, await newUser(stores));
        const owners = [member, ...(await inParallel(3, () => join(workspace, 'owner')))];
        const answers = await Promise.all(
          owners.map(({ id }, index) =>
            node(index).workspaces.endMemberUnlessLastOwner(id, traceAt(startMs + 1)),
          ),
        );
        assert.deepEqual(answers.toSorted(), ['done', 'done', 'done', 'last-owner']);
        assert.equal(await ownersOf(workspace), 1);
      }
    });

    it('keep one owner when some leave and others step down at once', async () => {
      for (let round = 0; round < 15; round += 1) {
        const { workspace, member } = await newWorkspace(stores, await newUser(stores));
        const owners = [member, ...(await inParallel(3, () => join(workspace, 'owner')))];
        const answers = await Promise.all(
          owners.map(({ id }, index) =>
            index < 2
              ? node(index).workspaces.endMemberUnlessLastOwner(id, traceAt(startMs + 1))
              : node(index).workspaces.setRole(id, 'member', traceAt(startMs + 1)),
          ),
        );
        assert.equal(answers.filter((answer) => answer === 'last-owner').length, 1);
        assert.equal(await ownersOf(workspace), 1);
      }
    });

    it('let everybody but the last owner go, with keys and connections, and say whether anything happened', async () => {
      const world = await newWorld(stores);
      const { workspace, member } = world;
      const other = await join(workspace, 'admin');
      const user = await stores.users.find(other.userId);
      assert.ok(user);
      const theirs = { user, workspace, member: other, app: await newApp(stores) };
      const key = await keyIn(stores, theirs);
      await stores.keys.create(key, 10, traceAt(startMs));
      const { connection } = await connected(stores, theirs);
      const heardBefore = test.heard.length;
      assert.equal(await stores.workspaces.endMemberUnlessLastOwner(other.id, traceAt(startMs + 3)), 'done');
      assert.deepEqual(
        test.heard.slice(heardBefore).map(({ kind, id, ended }) => [kind, id, ended]),
        [
          ['member', other.id, true],
          ['key', key.id, true],
          ['connection', connection.id, true],
        ],
      );
      assert.equal((await stores.keys.find(key.id))?.revokedAtMs, startMs + 3);
      assert.equal(await stores.workspaces.endMemberUnlessLastOwner(other.id, traceAt(startMs + 4)), 'gone');
      assert.equal(
        await stores.workspaces.endMemberUnlessLastOwner(member.id, traceAt(startMs + 4)),
        'last-owner',
      );
      assert.equal((await stores.connections.find(connection.id))?.endedAtMs, startMs + 3);
    });

    it('change roles, tell every node, and leave the last owner an owner', async () => {
      const { workspace, member } = await newWorkspace(stores, await newUser(stores));
      const other = await join(workspace, 'member');
      const heardBefore = test.heard.length;
      assert.equal(await stores.workspaces.setRole(other.id, 'admin', traceAt(startMs + 1)), 'done');
      assert.deepEqual(test.heard.slice(heardBefore), [
        { kind: 'member', id: other.id, atMs: startMs + 1, ended: false, epoch: 0 },
      ]);
      assert.equal(await stores.workspaces.setRole(other.id, 'admin', traceAt(startMs + 2)), 'gone');
      assert.equal(await stores.workspaces.setRole(member.id, 'admin', traceAt(startMs + 2)), 'last-owner');
      assert.equal(await stores.workspaces.setRole(other.id, 'owner', traceAt(startMs + 3)), 'done');
      assert.equal(await stores.workspaces.setRole(member.id, 'member', traceAt(startMs + 4)), 'done');
      const found = await stores.workspaces.findMembership(member.userId, workspace.id);
      assert.equal(found?.member.role, 'member');
    });

    it('imported keys are found by their lookup, and the same one is imported once, beyond the limit too', async () => {
      const world = await newWorld(stores);
      const lookup = new Uint8Array(randomBytes(16));
      const keys = await inParallel(12, () =>
        keyIn(stores, world, { form: 'legacy', madeBy: 'import', name: 'Legacy Token' }),
      );
      const answers = await Promise.all(
        keys.map((key, index) => node(index).keys.importLegacy(key, lookup, traceAt(startMs))),
      );
      assert.equal(answers.filter(Boolean).length, 1);
      const winner = keys[answers.indexOf(true)];
      assert.equal(await stores.keys.findLegacy(lookup), winner?.id);
      assert.deepEqual(await stores.keys.listOf(world.user.id), [winner]);
      assert.equal(await stores.keys.findLegacy(new Uint8Array(randomBytes(16))), undefined);
      for (let more = 0; more < 11; more += 1) {
        const key = await keyIn(stores, world, { form: 'legacy', madeBy: 'import' });
        assert.ok(await stores.keys.importLegacy(key, new Uint8Array(randomBytes(16)), traceAt(startMs)));
      }
      assert.equal(await stores.keys.create(await keyIn(stores, world), 10, traceAt(startMs)), 'limit');
    });
  });
}
