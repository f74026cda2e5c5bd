// How a path is shown: `~` for the home directory.
import { sep } from 'node:path';
import type { Io } from '../io.ts';

export function displayPath(path: string, io: Pick<Io, 'homedir'>): string {
  const home = io.homedir();
  return home !== '' && path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
