import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';
import { readTokenCache, writeTokenCache } from './token-cache.ts';

const tokens: TokenSet = {
  accessToken: 'a1',
  refreshToken: 'r1',
  expiresAt: 2,
  obtainedAt: 1,
  issuer: 'https://api.example.com',
  scope: 'openApi',
  identity: { email: 'ari@demo.test' },
  bindings: { x: 'y' },
  renewal: { z: 'w' },
};

test('what is written comes back, marked with its version', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  await writeTokenCache(path, tokens);
  assert.deepEqual(await readTokenCache(path), tokens);
  assert.equal((JSON.parse(await readFile(path, 'utf8')) as { version: number }).version, 1);
});

test('[cli 9] an absent, empty, cut, foreign or newer file is a miss and stays as it is', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  assert.equal(await readTokenCache(path), undefined);
  const whole = JSON.stringify({ version: 1, ...tokens });
  for (const text of [
    '',
    whole.slice(0, -3),
    '[]',
    'null',
    '"x"',
    '<html>',
    JSON.stringify({ version: 2, ...tokens }),
    JSON.stringify({ version: 1, ...tokens, accessToken: 5 }),
    JSON.stringify({ version: 1, accessToken: 'a', issuer: 'x' }),
  ]) {
    await writeFile(path, text);
    assert.equal(await readTokenCache(path), undefined, text);
    assert.equal(await readFile(path, 'utf8'), text);
  }
});
