// Behaviour 9 of cli.md: a keychain is used when it works, and can neither hang, lose nor show anything when it does not.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fakeIo } from '../testing/fake-io.ts';
import { fakeKeychain } from '../testing/fake-keychain.ts';
import type { FakeKeychain } from '../testing/fake-keychain.ts';
import type { TokenSet } from '../token-set.ts';
import { keychainStore } from './keychain-store.ts';
import type { StoreContext, TokenStore } from './token-store.ts';

const patientMs = 60_000;
const tokens: TokenSet = {
  accessToken: 'canary-access',
  refreshToken: 'canary-refresh',
  obtainedAt: 1,
  issuer: 'https://api.example.com',
};
/** Of a size that JWTs with many claims have. */
const big: TokenSet = { ...tokens, accessToken: `canary${'x'.repeat(6000)}` };

type Setup = {
  readonly keychain: FakeKeychain;
  readonly context: StoreContext;
  readonly store: TokenStore;
};

async function setUp(t: TestContext, platform = 'linux', timeoutMs = patientMs): Promise<Setup> {
  const keychain = await fakeKeychain(t);
  const env = { ...keychain.env, LOFTY_CLIENT_SECRET: 'canary-of-the-environment' };
  const store = keychainStore({ service: 'test-cli', account: 'browser/default', timeoutMs });
  return { keychain, context: { io: fakeIo({ env, platform }) }, store };
}

for (const platform of ['linux', 'darwin']) {
  test(`[cli 9] ${platform}: a sign-in goes into the keychain, comes back and goes away, small or big`, async (t) => {
    const { keychain, store, context } = await setUp(t, platform);
    assert.deepEqual(await store.read(context), { ok: true, value: undefined });
    for (const value of [tokens, big, { ...big, accessToken: 'canary-shorter' }, big]) {
      assert.deepEqual(await store.write(value, context), { ok: true, value: undefined });
      assert.deepEqual(await store.read(context), { ok: true, value });
    }
    assert.deepEqual(await store.clear(context, { accessToken: 'other' }), { ok: true, value: false });
    assert.deepEqual(await store.clear(context), { ok: true, value: true });
    assert.deepEqual(await store.clear(context), { ok: true, value: false });
    assert.deepEqual(await keychain.entries(), [], 'no piece of a big value stays behind');
  });

  test(`[cli 10] ${platform}: no secret is in an argument or in the environment of the keychain program`, async (t) => {
    const { keychain, store, context } = await setUp(t, platform);
    await store.write(big, context);
    await store.read(context);
    const encoded = Buffer.from('canary-refresh').toString('base64url').slice(4, -4);
    const seen = await keychain.seen();
    assert.match(seen, /browser\/default/);
    assert.doesNotMatch(seen, /canary/);
    assert.ok(!seen.includes(encoded));
  });

  test(`[cli 9] ${platform}: a keychain that never answers costs its limit, not the command, and leaves no process`, async (t) => {
    const { keychain, store, context } = await setUp(t, platform, 500);
    await keychain.is('hangs');
    for (const attempt of [
      store.read(context),
      store.write(tokens, context),
      store.clear(context),
      store.proveWritable(context),
    ]) {
      const answer = await attempt;
      assert.ok(!answer.ok);
      assert.deepEqual([answer.failure.kind, answer.failure.code], ['storage', 'timeout']);
      assert.match(answer.failure.next ?? '', /unlock .* keychain|in a file/);
    }
    for (const pid of await keychain.hanging()) await gone(pid);
  });

  test(`[cli 9] ${platform}: locked, garbage and endless answers are failures in words, never a sign-in`, async (t) => {
    const { keychain, store, context } = await setUp(t, platform);
    await keychain.is('locked');
    const locked = await store.read(context);
    assert.ok(!locked.ok && /^the keychain refused: .*locked/.test(locked.failure.reason));
    assert.ok(!(await store.write(tokens, context)).ok);
    assert.ok(!(await store.proveWritable(context)).ok);
    for (const mode of ['garbage', 'endless'] as const) {
      await keychain.is(mode);
      const answer = await store.read(context);
      assert.ok(!answer.ok && answer.failure.kind === 'storage', mode);
      assert.match(answer.failure.reason, /^[\x20-\x7e]+$/);
    }
  });
}

test('[cli 9] the limit is one second unless told otherwise', async (t) => {
  const { keychain, context } = await setUp(t);
  await keychain.is('hangs');
  const answer = await keychainStore({ service: 'test-cli', account: 'a' }).read(context);
  assert.ok(!answer.ok && /did not answer within 1 s/.test(answer.failure.reason));
});

test('[cli 9] a system without keychain program, bus or support says so, and nothing is written elsewhere', async (t) => {
  const { store, context, keychain } = await setUp(t);
  const without = (env: Record<string, string>, platform = 'linux'): StoreContext => ({
    io: { ...context.io, env, platform },
  });
  for (const [where, words] of [
    [without({ ...keychain.env, PATH: '/nonexistent' }), /secret-tool is not installed/],
    [without({ ...keychain.env, PATH: '/nonexistent' }, 'darwin'), /security is not installed/],
    [without({ PATH: keychain.env['PATH'] ?? '' }), /no session bus/],
    [without(keychain.env, 'win32'), /no keychain program/],
  ] as const) {
    for (const answer of [
      await store.write(tokens, where),
      await store.read(where),
      await store.proveWritable(where),
    ]) {
      assert.ok(!answer.ok && words.test(answer.failure.reason));
    }
  }
  assert.deepEqual(await keychain.entries(), []);
});

test('[cli 9] a value too big for the keychain is refused, and what it held stays', async (t) => {
  const { store, context } = await setUp(t);
  await store.write(tokens, context);
  const answer = await store.write({ ...tokens, accessToken: 'x'.repeat(40_000) }, context);
  assert.ok(!answer.ok && /too big for the keychain/.test(answer.failure.reason));
  assert.deepEqual(await store.read(context), { ok: true, value: tokens });
});

test('[cli 9] a proof leaves nothing in the keychain', async (t) => {
  const { store, context, keychain } = await setUp(t);
  assert.ok((await store.proveWritable(context)).ok);
  assert.deepEqual(await keychain.entries(), []);
});

/** Ended, or a zombie that only its parent can remove. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
