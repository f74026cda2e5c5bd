// Proofs in SQL: the use of one and what it does are one unit.
import { emailKey } from '../domain/users/user.ts';
import type { Newcomer, Proof } from '../domain/proofs/proof.ts';
import type { ProofStore } from '../domain/proofs/store.ts';
import { discardRows } from './discard.ts';
import { endConnections, ofFormerTeam } from './end-connections.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { insertSession } from './sessions.ts';
import { defineTable, readAll, readOne } from './table.ts';
import { insertUser } from './users.ts';
import { endTeamKeys } from './management-keys.ts';
import { countOneMore, foundVendor, joinTeam, moveTeam } from './vendors.ts';
import { insertMember, insertWorkspace } from './workspaces.ts';

const proofsTable = defineTable<Proof>(
  'proofs',
  {
    id: 'id',
    kind: 'kind',
    hash: 'hash',
    boundHash: 'bound_hash',
    email: 'email',
    userId: 'user_id',
    subjectId: 'subject_id',
    role: 'role',
    invitedBy: 'invited_by',
    details: 'details',
    tries: 'tries',
    sends: 'sends',
    sentAtMs: 'sent_at',
    createdAtMs: 'created_at',
    expiresAtMs: 'expires_at',
    usedAtMs: 'used_at',
    endedAtMs: 'ended_at',
  },
  { email_key: (proof) => emailKey(proof.email) },
);

const WAITING = 'used_at is null and ended_at is null';
const byId = proofsTable.select('where id = :id');
const insert = proofsTable.insert();
const waitingFor = proofsTable.select(`where subject_id = :subjectId and kind = :kind and ${WAITING}
  and expires_at > :now order by id desc limit :limit`);
const countTry = `update proofs set tries = tries + 1
  where id = :id and tries < :limit and ${WAITING} and expires_at > :now`;
const resend = `update proofs set hash = :hash, expires_at = :expiresAt, tries = 0, sends = sends + 1, sent_at = :at
  where id = :id and sends < :limit and sent_at <= :sentBefore and ${WAITING} and expires_at > :at`;
const withdraw = `update proofs set ended_at = :at where id = :id and ${WAITING}`;
const takeSeat = `update apps set counted_testers = counted_testers + 1
  where id = :appId and counted_testers < :limit`;
const freeSeat = 'update apps set counted_testers = counted_testers - 1 where id = :appId';
const uncount = 'update proofs set uncounted_at = :at where id = :id and uncounted_at is null';
const expiredSeats = `select id from proofs where kind = 'tester' and uncounted_at is null and subject_id = :appId
  and expires_at <= :now and used_at is null`;
const useProof = `update proofs set used_at = :at where id = :id and ${WAITING} and expires_at > :at`;
const insertTester = `insert into app_testers (app_id, user_id, added_at) values (:appId, :userId, :at)
  on conflict (app_id, user_id) do nothing`;
const setPassword = 'update users set password_hash = :passwordHash where id = :userId';
const endSessions = 'update sessions set ended_at = :at where user_id = :userId and ended_at is null';
const endProofsOfUser = `update proofs set ended_at = :at where user_id = :userId and ${WAITING}`;
const setEmail = `update users set email = :email, email_key = :key where id = :userId
  and not exists (select 1 from users o where o.email_key = :key and o.id <> :userId)`;
const otherWithEmail = 'select id from users where email_key = :key and id <> :userId';
const changeVendor = `update apps set vendor_id = :to, version = version + 1
  where id = :appId and version = :version and deleted_at is null`;

const claimUse = (id: number, atMs: number): Statement => ({ sql: useProof, values: { id, at: atMs } });

type Parts = { readonly claims: readonly Statement[]; readonly writes: readonly Statement[] };

/** The user is a claim, for the address may be taken; the rest follows. */
const newcomerParts = (newcomer: Newcomer | undefined, atMs: number): Parts => {
  if (newcomer === undefined) return { claims: [], writes: [] };
  const { user, session, vendor, workspace } = newcomer;
  return {
    claims: [insertUser(user)],
    writes: [
      ...(vendor === undefined ? [] : foundVendor(vendor, user.id, atMs)),
      ...(workspace === undefined
        ? []
        : [insertWorkspace(workspace.workspace), insertMember(workspace.owner)]),
      insertSession(session),
    ],
  };
};

