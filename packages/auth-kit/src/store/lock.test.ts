import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fail, ok } from '../failure.ts';
import { nodeIo } from '../io.ts';
import { temporaryHome } from '../testing/temporary-home.ts';
import { withLock } from './lock.ts';

const io = nodeIo({ signal: new AbortController().signal });

async function holderOf(path: string): Promise<Record<string, unknown>> {
  let text = '';
  await withLock(path, io, async () => {
    text = await readFile(`${path}.lock`, 'utf8');
    return ok(undefined);
  });
  return JSON.parse(text) as Record<string, unknown>;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('[cli 2] forty at once run one after another, and no lock file stays behind', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  let inside = 0;
  let most = 0;
  let runs = 0;
  const work = async (): Promise<{ ok: true; value: undefined }> => {
    inside += 1;
    runs += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    return { ok: true, value: undefined };
  };
  const answers = await Promise.all(Array.from({ length: 40 }, () => withLock(path, io, work)));
  assert.ok(answers.every((answer) => answer.ok));
  assert.deepEqual([most, runs], [1, 40]);
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test('[cli 2] a dead process holds nobody up, though many wait for its lock at once', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const owner = await holderOf(path);
  await writeFile(`${path}.lock`, JSON.stringify({ ...owner, pid: await deadPid() }));
  let inside = 0;
  let most = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, () =>
      withLock(path, io, async () => {
        most = Math.max(most, (inside += 1));
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        return ok(undefined);
      }),
    ),
  );
  assert.equal(most, 1);
  assert.ok(performance.now() - began < 2000);
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test(
  'a pid that was reused by another process does not keep the lock',
  { skip: process.platform !== 'linux' && 'only Linux tells when a process began' },
  async (t) => {
    const path = join(await temporaryHome(t), 'cache.json');
    const owner = await holderOf(path);
    await writeFile(`${path}.lock`, JSON.stringify({ ...owner, start: '1' }));
    assert.ok((await withLock(path, io, () => Promise.resolve(ok(1)), { waitMs: 1000 })).ok);
  },
);

test('[cli 2] a live holder keeps the lock: the waiter gives up in time and does nothing', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  let ran = false;
  const answer = await withLock(path, io, () =>
    withLock(
      path,
      io,
      () => {
        ran = true;
        return Promise.resolve(ok(1));
      },
      { waitMs: 100 },
    ),
  );
  assert.ok(!answer.ok);
  assert.deepEqual([answer.failure.kind, answer.failure.code, ran], ['storage', 'busy', false]);
});

test('[cli 2] a holder in another place (a container with the same home) is believed until its lock expires', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const owner = await holderOf(path);
  const foreign = { ...owner, place: 'other-host ns', pid: await deadPid() };
  await writeFile(`${path}.lock`, JSON.stringify(foreign));
  assert.ok(!(await withLock(path, io, () => Promise.resolve(ok(1)), { waitMs: 100 })).ok);
  await writeFile(`${path}.lock`, JSON.stringify({ ...foreign, expiresAt: Date.now() - 1 }));
  assert.ok((await withLock(path, io, () => Promise.resolve(ok(1)), { waitMs: 1000 })).ok);
});

test('[cli 2] a waiter leaves as soon as the holder did what it wanted, and does nothing itself', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  let done: string | undefined;
  const answer = await withLock(path, io, async () => {
    const waiting = withLock(path, io, () => Promise.resolve(fail('network', 'ran')), {
      meanwhile: () => Promise.resolve(done),
    });
    done = 'by the holder';
    return await waiting;
  });
  assert.deepEqual(answer, { ok: true, value: 'by the holder' });
});

test('[cli 13] a clock that is set while somebody works does not end the lock', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  for (const stepMs of [-600_000, 600_000]) {
    const stepped = { ...io, now: () => Date.now() + stepMs };
    const answer = await withLock(path, io, () =>
      withLock(path, stepped, () => Promise.resolve(ok(1)), { waitMs: 100 }),
    );
    assert.ok(!answer.ok && answer.failure.code === 'busy', String(stepMs));
  }
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test('[cli 2] a holder that hangs loses the lock when its time is over by both clocks', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const owner = await holderOf(path);
  const hung = { ...owner, pid: process.pid, expiresAt: Date.now() - 1, takenAt: 0 };
  await writeFile(`${path}.lock`, JSON.stringify(hung));
  assert.ok((await withLock(path, io, () => Promise.resolve(ok(1)), { waitMs: 1000 })).ok);
});

test('[cli 2] a holder that lost its lock while the computer slept does not free it for its successor', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const successor = JSON.stringify({ ...(await holderOf(path)), nonce: globalThis.crypto.randomUUID() });
  await withLock(path, io, async () => {
    await writeFile(`${path}.lock`, successor);
    return ok(undefined);
  });
  assert.equal(await readFile(`${path}.lock`, 'utf8'), successor);
});

test('an unreadable lock file holds for a moment only', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  await writeFile(`${path}.lock`, '');
  assert.ok((await withLock(path, io, () => Promise.resolve(ok(1)), { waitMs: 3000 })).ok);
});

test('a failure inside is passed on and frees the lock; a bug inside frees it too', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const answer = await withLock(path, io, () => Promise.resolve(fail('network', 'no')));
  assert.ok(!answer.ok && answer.failure.kind === 'network');
  await assert.rejects(
    withLock(path, io, () => Promise.reject(new TypeError('bug'))),
    TypeError,
  );
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test('a place where no lock can be made is a storage failure, and the work is not done', async (t) => {
  const home = await temporaryHome(t);
  await writeFile(join(home, 'file'), '');
  const answer = await withLock(join(home, 'file', 'cache.json'), io, () => Promise.resolve(ok(1)));
  assert.ok(!answer.ok && answer.failure.kind === 'storage');
  await mkdir(join(home, 'cache.json.lock'));
  const taken = await withLock(join(home, 'cache.json'), io, () => Promise.resolve(ok(1)), { waitMs: 50 });
  assert.ok(!taken.ok && taken.failure.kind === 'storage');
});

test('Ctrl-C ends the wait', async (t) => {
  const path = join(await temporaryHome(t), 'cache.json');
  const interrupt = new AbortController();
  const answer = await withLock(path, io, async () => {
    const waiting = withLock(path, { ...io, signal: interrupt.signal }, () => Promise.resolve(ok(1)));
    interrupt.abort();
    return await waiting;
  });
  assert.ok(!answer.ok && answer.failure.kind === 'cancelled');
});
