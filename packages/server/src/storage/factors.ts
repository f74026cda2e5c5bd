// Second factors in SQL. Whoever adds or removes one holds the user's row first, so that "has one" is always true of the rest.
import type {
  Passkey,
  RecoveryCode,
  SecondProof,
  SpentChallenge,
  TotpFactor,
} from '../domain/factors/factor.ts';
import type { FactorStore, SpentFor } from '../domain/factors/store.ts';
import { discardRows } from './discard.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { endSession, insertSession, refreshSession } from './sessions.ts';
import { defineTable, readAll, readOne, textList } from './table.ts';

const totpTable = defineTable<TotpFactor>('totp_factors', {
  id: 'id',
  userId: 'user_id',
  secret: 'secret',
  lastStep: 'last_step',
  createdAtMs: 'created_at',
  lastUsedAtMs: 'last_used_at',
});
const passkeysTable = defineTable<Passkey>('passkeys', {
  id: 'id',
  publicId: 'public_id',
  userId: 'user_id',
  credentialId: 'credential_id',
  publicKey: 'public_key',
  counter: 'counter',
  transports: textList('transports'),
  name: 'name',
  createdAtMs: 'created_at',
  lastUsedAtMs: 'last_used_at',
});
const codesTable = defineTable<RecoveryCode>('recovery_codes', {
  id: 'id',
  userId: 'user_id',
  hash: 'hash',
  usedAtMs: 'used_at',
});

const totpOfUser = totpTable.select('where user_id = :userId');
const passkeysOfUser = passkeysTable.select('where user_id = :userId order by id');
const passkeyByCredential = passkeysTable.select('where credential_id = :credentialId');
const unusedCodes = codesTable.select('where user_id = :userId and used_at is null order by id');
const insertTotp = totpTable.insert('on conflict (user_id) do nothing');
const insertPasskey = passkeysTable.insert('on conflict (credential_id) do nothing');
const insertCode = codesTable.insert();

/** The user's row, held until the commit. With `first` the user must have had no second factor, else one. */
const holdForFactor = (userId: number, first: boolean, atMs: number): Statement =>
  first
    ? {
        sql: 'update users set second_factor_since = :at where id = :userId and second_factor_since is null',
        values: { userId, at: atMs },
      }
    : holdWithFactor(userId);

const holdWithFactor = (userId: number): Statement => ({
  sql: `update users set second_factor_since = second_factor_since
    where id = :userId and second_factor_since is not null`,
  values: { userId },
});

/** A statement of its own after the row is held: it must see what the one before us wrote. */
const belowPasskeyLimit = (userId: number, limit: number): Statement => ({
  sql: `update users set second_factor_since = second_factor_since
    where id = :userId and (select count(*) from passkeys p where p.user_id = :userId) < :limit`,
  values: { userId, limit },
});

const replaceCodes = (userId: number, codes: readonly RecoveryCode[]): readonly Statement[] => [
  { sql: 'delete from recovery_codes where user_id = :userId', values: { userId } },
  ...codes.map(insertCode),
];

/** What was proven before there was this factor proves too little for the next ten minutes. */
const coolOthers = (userId: number, kept: number | undefined): Statement => ({
  sql: `update sessions set authenticated_at = 0
    where user_id = :userId and id <> :kept and ended_at is null`,
  values: { userId, kept: kept ?? 0 },
});

const clearIfNone = (userId: number): readonly Statement[] => [
  {
    sql: `update users set second_factor_since = null where id = :userId
      and not exists (select 1 from totp_factors t where t.user_id = :userId)
      and not exists (select 1 from passkeys p where p.user_id = :userId)`,
    values: { userId },
  },
  {
    sql: `delete from recovery_codes where user_id = :userId
      and exists (select 1 from users u where u.id = :userId and u.second_factor_since is null)`,
    values: { userId },
  },
];

const spendChallenge = ({ hash, expiresAtMs }: SpentChallenge): Statement => ({
  sql: 'insert into spent_challenges (hash, expires_at) values (:hash, :expiresAt) on conflict (hash) do nothing',
  values: { hash, expiresAt: expiresAtMs },
});

const spendTotp = `update totp_factors set last_step = :step, last_used_at = :at
  where id = :id and user_id = :userId and last_step < :step`;
