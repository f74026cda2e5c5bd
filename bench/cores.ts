// Keeps server and load off each other's core, where `taskset` exists and there are two.
import { spawnSync } from 'node:child_process';

const taskset = (...words: string[]): string | undefined => {
  const run = spawnSync('taskset', words, { encoding: 'utf8' });
  return run.status === 0 ? run.stdout : undefined;
};

/** `0-3,6` as 0, 1, 2, 3, 6. */
const coresIn = (list: string): number[] =>
  list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

export type Cores = { readonly server: number; readonly load: number };

/** Undefined where nothing can be pinned. The load takes the last core that this process may use, servers the first. */
export const pinLoad = (): Cores | undefined => {
  const listed = /: *([\d,-]+)\s*$/.exec(taskset('-cp', String(process.pid)) ?? '');
  const cores = coresIn(listed?.[1] ?? '');
  const [server] = cores;
  const load = cores.at(-1);
  if (server === undefined || load === undefined || server === load) return undefined;
  return taskset('-acp', String(load), String(process.pid)) === undefined ? undefined : { server, load };
};

export const pinServer = (pid: number, cores: Cores | undefined): void => {
  if (cores !== undefined) taskset('-acp', String(cores.server), String(pid));
};
