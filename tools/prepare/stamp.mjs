// Remembers which lockfile was installed to the end, and for which platform. "node_modules is there" would not do: an
// install that was killed leaves it half made.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Inside node_modules, so that deleting the folder, or `npm ci`, takes the stamp along.
const stampFile = (root) => join(root, 'node_modules', '.latchkey-installed');

const wanted = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`\n${process.platform} ${process.arch} all`)
    .digest('hex');

const read = (root) => {
  try {
    return readFileSync(stampFile(root), 'utf8').trim();
  } catch {
    return undefined;
  }
};

export const isInstalled = (root) => read(root) === wanted(root);

/** Something was installed to the end here, though perhaps not this. */
export const wasInstalled = (root) => read(root) !== undefined;

export const markInstalled = (root) => {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile(root), `${wanted(root)}\n`);
};

export const unmark = (root) => rmSync(stampFile(root), { force: true });
