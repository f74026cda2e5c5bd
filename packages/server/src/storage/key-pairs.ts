// The one connection and grant per (app, API key) of client_credentials in SQL (protocol.md 6).
import type { ConnectionStore } from '../domain/connections/store.ts';
import {
  connectionsTable,
  grantsTable,
  holdConnection,
  insertConnection,
  insertGrant,
} from './connection-tables.ts';
import { type Backing, endedChange } from './record.ts';

type KeyPairMethods = Pick<
  ConnectionStore,
  'findKeyPair' | 'openKeyPair' | 'renewKeyGrant' | 'reopenKeyPair'
>;

const connection = connectionsTable.as('c');
const grant = grantsTable.as('g');
const pair = `
  select ${connection.columns}, ${grant.columns} from key_pairs p
  join connections c on c.id = p.connection_id
  join grants g on g.id = p.grant_id
  where p.app_id = :appId and p.key_id = :keyId`;

const open = `insert into key_pairs (app_id, key_id, connection_id, grant_id)
  values (:appId, :keyId, :connectionId, :grantId) on conflict (app_id, key_id) do nothing`;
const renew = `update key_pairs set grant_id = :grantId
  where app_id = :appId and key_id = :keyId and connection_id = :connectionId and grant_id = :replaced`;
const endReplaced = 'update grants set ended_at = :at where id = :replaced and ended_at is null';
/** That the tombstone has ended is for ever, so reading it beside the claim is safe. */
const reopen = `update key_pairs set connection_id = :connectionId, grant_id = :grantId
  where app_id = :appId and key_id = :keyId and connection_id = :ended
  and exists (select 1 from connections c where c.id = :ended and c.ended_at is not null)`;

export const keyPairStore = ({ engine, record }: Backing): KeyPairMethods => ({
  async findKeyPair(appId, keyId) {
    const [row] = await engine.read({ sql: pair, values: { appId, keyId } });
    return row === undefined ? undefined : { connection: connection.entity(row), grant: grant.entity(row) };
  },
  async openKeyPair(made, first, trace) {
    const { id: connectionId, appId, keyId = null } = made;
    const opened = await record({
      claims: [
        insertConnection(made),
        insertGrant(first),
        { sql: open, values: { appId, keyId, connectionId, grantId: first.id } },
      ],
      trace,
      subject: { kind: 'connection', id: connectionId },
    });
    return opened ? 'opened' : 'exists';
  },
  renewKeyGrant(appId, keyId, replaced, next, trace) {
    const { id: grantId, connectionId } = next;
    return record({
      claims: [
        holdConnection(connectionId),
        insertGrant(next),
        { sql: renew, values: { appId, keyId, connectionId, grantId, replaced } },
      ],
      writes: [{ sql: endReplaced, values: { replaced, at: trace.atMs } }],
      trace,
      subject: { kind: 'grant', id: grantId },
      changes: [endedChange('grant', replaced, trace.atMs)],
    });
  },
  reopenKeyPair(ended, made, first, trace) {
    const { id: connectionId, appId, keyId = null } = made;
    return record({
      claims: [
        insertConnection(made),
        insertGrant(first),
        { sql: reopen, values: { appId, keyId, connectionId, grantId: first.id, ended } },
      ],
      trace,
      subject: { kind: 'connection', id: connectionId },
      // Nodes that remember the pair as ended must read it again.
      changes: [endedChange('connection', ended, trace.atMs)],
    });
  },
});
