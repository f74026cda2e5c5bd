// What `auth token` gives to scripts: the token alone, one that works now.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withLofty } from './testing/with-lofty.ts';

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test('auth token prints a token that works and nothing else, renewed when the saved one has ended', async (t) => {
  const { lofty, home, cli, signIn } = await withLofty(t);
  await signIn();
  const first = await cli(['auth', 'token']);
  assert.deepEqual([first.code, first.stderr], [0, '']);
  assert.match(first.stdout, /^\S+\n$/);

  const cache = join(home, '.config', 'tokens', 'lofty-pkce-cache.json');
  const saved = JSON.parse(await readFile(cache, 'utf8')) as Record<string, unknown>;
  await writeFile(cache, JSON.stringify({ ...saved, expiresAt: Date.now() - 1000 }));
  const second = await cli(['auth', 'token']);
  assert.deepEqual([second.code, second.stderr], [0, '']);
  assert.notEqual(second.stdout, first.stdout);
  const me = await fetch(`${lofty.url}/v1.0/me`, bearer(second.stdout.trim()));
  assert.equal(me.status, 200);
});

test('auth token --json says how to send the token, until when, and by which method', async (t) => {
  const { lofty, cli, signIn } = await withLofty(t);
  await signIn();
  const { stdout } = await cli(['auth', 'token', '--json']);
  const { token, expiresAt, ...rest } = JSON.parse(stdout) as Record<string, string>;
  assert.equal(`${token}\n`, (await cli(['auth', 'token'])).stdout);
  assert.ok(Date.parse(expiresAt ?? '') > Date.now());
  assert.deepEqual(rest, { scheme: 'Bearer', method: 'browser-oauth', host: lofty.url });
});
