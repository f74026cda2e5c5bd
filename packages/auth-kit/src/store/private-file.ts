// Files that hold secrets: directory 0700, file 0600, replaced atomically, so that a reader sees the old or the new
// content and never half of one. Looser modes are repaired with a notice.

import { chmodSync, closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
// By way of `node:fs`, which makes its promises when one is first asked for: a saved sign-in is read without.
import { promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';

export type Notice = (line: string) => void;

const windows = process.platform === 'win32';
const abandonedMs = 10 * 60_000;
const renameTries = 10;

/** Undefined when there is no such file, or none that can be read. */
export async function readPrivateFile(path: string, notice?: Notice): Promise<string | undefined> {
  const text = await loadPrivateFile(path, notice);
  return text.ok ? text.value : undefined;
}

/** Undefined when there is no such file; a failure when there is one that cannot be read. */
export async function loadPrivateFile(path: string, notice?: Notice): Promise<Result<string | undefined>> {
  try {
    return ok(readAndTighten(path, notice));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(undefined);
    return fail('storage', `${path} cannot be read (${storageWords[code] ?? code})`, {
      code,
      next: `check the owner and mode of ${path}`,
    });
  }
}

/** Without promises: a few hundred bytes are there sooner than the threads that would read them. */
function readAndTighten(path: string, notice?: Notice): string {
  const file = openSync(path, 'r');
  try {
    const { mode } = fstatSync(file);
    if (!windows && (mode & 0o077) !== 0) tighten(path, 0o600, mode, notice);
    tightenDirectory(dirname(path), notice);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Directory 0700, file 0600, replaced as a whole; fails with `storage`, in words (disk full, read-only, no permission). */
export async function writePrivateFile(path: string, text: string): Promise<Result<void>> {
  const directory = dirname(path);
  const temporary = join(
    directory,
    `.${basename(path)}.${process.pid}.${globalThis.crypto.randomUUID().slice(0, 8)}.tmp`,
  );
  try {
    await fs.mkdir(directory, { recursive: true, mode: 0o700 });
    tightenDirectory(directory);
    await removeAbandoned(directory, basename(path));
    const file = await fs.open(temporary, 'wx', 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await replace(temporary, path);
    return ok(undefined);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    return unwritable(path, error);
  }
}

/** True when there was one and it is gone now. */
export async function removePrivateFile(path: string): Promise<boolean> {
  const removed = await deletePrivateFile(path);
  return removed.ok && removed.value;
}

/** False when there was none; a failure when there is one that stays. What a killed writer left goes too. */
export async function deletePrivateFile(path: string): Promise<Result<boolean>> {
  try {
    await removeAbandoned(dirname(path), basename(path), true);
    await fs.unlink(path);
    return ok(true);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(false);
    return fail('storage', `${path} could not be deleted (${storageWords[code] ?? code})`, {
      code,
      next: `delete ${path} by hand`,
    });
  }
}

/** Says before a login whether its result can be saved; leaves nothing behind but the directory. */
export async function proveWritable(path: string): Promise<Result<void>> {
  const directory = dirname(path);
  const probe = join(
    directory,
    `.${basename(path)}.${process.pid}.${globalThis.crypto.randomUUID().slice(0, 8)}.tmp`,
  );
  try {
    await fs.mkdir(directory, { recursive: true, mode: 0o700 });
    if ((await fs.stat(path).catch(() => undefined))?.isDirectory() === true) {
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    const file = await fs.open(probe, 'wx', 0o600);
    try {
      await file.writeFile('probe');
    } finally {
      await file.close();
    }
    return ok(undefined);
  } catch (error) {
    return unwritable(path, error);
  } finally {
    await fs.rm(probe, { force: true }).catch(() => undefined);
  }
}

export function unwritable(path: string, error: unknown): { readonly ok: false; readonly failure: Failure } {
  const code = errorCode(error);
  return fail('storage', `${path} cannot be written (${storageWords[code] ?? code})`, {
    code,
    next: `check the owner and free space of ${dirname(path)}`,
  });
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

const storageWords: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EFBIG: 'files may not grow that large here',
  EISDIR: 'a directory has that name',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
};

function tighten(path: string, wanted: number, mode: number, notice?: Notice): void {
  const found = (mode & 0o777).toString(8).padStart(4, '0');
  try {
    chmodSync(path, wanted);
    notice?.(
      `${path} was open to others (mode ${found}); changed to ${wanted.toString(8).padStart(4, '0')}.`,
    );
  } catch {
    notice?.(`${path} is open to others (mode ${found}) and could not be changed. Fix: chmod go= ${path}`);
  }
}

/** The home directory itself is the person's own affair. */
function tightenDirectory(directory: string, notice?: Notice): void {
  if (windows || directory === homedir() || directory === dirname(directory)) return;
  const { mode } = statSync(directory);
  // A directory that everybody shares, like /tmp, is not ours to close.
  if ((mode & 0o077) !== 0 && (mode & 0o1000) === 0) tighten(directory, 0o700, mode, notice);
}

/** What a killed process left while writing: secrets too. With `orphans` also what is young and has no process. */
async function removeAbandoned(directory: string, name: string, orphans = false): Promise<void> {
  for (const entry of await fs.readdir(directory)) {
    if (!entry.startsWith(`.${name}.`) || !entry.endsWith('.tmp')) continue;
    const path = join(directory, entry);
    const found = await fs.stat(path).catch(() => undefined);
    const old = found !== undefined && Date.now() - found.mtimeMs > abandonedMs;
    if (old || (orphans && !isRunning(Number(entry.split('.').at(-3))))) await fs.rm(path, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Windows refuses to replace a file that somebody reads at that moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fs.rename(from, to);
      return;
    } catch (error) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes(errorCode(error)) || !windows || attempt === renameTries)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * attempt));
    }
  }
}