const spendCode =
  'update recovery_codes set used_at = :at where id = :id and user_id = :userId and used_at is null';
const spendPasskey = `update passkeys set counter = :counter, last_used_at = :at
  where id = :id and user_id = :userId and (counter < :counter or (counter = 0 and :counter = 0))`;

const spendProof = (userId: number, proof: SecondProof, at: number): readonly Statement[] => {
  switch (proof.kind) {
    case 'totp':
      return [{ sql: spendTotp, values: { id: proof.id, userId, step: proof.step, at } }];
    case 'recovery-code':
      return [{ sql: spendCode, values: { id: proof.id, userId, at } }];
    case 'passkey':
      return [
        { sql: spendPasskey, values: { id: proof.id, userId, counter: proof.counter, at } },
        spendChallenge(proof.challenge),
      ];
  }
};

const holdPassword = (userId: number, passwordHash: string): Statement => ({
  sql: 'update users set password_hash = password_hash where id = :userId and password_hash = :passwordHash',
  values: { userId, passwordHash },
});

const effects = (userId: number, on: SpentFor, at: number): readonly Statement[] => [
  ...(on.passwordHash === undefined ? [] : [holdPassword(userId, on.passwordHash)]),
  ...(on.ends === undefined ? [] : [endSession(on.ends, at)]),
  ...(on.refreshes === undefined ? [] : [refreshSession(on.refreshes, at)]),
];

export const factorStore = ({ engine, record }: Backing): FactorStore => ({
  totpOf: (userId) => readOne(engine, totpTable, totpOfUser, { userId }),
  passkeysOf: (userId) => readAll(engine, passkeysTable, passkeysOfUser, { userId }),
  findPasskey: (credentialId) => readOne(engine, passkeysTable, passkeyByCredential, { credentialId }),
  recoveryCodesOf: (userId) => readAll(engine, codesTable, unusedCodes, { userId }),
  addTotp: (factor, codes, kept, trace) =>
    record({
      claims: [holdForFactor(factor.userId, codes !== undefined, trace.atMs), insertTotp(factor)],
      writes: [
        ...(codes === undefined ? [] : replaceCodes(factor.userId, codes)),
        coolOthers(factor.userId, kept),
      ],
      trace,
      subject: { kind: 'user', id: factor.userId },
    }),
  removeTotp: (userId, trace) =>
    record({
      claims: [
        holdWithFactor(userId),
        { sql: 'delete from totp_factors where user_id = :userId', values: { userId } },
      ],
      writes: clearIfNone(userId),
      trace,
      subject: { kind: 'user', id: userId },
    }),
  addPasskey: (passkey, challenge, limit, codes, kept, trace) =>
    record({
      claims: [
        holdForFactor(passkey.userId, codes !== undefined, trace.atMs),
        belowPasskeyLimit(passkey.userId, limit),
        insertPasskey(passkey),
        spendChallenge(challenge),
      ],
      writes: [
        ...(codes === undefined ? [] : replaceCodes(passkey.userId, codes)),
        coolOthers(passkey.userId, kept),
      ],
      trace,
      subject: { kind: 'user', id: passkey.userId },
    }),
  removePasskey: (id, userId, trace) =>
    record({
      claims: [
        holdWithFactor(userId),
        { sql: 'delete from passkeys where id = :id and user_id = :userId', values: { id, userId } },
      ],
      writes: clearIfNone(userId),
      trace,
      subject: { kind: 'user', id: userId },
    }),
  renewRecoveryCodes: (userId, codes, trace) =>
    record({
      claims: [holdWithFactor(userId)],
      writes: replaceCodes(userId, codes),
      trace,
      subject: { kind: 'user', id: userId },
    }),
  spend: (userId, proof, on, trace) =>
    record({
      claims: [...effects(userId, on, trace.atMs), ...spendProof(userId, proof, trace.atMs)],
      writes: on.opens === undefined ? [] : [insertSession(on.opens)],
      trace,
      subject: on.opens === undefined ? { kind: 'user', id: userId } : { kind: 'session', id: on.opens.id },
    }),
  discardChallenges: (beforeMs, limit) =>
    discardRows(engine, 'spent_challenges', 'hash', 'expires_at < :before', beforeMs, limit),
});
