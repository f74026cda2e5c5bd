// The data folder of a SQLite deployment: one process at a time holds it, by a lock that dies with the process.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type FolderLock =
  | { readonly kind: 'held'; readonly databaseFile: string; readonly release: () => void }
  /** `pid` is undefined in the moment before the other process has written it down. */
  | { readonly kind: 'taken'; readonly pid: number | undefined };

/** SQLite's result code for a lock that another connection holds. */
const busy = 5;

/**
 * Takes the folder (made if missing, 0700) for this process. The lock is the operating system's, on a file of its own,
 * so a killed process leaves nothing to clean up and the database itself stays readable to backup tools.
 */
export const lockDataFolder = (folder: string): FolderLock => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lockFile = join(folder, 'latchkey.lock');
  const pidFile = join(folder, 'latchkey.pid');
  closeSync(openSync(lockFile, 'a', 0o600));
  const lock = new DatabaseSync(lockFile);
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return { kind: 'taken', pid: readPid(pidFile) };
    throw error;
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  const release = (): void => {
    if (!lock.isOpen) return;
    rmSync(pidFile, { force: true });
    lock.close();
  };
  return { kind: 'held', databaseFile: join(folder, 'latchkey.db'), release };
};

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === busy;

const readPid = (pidFile: string): number | undefined => {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};