/** What waits: opening, trying, sending again, withdrawing. */
const waitingStore = ({
  engine,
  record,
}: Backing): Pick<
  ProofStore,
  | 'find'
  | 'open'
  | 'openForTester'
  | 'freeExpiredSeats'
  | 'countTry'
  | 'resend'
  | 'listWaiting'
  | 'withdraw'
  | 'discard'
> => ({
  find: (id) => readOne(engine, proofsTable, byId, { id }),
  async open(proof, trace) {
    await record({ writes: [insert(proof)], trace, subject: { kind: 'proof', id: proof.id } });
  },
  async openForTester(proof, limit, trace) {
    const appId = proof.subjectId ?? 0;
    const opened = await record({
      claims: [{ sql: takeSeat, values: { appId, limit } }],
      writes: [insert(proof)],
      trace,
      subject: { kind: 'app', id: appId },
    });
    return opened ? 'opened' : 'too-many';
  },
  async freeExpiredSeats(appId, nowMs) {
    const rows = await engine.read({ sql: expiredSeats, values: { appId, now: nowMs } });
    for (const row of rows) {
      await engine.commit({
        claims: [{ sql: uncount, values: { id: Number(row['id']), at: nowMs } }],
        writes: [{ sql: freeSeat, values: { appId } }],
      });
    }
  },
  countTry: (id, limit, nowMs) =>
    engine.commit({ claims: [{ sql: countTry, values: { id, limit, now: nowMs } }], writes: [] }),
  resend: (id, { hash, expiresAtMs }, { sentBeforeMs, limit }, trace) =>
    record({
      claims: [
        {
          sql: resend,
          values: { id, hash, expiresAt: expiresAtMs, at: trace.atMs, sentBefore: sentBeforeMs, limit },
        },
      ],
      trace,
      subject: { kind: 'proof', id },
    }),
  listWaiting: (kind, subjectId, nowMs, limit) =>
    readAll(engine, proofsTable, waitingFor, { kind, subjectId, now: nowMs, limit }),
  withdraw(proof, trace) {
    const { id } = proof;
    const seat: readonly Statement[] =
      proof.kind === 'tester'
        ? [
            { sql: uncount, values: { id, at: trace.atMs } },
            { sql: freeSeat, values: { appId: proof.subjectId ?? 0 } },
          ]
        : [];
    return record({
      claims: [{ sql: withdraw, values: { id, at: trace.atMs } }, ...seat],
      trace,
      subject: { kind: 'proof', id },
    });
  },
  // Seats are given back first, by whoever looks at the app; a row that still holds one stays until then.
  discard: (beforeMs, limit) =>
    discardRows(
      engine,
      'proofs',
      'id',
      `expires_at < :before and (kind <> 'tester' or used_at is not null or uncounted_at is not null)`,
      beforeMs,
      limit,
      'expires_at',
    ),
});

