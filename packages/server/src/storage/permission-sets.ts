// Interned permission sets in SQL: rows are added and never changed.
import { createHash } from 'node:crypto';
import type { PermissionSet } from '../domain/permissions/permission.ts';
import type { PermissionSetStore } from '../domain/permissions/store.ts';
import type { Backing } from './record.ts';
import { defineTable, readOne, textList } from './table.ts';

const digestOf = (permissions: readonly string[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(JSON.stringify(permissions)).digest());

const setsTable = defineTable<PermissionSet>(
  'permission_sets',
  { id: 'id', permissions: textList('permissions') },
  { digest: (set) => digestOf(set.permissions) },
);

const byId = setsTable.select('where id = :id');
const byDigest = setsTable.select('where digest = :digest');
const insert = setsTable.insert('on conflict (digest) do nothing');

export const permissionSetStore = ({ engine, nextId }: Backing): PermissionSetStore => ({
  find: (id) => readOne(engine, setsTable, byId, { id }),
  async intern(asked) {
    const permissions = [...new Set(asked)].toSorted();
    const digest = digestOf(permissions);
    const known = await readOne(engine, setsTable, byDigest, { digest });
    if (known !== undefined) return known.id;
    const id = await nextId();
    if (await engine.commit({ claims: [insert({ id, permissions })], writes: [] })) return id;
    const first = await readOne(engine, setsTable, byDigest, { digest });
    if (first === undefined) throw new Error('A permission set that met a conflict cannot be read.');
    return first.id;
  },
});
