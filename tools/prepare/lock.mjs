// One install at a time in this folder: two at once, or one begun while a killed one's npm still works, would break both.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

// Not in node_modules: npm ci empties it.
const lockFile = (root) => join(root, '.cache', 'installing');
const oldestMs = 15 * 60_000;

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** The process id of the npm that installs here now. After a reboot the number may be another program's: age decides. */
const holder = (root) => {
  try {
    const pid = Number(readFileSync(lockFile(root), 'utf8'));
    const young = Date.now() - statSync(lockFile(root)).mtimeMs < oldestMs;
    return young && Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

export const waitForOther = async (root, say) => {
  for (let tenths = 0; ; tenths += 1) {
    const pid = holder(root);
    if (pid === undefined) return;
    if (tenths % 25 === 0)
      say(`Another install works in this folder (process ${pid}); waiting for it, ${tenths / 10} s.`);
    await setTimeout(100);
  }
};

export const hold = (root, pid) => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(lockFile(root), String(pid));
};

export const release = (root) => rmSync(lockFile(root), { force: true });
