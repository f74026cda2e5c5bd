// Which machines our pinned Node 26 exists for: read from the lockfile, so that it cannot differ from what npm installs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const readLock = (root) => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;

const libc = () => {
  if (process.platform !== 'linux') return undefined;
  // Else the report asks the network for the names of its neighbours.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
};

export const fits = ({ os, cpu, libc: wanted }, machine) =>
  (os === undefined || os.includes(machine.os)) &&
  (cpu === undefined || cpu.includes(machine.cpu)) &&
  (wanted === undefined || machine.libc === undefined || wanted.includes(machine.libc));

export const thisMachine = () => ({ os: process.platform, cpu: process.arch, libc: libc() });

/** A sentence when no pinned Node runs here; nothing when one does, or when the Node of this machine is new enough. */
export const unfitPlatform = (root, machine = thisMachine(), ownNode = process.versions.node) => {
  if (Number(ownNode.split('.')[0]) >= 26) return undefined;
  const lock = readLock(root);
  const names = Object.keys(lock[''].optionalDependencies ?? {}).filter((name) => name.startsWith('node-'));
  const pinned = names.map((name) => lock[`node_modules/${name}`]).filter((entry) => entry !== undefined);
  if (machine.libc !== 'musl' && pinned.some((entry) => fits(entry, machine))) return undefined;
  const all = pinned.map(({ os, cpu }) => `${os}-${cpu}`).join(', ');
  const here = `${machine.os}-${machine.cpu}${machine.libc === 'musl' ? ' with musl' : ''}`;
  return `No Node 26 is pinned for this machine (${here}), only for ${all}. Install Node 26 or newer yourself, then run this again.`;
};
