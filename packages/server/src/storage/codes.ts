// Authorization codes in SQL.
import type { Code } from '../domain/codes/code.ts';
import type { CodeStore } from '../domain/codes/store.ts';
import { insertConnection, insertGrant } from './connection-tables.ts';
import { discardRows } from './discard.ts';
import type { Backing } from './record.ts';
import { defineTable, flag, readOne } from './table.ts';
import { holdMembership } from './workspaces.ts';

const codesTable = defineTable<Code>('codes', {
  id: 'id',
  hash: 'hash',
  appId: 'app_id',
  userId: 'user_id',
  workspaceId: 'workspace_id',
  redirectUri: 'redirect_uri',
  redirectUriStated: flag('redirect_uri_stated'),
  challenge: 'challenge',
  permissionSetId: 'permission_set_id',
  epoch: 'epoch',
  issuedAtMs: 'issued_at',
  expiresAtMs: 'expires_at',
  redeemedAtMs: 'redeemed_at',
  burntAtMs: 'burnt_at',
  grantId: 'grant_id',
});

const byId = codesTable.select('where id = :id');
const insert = codesTable.insert();
const spend = `update codes set redeemed_at = :at, grant_id = :grantId
  where id = :id and redeemed_at is null and burnt_at is null and expires_at > :at`;
const burn = `update codes set burnt_at = :at
  where id = :id and redeemed_at is null and burnt_at is null`;
const over = `issued_at < :before
  and (redeemed_at is not null or burnt_at is not null or expires_at <= :before)`;

export const codeStore = ({ engine, record }: Backing): CodeStore => {
  const find: CodeStore['find'] = (id) => readOne(engine, codesTable, byId, { id });
  return {
    find,
    async issue(code, trace) {
      await record({ writes: [insert(code)], trace, subject: { kind: 'code', id: code.id } });
    },
    async redeem({ codeId, atMs, connection, grant }, trace) {
      const redeemed = await record({
        claims: [
          holdMembership(connection.userId, connection.workspaceId),
          { sql: spend, values: { id: codeId, at: atMs, grantId: grant.id } },
        ],
        writes: [insertConnection(connection), insertGrant(grant)],
        trace,
        subject: { kind: 'code', id: codeId },
      });
      if (redeemed) return 'redeemed';
      const code = await find(codeId);
      if (code?.redeemedAtMs === undefined || code.grantId === undefined) return 'gone';
      return { replayOf: code.grantId, redeemedAtMs: code.redeemedAtMs };
    },
    async burn(id, trace) {
      await record({
        claims: [{ sql: burn, values: { id, at: trace.atMs } }],
        trace,
        subject: { kind: 'code', id },
      });
    },
    discard: (issuedBeforeMs, limit) => discardRows(engine, 'codes', 'id', over, issuedBeforeMs, limit),
  };
};
