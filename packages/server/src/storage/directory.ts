// Lists for operators in SQL: people, workspaces and apps of everybody, found by a part of a name.
import type { AppFilter, DirectoryStore, Part } from '../domain/operate/directory-store.ts';
import { appsTable } from './apps.ts';
import type { Backing } from './record.ts';
import { readAll } from './table.ts';
import { usersTable } from './users.ts';
import { workspacesTable } from './workspaces.ts';

/** A pattern that looks for the text itself: `%` and `_` in it are letters. */
const anywhere = (search: string): string =>
  `%${search
    .trim()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\\%_]/g, String.raw`\$&`)}%`;
const has = (column: string): string => `lower(${column}) like :search escape '\\'`;

/** Ids are safe integers: this one is above all. */
const NEWEST = Number.MAX_SAFE_INTEGER;
const valuesOf = (search: string, { before = NEWEST, limit }: Part) => ({
  search: anywhere(search),
  before,
  limit,
});

const people = usersTable.select(
  `where id < :before and (${has('email_key')} or ${has('full_name')}) order by id desc limit :limit`,
);
const counts = `
  select
    (select count(*) from sessions s where s.user_id = :userId and s.ended_at is null and s.ends_at > :now
      and s.kind = 'cookie') as sessions,
    (select count(*) from api_keys k where k.user_id = :userId and k.revoked_at is null
      and k.collected_at is not null and (k.expires_at is null or k.expires_at > :now)) as keys
  from feed`;

const workspace = workspacesTable.as('w');
const workspaces = `
  select ${workspace.columns},
    (select count(*) from members m where m.workspace_id = w.id and m.ended_at is null) as member_count
  from workspaces w where w.id < :before and ${has('w.name')} order by w.id desc limit :limit`;

const app = appsTable.as('a');
const filters: Readonly<Record<AppFilter, string>> = {
  all: '',
  development: `and a.status = 'development' and a.suspended_at is null`,
  'under-review': `and a.status = 'under-review' and a.suspended_at is null`,
  production: `and a.status = 'production' and a.suspended_at is null`,
  declined: `and a.status = 'declined' and a.suspended_at is null`,
  suspended: 'and a.suspended_at is not null',
};
const appsBy = (filter: AppFilter): string => `
  select ${app.columns}, v.name as vendor_name,
    (select count(*) from connections c where c.app_id = a.id and c.ended_at is null) as connection_count
  from apps a left join vendors v on v.id = a.vendor_id
  where a.id < :before and a.deleted_at is null ${filters[filter]}
    and (${has('a.name')} or ${has('a.client_id')} or ${has(`coalesce(v.name, '')`)})
  order by a.id desc limit :limit`;

const setsInUse = `
  select s.permissions as permissions, count(*) as n
  from apps a join permission_sets s on s.id = a.permission_set_id
  where a.deleted_at is null group by s.id, s.permissions`;

export const directoryStore = ({ engine }: Backing): DirectoryStore => ({
  people: (search, part) => readAll(engine, usersTable, people, valuesOf(search, part)),
  async countsOf(userId, nowMs) {
    const [row] = await engine.read({ sql: counts, values: { userId, now: nowMs } });
    return { sessions: Number(row?.['sessions'] ?? 0), keys: Number(row?.['keys'] ?? 0) };
  },
  async workspaces(search, part) {
    const rows = await engine.read({ sql: workspaces, values: valuesOf(search, part) });
    return rows.map((row) => ({
      workspace: workspace.entity(row),
      memberCount: Number(row['member_count']),
    }));
  },
  async apps(search, filter, part) {
    const rows = await engine.read({ sql: appsBy(filter), values: valuesOf(search, part) });
    return rows.map((row) => ({
      app: app.entity(row),
      ...(typeof row['vendor_name'] === 'string' ? { vendorName: row['vendor_name'] } : {}),
      connectionCount: Number(row['connection_count']),
    }));
  },
  async permissionSetsInUse() {
    const rows = await engine.read({ sql: setsInUse, values: {} });
    return rows.map((row) => ({
      permissions: JSON.parse(String(row['permissions'])) as string[],
      apps: Number(row['n']),
    }));
  },
});
