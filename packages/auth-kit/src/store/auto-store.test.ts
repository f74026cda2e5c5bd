// Behaviour 9 of cli.md: the keychain when it answers at login, else the file with a plain statement; never a guess later.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fakeIo } from '../testing/fake-io.ts';
import { fakeKeychain } from '../testing/fake-keychain.ts';
import type { FakeKeychain } from '../testing/fake-keychain.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';
import { autoStore } from './auto-store.ts';
import { readTokenCache } from './token-cache.ts';
import type { StoreContext, TokenStore } from './token-store.ts';

const tokens: TokenSet = { accessToken: 'canary-1', obtainedAt: 1, issuer: 'https://api.example.com' };
const renewed: TokenSet = { ...tokens, accessToken: 'canary-2' };

type Setup = {
  readonly keychain: FakeKeychain;
  readonly context: StoreContext;
  readonly notices: string[];
  readonly path: string;
  /** As a process of its own would make it. */
  readonly store: (timeoutMs?: number) => TokenStore;
};

async function setUp(t: TestContext): Promise<Setup> {
  const keychain = await fakeKeychain(t);
  const home = await temporaryHome(t);
  const path = join(home, 'tokens', 'cache.json');
  const notices: string[] = [];
  const io = fakeIo({ env: keychain.env, homedir: () => home });
  return {
    keychain,
    context: { io, notice: (line) => notices.push(line) },
    notices,
    path,
    store: (timeoutMs = 60_000) =>
      autoStore({ path, keychain: { service: 'test-cli', account: 'browser', timeoutMs } }),
  };
}

async function logIn(store: TokenStore, context: StoreContext): Promise<void> {
  assert.ok((await store.proveWritable(context)).ok);
  assert.ok((await store.write(tokens, context)).ok);
}

test('[cli 9] auto uses a keychain that answers, and no secret is in a file', async (t) => {
  const { store, context, notices, path, keychain } = await setUp(t);
  await logIn(store(), context);
  assert.deepEqual(await store().read(context), { ok: true, value: tokens });
  assert.equal((await store().describe(context)).kind, 'keychain');
  assert.doesNotMatch(await readFile(path, 'utf8'), /canary/);
  await store().write(renewed, context);
  assert.deepEqual(await store().read(context), { ok: true, value: renewed });
  assert.doesNotMatch(await readFile(path, 'utf8'), /canary/);
  assert.deepEqual(notices, []);
  assert.deepEqual(await store().clear(context), { ok: true, value: true });
  assert.deepEqual(await keychain.entries(), []);
  await assert.rejects(stat(path));
});

for (const mode of ['hangs', 'locked'] as const) {
  test(`[cli 9] auto falls back to the file when the keychain ${mode === 'hangs' ? mode : 'is locked'}, and says so`, async (t) => {
    const { store, context, notices, path, keychain } = await setUp(t);
    await keychain.is(mode);
    await logIn(store(300), context);
    assert.deepEqual(await readTokenCache(path), tokens);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal(notices.length, 1);
    assert.match(
      notices[0] ?? '',
      /^The keychain is not used: .*kept in ~\/tokens\/cache\.json, readable only by you\.$/,
    );
    await keychain.is('works');
    await store().write(renewed, context);
    assert.deepEqual(await readTokenCache(path), renewed, 'a renewal goes where its sign-in is');
    assert.equal(notices.length, 1);
  });
}

test('[cli 9] a sign-in in a keychain that is down is a failure that says so, not "signed out"', async (t) => {
  const { store, context, keychain } = await setUp(t);
  await logIn(store(), context);
  await keychain.is('locked');
  const answer = await store().read(context);
  assert.ok(!answer.ok && answer.failure.kind === 'storage');
  assert.match(answer.failure.reason, /keychain/);
  assert.ok(!(await store().clear(context)).ok, 'and it is not reported as deleted');
  await keychain.is('works');
  assert.deepEqual(await store().read(context), { ok: true, value: tokens });
});

test('[cli 9] renewed tokens that the keychain does not take any more are kept in the file, not lost', async (t) => {
  const { store, context, notices, path, keychain } = await setUp(t);
  const own = store();
  await logIn(own, context);
  await keychain.is('locked');
  assert.ok((await own.write(renewed, context)).ok);
  assert.deepEqual(await readTokenCache(path), renewed);
  assert.equal(notices.length, 1);
});

test('[cli 9] a new login moves the sign-in to where it is kept now, and nothing stays at the other place', async (t) => {
  const { store, context, path, keychain } = await setUp(t);
  await keychain.is('locked');
  await logIn(store(), context);
  await keychain.is('works');
  await logIn(store(), context);
  assert.doesNotMatch(await readFile(path, 'utf8'), /canary/);
  assert.equal((await keychain.entries()).length, 1);
});
