// Clean-up in bounded slices, oldest first, so that no delete holds the database for long.
import type { Engine } from './engine.ts';

/**
 * Removes at most `limit` rows for which `condition` (with `:before`) holds; answers how many. `oldest`: the column by
 * whose index they are found, where the key says little about their age.
 */
export const discardRows = async (
  engine: Engine,
  table: string,
  key: string,
  condition: string,
  beforeMs: number,
  limit: number,
  oldest: string = key,
): Promise<number> => {
  const chosen = `select ${key} from ${table} where ${condition} order by ${oldest} limit :limit`;
  const values = { before: beforeMs, limit };
  const rows = await engine.read({ sql: chosen, values });
  if (rows.length === 0) return 0;
  const remove = `delete from ${table} where ${key} in (${chosen})`;
  await engine.commit({ claims: [], writes: [{ sql: remove, values }] });
  return rows.length;
};
