// Logos in SQL.
import type { LogoStore } from '../domain/logos/store.ts';
import type { Backing } from './record.ts';

const insert = `insert into app_logos (hash, body, created_at) values (:hash, :body, :at)
  on conflict (hash) do nothing`;
const byHash = 'select body from app_logos where hash = :hash';

export const logoStore = ({ engine }: Backing): LogoStore => ({
  async put(hash, body, at) {
    await engine.commit({ claims: [], writes: [{ sql: insert, values: { hash, body, at } }] });
  },
  async find(hash) {
    const [row] = await engine.read({ sql: byHash, values: { hash } });
    return row === undefined ? undefined : (row['body'] as Uint8Array);
  },
});
