// Workspaces and their members in SQL.
import type { WorkspaceStore } from '../domain/workspaces/store.ts';
import type { Member, Membership, Workspace } from '../domain/workspaces/workspace.ts';
import type { Trace } from '../domain/trace.ts';
import type { Row, Statement } from './engine.ts';
import { type Backing, endedChange, type TracedUnit } from './record.ts';
import { defineTable, readOne } from './table.ts';
import { usersTable } from './users.ts';

export const workspacesTable = defineTable<Workspace>('workspaces', {
  id: 'id',
  publicId: 'public_id',
  externalId: 'external_id',
  name: 'name',
  createdAtMs: 'created_at',
});

const membersTable = defineTable<Member>('members', {
  id: 'id',
  workspaceId: 'workspace_id',
  userId: 'user_id',
  role: 'role',
  createdAtMs: 'created_at',
  endedAtMs: 'ended_at',
});

const byId = workspacesTable.select('where id = :id');
const byPublicId = workspacesTable.select('where public_id = :publicId');
export const insertWorkspace = workspacesTable.insert();
/** A claim. */
export const insertMember = membersTable.insert(
  'on conflict (user_id, workspace_id) where ended_at is null do nothing',
);

const member = membersTable.as('m');
const workspace = workspacesTable.as('w');
const membershipColumns = `${member.columns}, ${workspace.columns}`;
const membershipOf = (row: Row): Membership | undefined =>
  row['m_id'] === null || row['m_id'] === undefined
    ? undefined
    : { member: member.entity(row), workspace: workspace.entity(row) };

const memberships = `
  select ${membershipColumns} from members m join workspaces w on w.id = m.workspace_id
  where m.user_id = :userId and m.ended_at is null`;
const membershipsByName = `${memberships} order by w.name, w.id`;
const acting = membersTable.as('m', ['id', 'role']);
const actingMember = `select ${acting.columns} from members m join users u on u.id = m.user_id
  where m.user_id = :userId and m.workspace_id = :workspaceId and m.ended_at is null and u.disabled_at is null`;
const membershipsAfter = `${memberships} and m.workspace_id > :after order by m.workspace_id limit :limit`;
const oneMembership = `${memberships} and m.workspace_id = :workspaceId`;

/**
 * A claim that changes nothing but locks the active membership until the commit: what the unit makes under it is there
 * to be ended by an `endMember` that waits, and one that was first makes this claim lose.
 */
export const holdMembership = (userId: number, workspaceId: number): Statement => ({
  sql: `update members set ended_at = null
    where user_id = :userId and workspace_id = :workspaceId and ended_at is null`,
  values: { userId, workspaceId },
});

const ofMember = (alias: string): string =>
  `${alias}.user_id = (select m.user_id from members m where m.id = :id)
   and ${alias}.workspace_id = (select m.workspace_id from members m where m.id = :id)`;

const endMember = 'update members set ended_at = :at where id = :id and ended_at is null';
/** In lock order: keys, connections, grants, codes, device requests. */
const endWithMember = [
  `update api_keys set revoked_at = :at, uncounted_at = coalesce(uncounted_at, :at)
   where member_id = :id and revoked_at is null`,
  `update connections set ended_at = :at where ended_at is null and ${ofMember('connections')}`,
  `update grants set ended_at = :at where ended_at is null
   and connection_id in (select c.id from connections c where ${ofMember('c')})`,
  `update codes set burnt_at = :at where redeemed_at is null and burnt_at is null and ${ofMember('codes')}`,
  `update device_requests set denied_at = :at where approved_at is not null
   and claimed_at is null and denied_at is null and ${ofMember('device_requests')}`,
];

/** Held from the first to the last of what decides about owners, so that two who leave at once see each other. */
const holdWorkspace = `update workspaces set name = name
  where id = (select m.workspace_id from members m where m.id = :id)`;
const notLastOwner = `(role <> 'owner' or exists (select 1 from members o
  where o.workspace_id = members.workspace_id and o.role = 'owner' and o.ended_at is null and o.id <> members.id))`;
const endUnlessLastOwner = `${endMember} and ${notLastOwner}`;
const setRole = `update members set role = :role
  where id = :id and ended_at is null and role <> :role and ${notLastOwner}`;
