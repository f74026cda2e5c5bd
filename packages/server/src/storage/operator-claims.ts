// The link of the first operator in SQL: a single row, so that every claim and every new link queue up on it.
import type { OperatorClaimStore } from '../domain/operate/claim-store.ts';
import { emailKey } from '../domain/users/user.ts';
import type { Backing } from './record.ts';
import { insertSession } from './sessions.ts';
import { insertUser } from './users.ts';

const operators = `select id from users where platform_role = 'operator' and disabled_at is null`;
const offer = `
  insert into operator_claim (only_row, id, hash, expires_at, used_at) values (1, :id, :hash, :expiresAt, null)
  on conflict (only_row) do update set id = excluded.id, hash = excluded.hash,
    expires_at = excluded.expires_at, used_at = null`;
const waiting = 'select id, hash, expires_at from operator_claim where used_at is null and expires_at > :now';
const use = `
  update operator_claim set used_at = :at
  where id = :id and used_at is null and expires_at > :at and not exists (${operators})`;
const known = 'select id from users where email_key = :key';

export const operatorClaimStore = ({ engine, record }: Backing): OperatorClaimStore => {
  const find: OperatorClaimStore['find'] = async (nowMs) => {
    const [row] = await engine.read({ sql: waiting, values: { now: nowMs } });
    return row === undefined
      ? undefined
      : { id: Number(row['id']), hash: row['hash'] as Uint8Array, expiresAtMs: Number(row['expires_at']) };
  };
  return {
    find,
    hasOperator: async () => (await engine.read({ sql: `${operators} limit 1`, values: {} })).length > 0,
    async offer({ id, hash, expiresAtMs }) {
      const values = { id, hash, expiresAt: expiresAtMs };
      await engine.commit({ claims: [], writes: [{ sql: offer, values }] });
    },
    async claim(id, user, session, trace) {
      const claimed = await record({
        claims: [{ sql: use, values: { id, at: trace.atMs } }, insertUser(user)],
        writes: [insertSession(session)],
        trace,
        subject: { kind: 'user', id: user.id },
      });
      if (claimed) return 'done';
      if ((await find(trace.atMs))?.id !== id) return 'gone';
      const [taken] = await engine.read({ sql: known, values: { key: emailKey(user.email) } });
      return taken === undefined ? 'gone' : 'email-taken';
    },
  };
};
