// The promises of FactorStore, and of sessions and passwords towards it, races included.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Passkey, RecoveryCode, SpentChallenge, TotpFactor } from '../../domain/factors/factor.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Stores } from '../../domain/stores.ts';
import type { User } from '../../domain/users/user.ts';
import { databases } from '../testing/databases.ts';
import {
  anotherNode,
  inParallel,
  newUser,
  openTestStores,
  startMs,
  type TestStores,
  traceAt,
} from '../testing/stores.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const won = (answers: readonly boolean[]): number => answers.filter(Boolean).length;
const LIMIT = 10;

for (const testDatabase of databases) {
  describe(`second factors on ${testDatabase.name}`, () => {
    let test: TestStores;
    let stores: Stores;
    let nodes: readonly Stores[];
    before(async () => {
      test = await openTestStores(testDatabase);
      stores = test.stores;
      nodes = [stores, anotherNode(test.database)];
    });
    after(() => test.close());
    const node = (index: number): Stores => nodes[index % 2] ?? stores;

    const totpFor = async (user: User): Promise<TotpFactor> => ({
      id: await stores.nextId(),
      userId: user.id,
      secret: bytes(50),
      lastStep: 100,
      createdAtMs: startMs,
    });
    const passkeyFor = async (user: User, fields: Partial<Passkey> = {}): Promise<Passkey> => ({
      id: await stores.nextId(),
      publicId: randomUUID(),
      userId: user.id,
      credentialId: randomUUID(),
      publicKey: bytes(77),
      counter: 0,
      transports: ['internal', 'hybrid'],
      name: 'Laptop',
      createdAtMs: startMs,
      ...fields,
    });
    const codesFor = (user: User): Promise<readonly RecoveryCode[]> =>
      inParallel(10, async () => ({ id: await stores.nextId(), userId: user.id, hash: bytes(32) }));
    const challenge = (): SpentChallenge => ({ hash: bytes(32), expiresAtMs: startMs + 600_000 });
    const sessionFor = async (user: User, fields: Partial<Session> = {}): Promise<Session> => ({
      id: await stores.nextId(),
      kind: 'cookie',
      userId: user.id,
      hash: bytes(32),
      createdAtMs: startMs,
      authenticatedAtMs: startMs,
      lastSeenAtMs: startMs,
      endsAtMs: startMs + 900_000,
      address: '127.0.0.1',
      device: 'Firefox',
      ...fields,
    });
    const opened = async (user: User, fields: Partial<Session> = {}): Promise<Session> => {
      const session = await sessionFor(user, fields);
      assert.ok(await stores.sessions.openByPassword(session, user.passwordHash, traceAt(startMs)));
      return session;
    };
    const withTotp = async (): Promise<{ user: User; factor: TotpFactor }> => {
      const user = await newUser(stores);
      const factor = await totpFor(user);
      assert.ok(await stores.factors.addTotp(factor, await codesFor(user), undefined, traceAt(startMs)));
      return { user, factor };
    };

    it('gives factors back as made, marks the user by the first and unmarks by the last, with the codes', async () => {
      const user = await newUser(stores);
      const kept = await opened(user);
      const other = await opened(user);
      const passkey = await passkeyFor(user);
      const codes = await codesFor(user);
      const { factors } = stores;
      const at = traceAt(startMs + 5);
      assert.ok(await factors.addPasskey(passkey, challenge(), LIMIT, codes, kept.id, at));
      assert.deepEqual(await factors.passkeysOf(user.id), [passkey]);
      assert.deepEqual(await factors.findPasskey(passkey.credentialId), passkey);
      assert.deepEqual(await factors.recoveryCodesOf(user.id), codes);
      assert.equal((await stores.users.find(user.id))?.secondFactorSinceMs, startMs + 5);
      assert.equal((await stores.sessions.find(kept.id))?.authenticatedAtMs, startMs);
      assert.equal((await stores.sessions.find(other.id))?.authenticatedAtMs, 0, 'others step up anew');

      const factor = await totpFor(user);
      assert.equal(await factors.addTotp(factor, codes, kept.id, at), false, 'it is not the first');
      assert.ok(await factors.addTotp(factor, undefined, kept.id, at));
      assert.deepEqual(await factors.totpOf(user.id), factor);
      assert.equal(await factors.addTotp(await totpFor(user), undefined, kept.id, at), false);

      assert.ok(await factors.removePasskey(passkey.id, user.id, at));
      assert.equal((await stores.users.find(user.id))?.secondFactorSinceMs, startMs + 5);
      assert.equal((await factors.recoveryCodesOf(user.id)).length, 10);
      assert.ok(await factors.removeTotp(user.id, at));
      assert.equal(await factors.removeTotp(user.id, at), false);
      assert.deepEqual(await stores.users.find(user.id), user);
      assert.deepEqual(await factors.recoveryCodesOf(user.id), []);
      assert.equal(await factors.renewRecoveryCodes(user.id, codes, at), false, 'nothing to stand in for');
    });

    it('one person removes nothing of another’s', async () => {
      const ari = await newUser(stores);
      const sam = await withTotp();
      const passkey = await passkeyFor(ari);
      assert.ok(
        await stores.factors.addPasskey(
          passkey,
          challenge(),
          LIMIT,
          await codesFor(ari),
          undefined,
          traceAt(startMs),
        ),
      );
      assert.equal(await stores.factors.removePasskey(passkey.id, sam.user.id, traceAt(startMs)), false);
      const proof = { kind: 'passkey', id: passkey.id, counter: 0, challenge: challenge() } as const;
      assert.equal(await stores.factors.spend(sam.user.id, proof, {}, traceAt(startMs)), false);
    });

    it('one of 30 codes of the same step opens a session, on two nodes, and none of an older step', async () => {
      const { user, factor } = await withTotp();
      const half = await opened(user, { kind: 'half' });
      const sessions = await inParallel(30, () => sessionFor(user));
      const answers = await Promise.all(
        sessions.map((session, index) =>
          node(index).factors.spend(
            user.id,
            { kind: 'totp', id: factor.id, step: 101 },
            { opens: session, ends: half.id },
            traceAt(startMs + 1),
          ),
        ),
      );
      assert.equal(won(answers), 1);
      const found = await Promise.all(sessions.map(({ id }) => stores.sessions.find(id)));
      assert.deepEqual(
        found.map((one) => one !== undefined),
        answers,
        'losers leave no session',
      );
      assert.equal((await stores.sessions.find(half.id))?.endedAtMs, startMs + 1);
      for (const step of [101, 100, 99]) {
        const proof = { kind: 'totp', id: factor.id, step } as const;
        assert.equal(await stores.factors.spend(user.id, proof, {}, traceAt(startMs + 2)), false);
      }
      const later = { kind: 'totp', id: factor.id, step: 102 } as const;
      const ended = { opens: await sessionFor(user), ends: half.id };
      assert.equal(await stores.factors.spend(user.id, later, ended, traceAt(startMs + 3)), false);
      assert.ok(
        await stores.factors.spend(user.id, later, {}, traceAt(startMs + 4)),
        'the loser spent nothing',
      );
    });

    it('a recovery code is used once, and new ones leave none of the old', async () => {
      const { user } = await withTotp();
      const [code] = await stores.factors.recoveryCodesOf(user.id);
      assert.ok(code);
      const proof = { kind: 'recovery-code', id: code.id } as const;
      const answers = await inParallel(20, (index) =>
        node(index).factors.spend(user.id, proof, {}, traceAt(startMs + 1)),
      );
      assert.equal(won(answers), 1);
      assert.equal((await stores.factors.recoveryCodesOf(user.id)).length, 9);
      const sets = await inParallel(6, () => codesFor(user));
      await Promise.all(
        sets.map((codes, index) =>
          node(index).factors.renewRecoveryCodes(user.id, codes, traceAt(startMs + 2)),
        ),
      );
      const left = await stores.factors.recoveryCodesOf(user.id);
      assert.ok(sets.some((codes) => codes[0]?.id === left[0]?.id && left.length === 10));
    });

    it('a passkey’s answer works once, and a counter never goes back', async () => {
      const user = await newUser(stores);
      const passkey = await passkeyFor(user, { counter: 5 });
      const codes = await codesFor(user);
      assert.ok(
        await stores.factors.addPasskey(passkey, challenge(), LIMIT, codes, undefined, traceAt(startMs)),
      );
      const proof = { kind: 'passkey', id: passkey.id, counter: 6, challenge: challenge() } as const;
      const answers = await inParallel(20, (index) =>
        node(index).factors.spend(user.id, proof, {}, traceAt(startMs + 1)),
      );
      assert.equal(won(answers), 1);
      const back = { ...proof, counter: 6, challenge: challenge() };
      assert.equal(await stores.factors.spend(user.id, back, {}, traceAt(startMs + 2)), false);

      const uncounted = await passkeyFor(user);
      assert.ok(
        await stores.factors.addPasskey(
          uncounted,
          challenge(),
          LIMIT,
          undefined,
          undefined,
          traceAt(startMs),
        ),
      );
      const same = { kind: 'passkey', id: uncounted.id, counter: 0, challenge: challenge() } as const;
      const again = await inParallel(20, (index) =>
        node(index).factors.spend(user.id, same, {}, traceAt(startMs + 3)),
      );
      assert.equal(won(again), 1, 'without a counter the challenge decides');
      assert.ok(
        await stores.factors.spend(user.id, { ...same, challenge: challenge() }, {}, traceAt(startMs + 4)),
      );
    });

    it('of 30 passkeys at once exactly ten are added, and the same one once', async () => {
      const { user } = await withTotp();
      const passkeys = await inParallel(30, () => passkeyFor(user));
      const answers = await Promise.all(
        passkeys.map((passkey, index) =>
          node(index).factors.addPasskey(passkey, challenge(), LIMIT, undefined, undefined, traceAt(startMs)),
        ),
      );
      assert.equal(won(answers), LIMIT);
      const other = await withTotp();
      const twin = await passkeyFor(other.user);
      const once = challenge();
      const twins = await inParallel(10, async (index) =>
        node(index).factors.addPasskey(
          { ...twin, id: await stores.nextId(), publicId: randomUUID() },
          once,
          LIMIT,
          undefined,
          undefined,
          traceAt(startMs),
        ),
      );
      assert.equal(won(twins), 1);
    });

    it('first factors added at once end with one set of codes; the losers say so', async () => {
      const user = await newUser(stores);
      const answers = await inParallel(8, async (index) => {
        const codes = await codesFor(user);
        return index % 2 === 0
          ? node(index).factors.addTotp(await totpFor(user), codes, undefined, traceAt(startMs))
          : node(index).factors.addPasskey(
              await passkeyFor(user),
              challenge(),
              LIMIT,
              codes,
              undefined,
              traceAt(startMs),
            );
      });
      assert.equal(won(answers), 1);
      assert.equal((await stores.factors.recoveryCodesOf(user.id)).length, 10);
    });

    it('no whole session opens by a password alone once a factor is there, nor by a password that was changed', async () => {
      for (let round = 0; round < 10; round += 1) {
        const user = await newUser(stores);
        const sessions = await inParallel(6, () => sessionFor(user));
        const factor = await totpFor(user);
        const codes = await codesFor(user);
        const [added, ...answers] = await Promise.all([
          stores.factors.addTotp(factor, codes, undefined, traceAt(startMs + 1)),
          ...sessions.map((session, index) =>
            node(index).sessions.openByPassword(session, user.passwordHash, traceAt(startMs)),
          ),
        ]);
        assert.ok(added);
        for (const [index, session] of sessions.entries()) {
          const found = await stores.sessions.find(session.id);
          assert.equal(found !== undefined, answers[index]);
          // Those that were first have to step up again.
          if (found !== undefined) assert.equal(found.authenticatedAtMs, 0);
        }
        assert.equal(
          await stores.sessions.openByPassword(
            await sessionFor(user),
            user.passwordHash,
            traceAt(startMs + 2),
          ),
          false,
        );
        const half = await sessionFor(user, { kind: 'half' });
        assert.ok(await stores.sessions.openByPassword(half, user.passwordHash, traceAt(startMs + 2)));
      }
    });

    it('a password change ends every other session, also those that open by the old one at the same time', async () => {
      for (let round = 0; round < 10; round += 1) {
        const user = await newUser(stores);
        const kept = await opened(user);
        const old = await opened(user);
        const bearer = await opened(user, { kind: 'bearer' });
        const racing = await inParallel(6, () => sessionFor(user));
        await Promise.all([
          stores.users.changePassword(user.id, 'argon2id$new', kept.id, traceAt(startMs + 1)),
          ...racing.map((session, index) =>
            node(index).sessions.openByPassword(session, user.passwordHash, traceAt(startMs)),
          ),
        ]);
        for (const { id } of [old, bearer, ...racing]) {
          const found = await stores.sessions.find(id);
          assert.ok(found === undefined || found.endedAtMs === startMs + 1);
        }
        assert.equal((await stores.sessions.find(kept.id))?.endedAtMs, undefined);
        assert.equal((await stores.users.find(user.id))?.passwordHash, 'argon2id$new');
      }
    });

    it('forgets spent challenges when they have expired, a few at a time', async () => {
      const { user } = await withTotp();
      const passkey = await passkeyFor(user);
      const old = { hash: bytes(32), expiresAtMs: startMs - 1 };
      await stores.factors.addPasskey(passkey, old, LIMIT, undefined, undefined, traceAt(startMs));
      assert.equal(await stores.factors.discardChallenges(startMs, 100), 1);
      assert.equal(await stores.factors.discardChallenges(startMs, 100), 0);
    });
  });
}