const activeMember = 'select role from members where id = :id and ended_at is null';
const rename = 'update workspaces set name = :name where id = :id';
const userInJoin = usersTable.as('u');
const membersAfter = `select ${member.columns}, ${userInJoin.columns}
  from members m join users u on u.id = m.user_id
  where m.workspace_id = :id and m.ended_at is null and m.id > :after order by m.id limit :limit`;

const endOfMember = (id: number, claims: readonly Statement[], trace: Trace): TracedUnit => {
  const values = { id, at: trace.atMs };
  return {
    claims,
    writes: endWithMember.map((sql) => ({ sql, values })),
    trace,
    subject: { kind: 'member', id },
    changes: [endedChange('member', id, trace.atMs)],
    endedRows: [
      { kind: 'key', from: 'api_keys r where r.member_id = :id and r.revoked_at = :at', values: { id } },
      {
        kind: 'connection',
        from: `connections r where ${ofMember('r')} and r.ended_at = :at`,
        values: { id },
      },
    ],
  };
};

const ownerStore = ({
  engine,
  record,
}: Backing): Pick<WorkspaceStore, 'endMemberUnlessLastOwner' | 'setRole'> => {
  /** Why the second claim was lost. */
  const why = async (id: number, role?: string): Promise<'last-owner' | 'gone'> => {
    const [row] = await engine.read({ sql: activeMember, values: { id } });
    return row?.['role'] === 'owner' && role !== 'owner' ? 'last-owner' : 'gone';
  };
  return {
    async endMemberUnlessLastOwner(id, trace) {
      const claims = [
        { sql: holdWorkspace, values: { id } },
        { sql: endUnlessLastOwner, values: { id, at: trace.atMs } },
      ];
      return (await record(endOfMember(id, claims, trace))) ? 'done' : why(id);
    },
    async setRole(id, role, trace) {
      const changed = await record({
        claims: [
          { sql: holdWorkspace, values: { id } },
          { sql: setRole, values: { id, role } },
        ],
        trace,
        subject: { kind: 'member', id },
        changes: [{ ...endedChange('member', id, trace.atMs), ended: false }],
      });
      return changed ? 'done' : why(id, role);
    },
  };
};

export const workspaceStore = (backing: Backing): WorkspaceStore => {
  const { engine, record } = backing;
  return {
    find: (id) => readOne(engine, workspacesTable, byId, { id }),
    findByPublicId: (publicId) => readOne(engine, workspacesTable, byPublicId, { publicId }),
    async create(created, owner, trace) {
      await record({
        writes: [insertWorkspace(created), insertMember(owner)],
        trace,
        subject: { kind: 'workspace', id: created.id },
      });
    },
    async membershipsOf(userId) {
      const rows = await engine.read({ sql: membershipsByName, values: { userId } });
      return rows.flatMap((row) => membershipOf(row) ?? []);
    },
    async membershipsAfter(userId, after, limit) {
      const rows = await engine.read({ sql: membershipsAfter, values: { userId, after, limit } });
      return rows.flatMap((row) => membershipOf(row) ?? []);
    },
    async findMembership(userId, workspaceId) {
      const [row] = await engine.read({ sql: oneMembership, values: { userId, workspaceId } });
      return row === undefined ? undefined : membershipOf(row);
    },
    async actingMember(userId, workspaceId) {
      const [row] = await engine.read({ sql: actingMember, values: { userId, workspaceId } });
      return row === undefined ? undefined : acting.entity(row);
    },
    async addMember(added, trace) {
      const won = await record({
        claims: [insertMember(added)],
        trace,
        subject: { kind: 'member', id: added.id },
      });
      return won ? 'added' : 'exists';
    },
    endMember: (id, trace) =>
      record(endOfMember(id, [{ sql: endMember, values: { id, at: trace.atMs } }], trace)),
    async rename(id, name, trace) {
      await record({
        claims: [{ sql: rename, values: { id, name } }],
        trace,
        subject: { kind: 'workspace', id },
      });
    },
    async membersOf(id, after, limit) {
      const rows = await engine.read({ sql: membersAfter, values: { id, after, limit } });
      return rows.map((row) => ({ member: member.entity(row), user: userInJoin.entity(row) }));
    },
    ...ownerStore(backing),
  };
};
