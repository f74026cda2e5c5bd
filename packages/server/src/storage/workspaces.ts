// Workspaces and their members in SQL.
import type { WorkspaceStore } from '../domain/workspaces/store.ts';
import type { Member, Membership, Workspace } from '../domain/workspaces/workspace.ts';
import type { Row, Statement } from './engine.ts';
import { type Backing, endedChange } from './record.ts';
import { defineTable, readOne } from './table.ts';

const workspacesTable = defineTable<Workspace>('workspaces', {
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
/** Expects the aliases `m` and `w`. */
export const membershipColumns = `${member.columns}, ${workspace.columns}`;
export const membershipOf = (row: Row): Membership | undefined =>
  row['m_id'] === null || row['m_id'] === undefined
    ? undefined
    : { member: member.entity(row), workspace: workspace.entity(row) };

const memberships = `
  select ${membershipColumns} from members m join workspaces w on w.id = m.workspace_id
  where m.user_id = :userId and m.ended_at is null`;
const membershipsByName = `${memberships} order by w.name, w.id`;
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

export const workspaceStore = ({ engine, record }: Backing): WorkspaceStore => ({
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
  async findMembership(userId, workspaceId) {
    const [row] = await engine.read({ sql: oneMembership, values: { userId, workspaceId } });
    return row === undefined ? undefined : membershipOf(row);
  },
  async addMember(added, trace) {
    const won = await record({
      claims: [insertMember(added)],
      trace,
      subject: { kind: 'member', id: added.id },
    });
    return won ? 'added' : 'exists';
  },
  endMember(id, trace) {
    const values = { id, at: trace.atMs };
    return record({
      claims: [{ sql: endMember, values }],
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
    });
  },
});
