// Connections and grants in SQL.
import type { Chain, Connection, Grant } from '../domain/connections/connection.ts';
import type { ConnectionStore } from '../domain/connections/store.ts';
import { appsTable } from './apps.ts';
import type { Row, Statement } from './engine.ts';
import { keyLife } from './keys.ts';
import { keyPairStore } from './key-pairs.ts';
import { type Backing, endedChange } from './record.ts';
import { connectionsTable, grantsTable } from './connection-tables.ts';
import { pageValues, readAll, readOne } from './table.ts';
import { usersTable } from './users.ts';

const byId = connectionsTable.select('where id = :id');
const byPublicId = connectionsTable.select('where public_id = :publicId');
/** The second condition says of the rows what their index says; the rest decides. */
const entriesOf = connectionsTable.select(`
  where user_id = :userId and id < :before
  and (ended_at is null or key_id is not null)
  and case when ended_at is null then not exists (
    select 1 from connections n where n.app_id = connections.app_id and n.user_id = connections.user_id
    and n.ended_at is null and n.workspace_id = connections.workspace_id and n.id > connections.id
  ) else exists (
    select 1 from key_pairs p
    where p.app_id = connections.app_id and p.key_id = connections.key_id and p.connection_id = connections.id
  ) end order by id desc limit :limit`);
const activeOf = connectionsTable.select(`
  where app_id = :appId and user_id = :userId and ended_at is null and workspace_id = :workspaceId
  order by id desc`);
const consentsOf = `
  select c.app_id as app_id, c.workspace_id as workspace_id, c.permission_set_id as permission_set_id,
    max(g.epoch) as epoch
  from connections c join grants g on g.connection_id = c.id
  where c.app_id = :appId and c.user_id = :userId and c.ended_at is null and c.key_id is null
  group by c.id, c.app_id, c.workspace_id, c.permission_set_id`;
const countActive = 'select count(*) as active from connections where app_id = :appId and ended_at is null';

const grant = grantsTable.as('g');
const connection = connectionsTable.as('c', ['id', 'userId', 'workspaceId', 'appId', 'keyId', 'endedAtMs']);
const app = appsTable.as('a', [
  'id',
  'clientId',
  'vendorId',
  'kind',
  'status',
  'epoch',
  'permissionSetId',
  'suspendedAtMs',
  'deletedAtMs',
]);
const user = usersTable.as('u', ['id', 'publicId', 'disabledAtMs']);
const chain = `
  select ${grant.columns}, ${connection.columns}, ${app.columns}, ${user.columns},
    m.id as m_id, w.public_id as w_public_id, k.id as k_id, ${keyLife.columns}
  from grants g
  join connections c on c.id = g.connection_id
  join apps a on a.id = c.app_id
  join users u on u.id = c.user_id
  join workspaces w on w.id = c.workspace_id
  left join members m on m.user_id = c.user_id and m.workspace_id = c.workspace_id and m.ended_at is null
  left join api_keys k on k.id = c.key_id
  where g.id = :id`;

const chainOf = (row: Row): Chain => ({
  grant: grant.entity(row),
  connection: connection.entity(row),
  app: app.entity(row),
  user: user.entity(row),
  member:
    row['m_id'] === null
      ? undefined
      : { id: Number(row['m_id']), workspacePublicId: String(row['w_public_id']) },
  key: row['k_id'] === null ? undefined : keyLife.entity(row),
});

const end = 'update connections set ended_at = :at where id = :id and ended_at is null';
/** With it go what could still bring tokens of the same consent: grants, codes not yet redeemed, approved devices. */
const endWithConnection = [
  'update grants set ended_at = :at where connection_id = :id and ended_at is null',
  `update codes set burnt_at = :at where redeemed_at is null and burnt_at is null
   and user_id = (select c.user_id from connections c where c.id = :id)
   and workspace_id = (select c.workspace_id from connections c where c.id = :id)
   and app_id = (select c.app_id from connections c where c.id = :id and c.key_id is null)`,
  `update device_requests set denied_at = :at
   where connection_id = :id and claimed_at is null and denied_at is null`,
];
const endGrant = 'update grants set ended_at = :at where id = :id and ended_at is null';
const used = 'update connections set last_used_at = :at where id = :id';

const rotate = `update grants set generation = generation + 1, rotated_at = :at, retries = 0
  where id = :id and generation = :current and ended_at is null and ends_at > :at`;
const retry = `update grants set retries = retries + 1
  where id = :id and generation = :current and rotated_at > :after and retries < :limit and ended_at is null`;

export const connectionStore = (backing: Backing): ConnectionStore => {
  const { engine, record } = backing;
  const claimAlone = (claim: Statement): Promise<boolean> => engine.commit({ claims: [claim], writes: [] });
  return {
    ...keyPairStore(backing),
    find: (id) => readOne<Connection>(engine, connectionsTable, byId, { id }),
    findByPublicId: (publicId) => readOne<Connection>(engine, connectionsTable, byPublicId, { publicId }),
    entriesOf: (userId, page) =>
      readAll<Connection>(engine, connectionsTable, entriesOf, { userId, ...pageValues(page) }),
    activeOf: (userId, appId, workspaceId) =>
      readAll<Connection>(engine, connectionsTable, activeOf, { userId, appId, workspaceId }),
    async consentsOf(userId, appId) {
      return (await engine.read({ sql: consentsOf, values: { userId, appId } })).map((row) => ({
        appId: Number(row['app_id']),
        workspaceId: Number(row['workspace_id']),
        permissionSetId: Number(row['permission_set_id']),
        epoch: Number(row['epoch']),
      }));
    },
    async countActive(appId) {
      const [row] = await engine.read({ sql: countActive, values: { appId } });
      return Number(row?.['active']);
    },
    async loadChain(id: Grant['id']) {
      const [row] = await engine.read({ sql: chain, values: { id } });
      return row === undefined ? undefined : chainOf(row);
    },
    end(id, trace) {
      const values = { id, at: trace.atMs };
      return record({
        claims: [{ sql: end, values }],
        writes: endWithConnection.map((sql) => ({ sql, values })),
        trace,
        subject: { kind: 'connection', id },
        changes: [endedChange('connection', id, trace.atMs)],
      });
    },
    endGrant: (id, trace) =>
      record({
        claims: [{ sql: endGrant, values: { id, at: trace.atMs } }],
        trace,
        subject: { kind: 'grant', id },
        changes: [endedChange('grant', id, trace.atMs)],
      }),
    async used(id, atMs) {
      await engine.commit({ claims: [], writes: [{ sql: used, values: { id, at: atMs } }] });
    },
    rotate: (id, from, atMs) => claimAlone({ sql: rotate, values: { id, current: from, at: atMs } }),
    retry: (id, at, rotatedAfterMs, limit) =>
      claimAlone({ sql: retry, values: { id, current: at, after: rotatedAfterMs, limit } }),
  };
};
