// Behaviour 9 of cli.md: what a hostile disk, a killed process or another version cannot do to a saved sign-in.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fakeIo } from '../testing/fake-io.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import type { TokenSet } from '../token-set.ts';
import { readTokenCache, writeTokenCache } from './token-cache.ts';
import { fileStore } from './file-store.ts';

type Saved = { readonly ok: boolean; readonly failure?: { readonly kind: string; readonly reason: string } };

const tokens: TokenSet = { accessToken: 'old', obtainedAt: 1, issuer: 'https://api.example.com' };
const nobody = 65_534;
const context = { io: fakeIo() };

const writeForEver = fileURLToPath(new URL('../testing/write-for-ever.ts', import.meta.url));
const writeOnceScript = fileURLToPath(new URL('../testing/write-once.ts', import.meta.url));

/** In a shell with its own limits. */
async function writeOnce(
  path: string,
  before: string,
  as: { readonly uid?: number; readonly gid?: number } = {},
): Promise<{ readonly proof: Saved; readonly saved: Saved }> {
  const command = `${before} exec "$0" --conditions=@latchkey/source "$1" "$2"`;
  const args = ['-c', command, process.execPath, writeOnceScript, path];
  const { stdout } = await promisify(execFile)('/bin/sh', args, as);
  return JSON.parse(stdout) as { proof: Saved; saved: Saved };
}

test('[cli 9] a writer killed at any moment leaves a whole file, and the next write succeeds', async (t) => {
  const path = join(await temporaryHome(t), 'tokens', 'cache.json');
  await writeTokenCache(path, tokens);
  for (let round = 0; round < 4; round += 1) {
    const before = await readFile(path, 'utf8');
    const writer = spawn(process.execPath, ['--conditions=@latchkey/source', writeForEver, path], {
      stdio: 'inherit',
    });
    const closed = once(writer, 'close');
    let seen = before;
    let changes = 0;
    while (changes < 10 + round) {
      assert.equal(writer.exitCode, null, 'the writer ended by itself');
      const text = await readFile(path, 'utf8');
      assert.doesNotThrow(() => void JSON.parse(text));
      if (text !== seen) changes += 1;
      seen = text;
    }
    writer.kill('SIGKILL');
    await closed;
    assert.notEqual(await readTokenCache(path), undefined);
  }
  assert.ok((await writeTokenCache(path, tokens)).ok);
  assert.deepEqual(await readTokenCache(path), tokens);
});

test('[cli 9] a full disk is said in words, keeps the old sign-in and leaves no half file', async (t) => {
  const path = join(await temporaryHome(t), 'tokens', 'cache.json');
  await writeTokenCache(path, tokens);
  const { proof, saved } = await writeOnce(path, 'ulimit -f 0;');
  for (const answer of [proof, saved]) {
    assert.equal(answer.failure?.kind, 'storage');
    assert.match(
      answer.failure.reason,
      /cache\.json cannot be written \(files may not grow that large here\)/,
    );
  }
  assert.deepEqual(await readTokenCache(path), tokens);
  assert.deepEqual(await readdir(join(path, '..')), ['cache.json']);
});

test('[cli 9] a read-only home is said in words before a login, and the saved sign-in stays', async (t) => {
  const home = await temporaryHome(t);
  const path = join(home, 'tokens', 'cache.json');
  await writeTokenCache(path, tokens);
  // Nothing is read-only for root, so then the process is nobody's, and so is the file.
  const root = process.getuid?.() === 0;
  if (root) await Promise.all([path, join(path, '..')].map((each) => chown(each, nobody, nobody)));
  if (root) await chmod(home, 0o755);
  await chmod(join(path, '..'), 0o500);
  const before = await readFile(path);
  const answers = await writeOnce(path, '', root ? { uid: nobody, gid: nobody } : {}).catch(() => undefined);
  await chmod(join(path, '..'), 0o700);
  if (answers === undefined && root) {
    t.skip('this checkout is readable by root only, for whom nothing is read-only');
    return;
  }
  for (const answer of [answers?.proof, answers?.saved]) {
    assert.match(answer?.failure?.reason ?? '', /cache\.json cannot be written \(permission denied\)/);
  }
  assert.deepEqual(await readFile(path), before);
});

test(
  '[cli 9] a system that is read-only, or has no such place, is said in words',
  { skip: process.platform !== 'linux' && 'looks at /proc and /sys' },
  async () => {
    for (const path of ['/proc/self/cache.json', '/sys/auth-kit/cache.json']) {
      for (const answer of [
        await fileStore(path).proveWritable(context),
        await fileStore(path).write(tokens, context),
      ]) {
        assert.ok(!answer.ok && answer.failure.kind === 'storage');
        assert.match(answer.failure.reason, /cannot be written/);
      }
    }
  },
);

test('[cli 9] umask 000 changes nothing: 0700 and 0600, for the directories on the way too', async (t) => {
  const path = join(await temporaryHome(t), 'config', 'tokens', 'cache.json');
  assert.ok((await writeOnce(path, 'umask 000;')).saved.ok);
  const modes = await Promise.all(['.', '..', '../..'].map((up) => stat(join(path, up))));
  assert.deepEqual(
    modes.map(({ mode }) => (mode & 0o777).toString(8)),
    ['600', '700', '700'],
  );
});

test('[cli 9] a file of a newer version is neither used nor replaced, and the message says what to do', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const text = JSON.stringify({ version: 2, somethingNew: 'canary' });
  await writeFile(path, text, { mode: 0o600 });
  const store = fileStore(path);
  for (const answer of [
    await store.read(context),
    await store.write(tokens, context),
    await store.proveWritable(context),
  ]) {
    assert.ok(!answer.ok);
    assert.match(answer.failure.reason, /written by a newer version/);
    assert.match(answer.failure.next ?? '', /update this program, or delete/);
  }
  assert.equal(await readFile(path, 'utf8'), text);
  assert.deepEqual(await store.clear(context), { ok: true, value: true }, 'a logout does remove it');
});

test('[cli 9] what cannot be deleted is not called deleted', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  await mkdir(path);
  const answer = await fileStore(path).clear(context);
  assert.ok(!answer.ok && /could not be deleted/.test(answer.failure.reason));
  assert.deepEqual(await fileStore(join(path, 'absent')).clear(context), { ok: true, value: false });
});

test('[cli 2] only the tokens that failed are cleared, not those that another process saved meanwhile', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const store = fileStore(path);
  await writeTokenCache(path, { ...tokens, accessToken: 'a2' });
  assert.deepEqual(await store.clear(context, { accessToken: 'a1' }), { ok: true, value: false });
  assert.equal((await readTokenCache(path))?.accessToken, 'a2');
  assert.deepEqual(await store.clear(context, { accessToken: 'a2' }), { ok: true, value: true });
  assert.equal(await readTokenCache(path), undefined);
});
