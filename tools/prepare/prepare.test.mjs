import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { explainFailure } from './npm.mjs';
import { unfitPlatform } from './platform.mjs';
import { isInstalled, markInstalled, unmark, wasInstalled } from './stamp.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('each platform that has a pinned Node 26 is fit, whatever its own Node', () => {
  for (const [os, cpu] of ['linux x64', 'linux arm64', 'darwin arm64', 'darwin x64', 'win32 x64'].map(
    (both) => both.split(' '),
  )) {
    assert.equal(unfitPlatform(root, { os, cpu }, '20.0.0'), undefined, `${os} ${cpu}`);
  }
});

test('a platform without one is told in a line which have one, and that its own Node 26 would do', () => {
  for (const machine of [
    { os: 'linux', cpu: 'ppc64' },
    { os: 'linux', cpu: 'x64', libc: 'musl' },
  ]) {
    const said = unfitPlatform(root, machine, '22.1.0');
    assert.match(
      said,
      /^No Node 26 is pinned for this machine \(linux-\S+.*linux-x64.*Install Node 26 or newer/,
    );
    assert.doesNotMatch(said, /\n/);
    assert.equal(unfitPlatform(root, machine, '26.10.0'), undefined);
  }
});

test('installed means: this lockfile, to the end; another lockfile or a removed mark is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-prepare-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const lock = join(folder, 'package-lock.json');
  writeFileSync(lock, '{"packages":{}}');
  mkdirSync(join(folder, 'node_modules', 'something'), { recursive: true });
  assert.equal(isInstalled(folder), false, 'a node_modules of whatever origin is not enough');
  markInstalled(folder);
  assert.equal(isInstalled(folder), true);
  writeFileSync(lock, '{"packages":{"a":{}}}');
  assert.equal(isInstalled(folder), false);
  assert.equal(wasInstalled(folder), true);
  unmark(folder);
  assert.equal(wasInstalled(folder), false);
});

test('failures of npm that a person can mend are one line with the next step; others keep its words', () => {
  const said = explainFailure('npm error code ENOTFOUND\nnpm error network …', 1, 'npm start');
  assert.equal(
    said,
    'npm could not reach its registry. Check the network or proxy (ENOTFOUND), then run npm start again. Nothing was started.',
  );
  assert.match(explainFailure('npm error code ENOSPC', 1, 'npm test'), /^The disk is full.*npm test again\./);
  assert.match(
    explainFailure('npm error code ESTRANGE\nnpm error why', 1, 'npm start'),
    /npm error why\n.*\(ESTRANGE\)/,
  );
});
