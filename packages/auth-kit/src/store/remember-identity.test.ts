import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fakeIo } from '../testing/fake-io.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';
import { fileStore } from './file-store.ts';
import { rememberIdentity } from './remember-identity.ts';

const context = { io: fakeIo() };
const tokens: TokenSet = {
  accessToken: 'a1',
  refreshToken: 'r1',
  obtainedAt: 1,
  issuer: 'https://api.example.com',
  identity: { email: 'ari@demo.test' },
};

test('an identity is added to the tokens it belongs to only, and nothing else of them changes', async (t) => {
  const store = fileStore(join(await temporaryHome(t), 'cache.json'));
  await store.write(tokens, context);
  await rememberIdentity(store, 'other', { email: 'eve@demo.test' }, context);
  assert.deepEqual(await store.read(context), { ok: true, value: tokens });
  const vera = { email: 'vera@demo.test' };
  await rememberIdentity(store, 'a1', vera, context);
  assert.deepEqual(await store.read(context), { ok: true, value: { ...tokens, identity: vera } });
});

test('an identity without stored tokens leaves no file', async (t) => {
  const store = fileStore(join(await temporaryHome(t), 'cache.json'));
  await rememberIdentity(store, 'a1', { email: 'vera@demo.test' }, context);
  assert.deepEqual(await store.read(context), { ok: true, value: undefined });
});
