// Logos in SQL.
import type { LogoStore } from '../domain/logos/store.ts';
import type { Backing } from './record.ts';

/** One that is added again is as young as a new one, so that whoever added it has time to name it. */
const insert = `insert into app_logos (hash, body, created_at) values (:hash, :body, :at)
  on conflict (hash) do update set created_at = excluded.created_at`;
const byHash = 'select body from app_logos where hash = :hash';
const keep = 'update app_logos set created_at = :at where hash = :hash';

const slice = 'select hash from app_logos where hash > :after order by hash limit :limit';
const unused = `hash > :after and hash <= :last and created_at < :before
  and not exists (select 1 from apps a where a.logo_hash = app_logos.hash)
  and not exists (select 1 from submissions s where s.logo_hash = app_logos.hash)`;
const anyUnused = `select hash from app_logos where ${unused} limit 1`;
const removeUnused = `delete from app_logos where ${unused}`;

export const logoStore = ({ engine }: Backing): LogoStore => ({
  async put(hash, body, at) {
    await engine.commit({ claims: [], writes: [{ sql: insert, values: { hash, body, at } }] });
  },
  async find(hash) {
    const [row] = await engine.read({ sql: byHash, values: { hash } });
    return row === undefined ? undefined : (row['body'] as Uint8Array);
  },
  keep: (hash, at) => engine.commit({ claims: [{ sql: keep, values: { hash, at } }], writes: [] }),
  async discardUnused(after, beforeMs, limit) {
    const looked = await engine.read({ sql: slice, values: { after, limit } });
    const last = looked.at(-1)?.['hash'];
    if (typeof last !== 'string') return undefined;
    const values = { after, last, before: beforeMs };
    const found = await engine.read({ sql: anyUnused, values });
    if (found.length > 0) await engine.commit({ claims: [], writes: [{ sql: removeUnused, values }] });
    return looked.length < limit ? undefined : last;
  },
});
