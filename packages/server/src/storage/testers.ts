// Testers of apps in SQL.
import type { TesterStore } from '../domain/testers/store.ts';
import { endConnections, ofFormerTester } from './end-connections.ts';
import type { Backing } from './record.ts';
import { usersTable } from './users.ts';

const user = usersTable.as('u');
const list = `select ${user.columns}, t.added_at as added_at
  from app_testers t join users u on u.id = t.user_id
  where t.app_id = :appId order by t.added_at, t.user_id limit :limit`;
const seats = 'select counted_testers from apps where id = :appId';
const remove = 'delete from app_testers where app_id = :appId and user_id = :userId';
const freeSeat = 'update apps set counted_testers = counted_testers - 1 where id = :appId';

export const testerStore = ({ engine, record }: Backing): TesterStore => ({
  async listOf(appId, limit) {
    const rows = await engine.read({ sql: list, values: { appId, limit } });
    return rows.map((row) => ({ user: user.entity(row), addedAtMs: Number(row['added_at']) }));
  },
  async countSeats(appId) {
    const [row] = await engine.read({ sql: seats, values: { appId } });
    return Number(row?.['counted_testers'] ?? 0);
  },
  remove: (appId, userId, trace) =>
    record({
      claims: [
        { sql: remove, values: { appId, userId } },
        { sql: freeSeat, values: { appId } },
      ],
      ...endConnections(ofFormerTester(appId, userId), trace.atMs),
      trace,
      subject: { kind: 'app', id: appId },
    }),
});
