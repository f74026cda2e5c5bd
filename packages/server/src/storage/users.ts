// Users in SQL.
import type { UserStore } from '../domain/users/store.ts';
import { emailKey, type User } from '../domain/users/user.ts';
import type { Backing } from './record.ts';
import { endOtherSessions } from './sessions.ts';
import { defineTable, readOne } from './table.ts';

export const usersTable = defineTable<User>(
  'users',
  {
    id: 'id',
    publicId: 'public_id',
    externalId: 'external_id',
    email: 'email',
    fullName: 'full_name',
    passwordHash: 'password_hash',
    platformRole: 'platform_role',
    timeZone: 'time_zone',
    createdAtMs: 'created_at',
    secondFactorSinceMs: 'second_factor_since',
    disabledAtMs: 'disabled_at',
  },
  { email_key: (user) => emailKey(user.email) },
);

const byId = usersTable.select('where id = :id');
const byPublicId = usersTable.select('where public_id = :publicId');
const byEmailKey = usersTable.select('where email_key = :key');
/** A claim. */
export const insertUser = usersTable.insert('on conflict (email_key) do nothing');
const disable = 'update users set disabled_at = :at where id = :id and disabled_at is null';
const setPassword = 'update users set password_hash = :passwordHash where id = :id';
const setProfile = 'update users set full_name = :fullName, time_zone = :timeZone where id = :id';
const setRole = 'update users set platform_role = :to where id = :id and platform_role = :from';
const enable = 'update users set disabled_at = null where id = :id and disabled_at is not null';

export const userStore = ({ engine, record }: Backing): UserStore => ({
  find: (id) => readOne(engine, usersTable, byId, { id }),
  findByPublicId: (publicId) => readOne(engine, usersTable, byPublicId, { publicId }),
  findByEmailKey: (key) => readOne(engine, usersTable, byEmailKey, { key }),
  async create(user, trace) {
    const created = await record({
      claims: [insertUser(user)],
      trace,
      subject: { kind: 'user', id: user.id },
    });
    return created ? 'created' : 'email-taken';
  },
  async changePassword(id, passwordHash, kept, trace) {
    await record({
      claims: [{ sql: setPassword, values: { id, passwordHash } }],
      writes: [endOtherSessions(id, kept, trace.atMs)],
      trace,
      subject: { kind: 'user', id },
    });
  },
  async updateProfile(id, { fullName, timeZone }, trace) {
    await record({
      claims: [{ sql: setProfile, values: { id, fullName, timeZone } }],
      trace,
      subject: { kind: 'user', id },
    });
  },
  setDisabled: (id, disabled, trace) =>
    record({
      claims: [disabled ? { sql: disable, values: { id, at: trace.atMs } } : { sql: enable, values: { id } }],
      trace,
      subject: { kind: 'user', id },
      changes: [{ kind: 'user', id, atMs: trace.atMs, ended: disabled, epoch: 0 }],
    }),
  setPlatformRole: (id, from, to, trace) =>
    record({
      claims: [{ sql: setRole, values: { id, from, to } }],
      trace,
      subject: { kind: 'user', id },
    }),
});