export const proofStore = (backing: Backing): ProofStore => {
  const { engine, record } = backing;
  const waiting = waitingStore(backing);
  /** Why a unit was lost that claimed the proof first: the proof itself, or what came after it. */
  const lost = async <Other extends string>(
    id: number,
    atMs: number,
    other: Other,
  ): Promise<'gone' | Other> => {
    const proof = await waiting.find(id);
    const isGone =
      proof === undefined ||
      proof.usedAtMs !== undefined ||
      proof.endedAtMs !== undefined ||
      proof.expiresAtMs <= atMs;
    return isGone ? 'gone' : other;
  };
  const isTaken = async (email: string, userId: number): Promise<boolean> =>
    (await engine.read({ sql: otherWithEmail, values: { key: emailKey(email), userId } })).length > 0;
  /** With a newcomer, the first thing that may be in the way is that somebody has the address by now. */
  const why = async <Other extends string>(
    id: number,
    atMs: number,
    newcomer: Newcomer | undefined,
    other: Other,
  ): Promise<'gone' | 'email-taken' | Other> =>
    lost(
      id,
      atMs,
      newcomer !== undefined && (await isTaken(newcomer.user.email, newcomer.user.id))
        ? 'email-taken'
        : other,
    );

  return {
    ...waiting,
    async signUp(id, newcomer, trace) {
      const { claims, writes } = newcomerParts(newcomer, trace.atMs);
      const won = await record({
        claims: [claimUse(id, trace.atMs), ...claims],
        writes,
        trace,
        subject: { kind: 'user', id: newcomer.user.id },
      });
      return won ? 'done' : lost(id, trace.atMs, 'email-taken');
    },
    async resetPassword(id, userId, passwordHash, trace) {
      const at = trace.atMs;
      const won = await record({
        claims: [claimUse(id, at)],
        writes: [
          { sql: setPassword, values: { passwordHash, userId } },
          { sql: endSessions, values: { at, userId } },
          { sql: endProofsOfUser, values: { at, userId } },
        ],
        trace,
        subject: { kind: 'user', id: userId },
      });
      return won ? 'done' : 'gone';
    },
    async changeEmail(id, userId, email, trace) {
      const at = trace.atMs;
      try {
        const won = await record({
          claims: [
            claimUse(id, at),
            { sql: setEmail, values: { email: email.trim(), key: emailKey(email), userId } },
          ],
          writes: [{ sql: endProofsOfUser, values: { at, userId } }],
          trace,
          subject: { kind: 'user', id: userId },
        });
        return won ? 'done' : await lost(id, at, 'email-taken');
      } catch (error) {
        // Two people at once: the claim of the second did not see the first, the address's index did.
        if (await isTaken(email, userId)) return 'email-taken';
        throw error;
      }
    },
    async acceptTester(id, appId, { userId, newcomer }, trace) {
      const { claims, writes } = newcomerParts(newcomer, trace.atMs);
      const won = await record({
        claims: [
          claimUse(id, trace.atMs),
          ...claims,
          { sql: insertTester, values: { appId, userId, at: trace.atMs } },
        ],
        writes,
        trace,
        subject: { kind: 'app', id: appId },
      });
      return won ? 'done' : why(id, trace.atMs, newcomer, 'exists');
    },
    async joinTeam(id, vendorId, { userId, newcomer }, leaving, trace) {
      const { claims, writes } = newcomerParts(newcomer, trace.atMs);
      const join =
        leaving === undefined
          ? [joinTeam(vendorId, userId, trace.atMs)]
          : moveTeam(leaving, vendorId, userId, trace.atMs);
      const won = await record({
        claims: [claimUse(id, trace.atMs), ...claims, ...join, countOneMore(vendorId)],
        writes: [...writes, ...(leaving === undefined ? [] : [endTeamKeys(leaving, userId, trace.atMs)])],
        trace,
        subject: { kind: 'vendor', id: vendorId },
      });
      return won ? 'done' : why(id, trace.atMs, newcomer, 'on-a-team');
    },
    async joinWorkspace(id, member, newcomer, trace) {
      const { claims, writes } = newcomerParts(newcomer, trace.atMs);
      const won = await record({
        claims: [claimUse(id, trace.atMs), ...claims, insertMember(member)],
        writes,
        trace,
        subject: { kind: 'member', id: member.id },
      });
      return won ? 'done' : why(id, trace.atMs, newcomer, 'exists');
    },
    async takeApp(id, app, to, trace) {
      const won = await record({
        claims: [
          claimUse(id, trace.atMs),
          { sql: changeVendor, values: { to, appId: app.id, version: app.version } },
        ],
        ...endConnections(ofFormerTeam(app.id, app.vendorId ?? 0), trace.atMs),
        trace,
        subject: { kind: 'app', id: app.id },
        changes: [{ kind: 'app', id: app.id, atMs: trace.atMs, ended: false, epoch: app.epoch }],
      });
      return won ? 'done' : lost(id, trace.atMs, 'changed');
    },
  };
};
