// One process at a time per cache file: an O_EXCL lock file beside it, works on every Node and file system we meet.
// The owner is pid + start time + expiry. A dead owner's lock is taken over at once, a hung one's when it expires.

import { promises as fs } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { dirname } from 'node:path';
import { cancelled, fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import type { Io } from '../io.ts';
import { errorCode, unwritable } from './private-file.ts';

type Owner = {
  readonly nonce: string;
  readonly pid: number;
  /** Host and process namespace: a pid says nothing about life elsewhere (containers that share a home). */
  readonly place: string;
  /** When the process began, where the system tells; a reused pid differs in it. */
  readonly start: string;
  readonly expiresAt: number;
  /** Seconds since boot when it was taken, and for how long: a clock that is set does not end a lock. */
  readonly takenAt: number;
  readonly holdMs: number;
};

/** A waiter asks often at first, then less: a hundred of them must not keep the holder from its work. */
const firstPollMs = 25;
const lastPollMs = 200;
/** How long a lock file may stand empty or a take-over marker may stand: the moment between two system calls. */
const momentMs = 500;

export type LockOptions<T> = {
  readonly waitMs?: number;
  readonly holdMs?: number;
  /** Asked while waiting: what the holder did may be all that was wanted; then its result is, and nothing runs. */
  readonly meanwhile?: (() => Promise<T | undefined>) | undefined;
};

/**
 * Runs `work` while holding the lock beside `path`. Fails with `storage` when it cannot be had in time: then nothing
 * ran. `work` must end within `holdMs`, or another process may start.
 */
export async function withLock<T>(
  path: string,
  io: Io,
  work: () => Promise<Result<T>>,
  options: LockOptions<T> = {},
): Promise<Result<T>> {
  const { waitMs = 30_000, holdMs = 60_000 } = options;
  const file = `${path}.lock`;
  const started = io.monotonicMs();
  try {
    await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 1.5, lastPollMs)) {
      if (io.signal.aborted) return cancelled;
      const owner = await describeOwner(io, holdMs);
      if ((await create(file, owner)) || (await takeOver(file, owner, io))) {
        return await runHolding(file, owner, io, work);
      }
      if (io.monotonicMs() - started > waitMs) return busy(file);
      await io.sleep(pollMs * (0.75 + Math.random() / 2), io.signal);
      const done = await options.meanwhile?.();
      if (done !== undefined) return ok(done);
    }
  } catch (error) {
    if (!(error instanceof Error) || errorCode(error) === 'unknown') throw error;
    return unwritable(file, error);
  }
}

async function runHolding<T>(
  file: string,
  owner: Owner,
  io: Io,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const began = io.monotonicMs();
  try {
    return await work();
  } finally {
    // Past its time the lock may be another's already (a computer that slept); then it is left alone.
    const inTime = io.monotonicMs() - began < owner.holdMs - momentMs;
    if (inTime && (await readOwner(file))?.nonce === owner.nonce) {
      await fs.rm(file, { force: true }).catch(() => undefined);
    }
  }
}

async function create(file: string, owner: Owner): Promise<boolean> {
  try {
    const handle = await fs.open(file, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(owner));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Only the process that creates the marker named after one dead lock may replace that lock, and it looks again while
 * it holds the marker: two waiters can never both take it, and none can take its successor.
 */
async function takeOver(file: string, owner: Owner, io: Io): Promise<boolean> {
  const dead = await deadLock(file, io);
  if (dead === undefined) return false;
  const marker = `${file}.${dead}`;
  if (!(await create(marker, owner))) {
    if (await olderThan(marker, momentMs * 4, io)) await fs.rm(marker, { force: true });
    return false;
  }
  try {
    if ((await deadLock(file, io)) !== dead) return false;
    const mine = `${file}.${owner.nonce}.new`;
    if (!(await create(mine, owner))) return false;
    await fs.rename(mine, file);
    return true;
  } finally {
    await fs.rm(marker, { force: true });
  }
}

/** A name for the lock if its owner is gone; undefined while somebody holds it, or nobody does. */
async function deadLock(file: string, io: Io): Promise<string | undefined> {
  let text;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  const owner = parseOwner(text);
  if (owner === undefined) return (await olderThan(file, momentMs, io)) ? 'unreadable' : undefined;
  const here = owner.place === (await place());
  if (owner.expiresAt <= io.now() && (!here || isOver(owner))) return owner.nonce;
  if (!here) return undefined;
  return (await isAlive(owner)) ? undefined : owner.nonce;
}

/** By the time since boot, which begins anew with the next boot. */
function isOver({ takenAt, holdMs }: Owner): boolean {
  const now = uptime();
  return now < takenAt || (now - takenAt) * 1000 >= holdMs;
}

async function readOwner(file: string): Promise<Owner | undefined> {
  return parseOwner(await fs.readFile(file, 'utf8').catch(() => ''));
}

function parseOwner(text: string): Owner | undefined {
  try {
    const data = JSON.parse(text) as Partial<Owner>;
    const known =
      typeof data.nonce === 'string' &&
      /^[0-9a-f-]{36}$/.test(data.nonce) &&
      typeof data.pid === 'number' &&
      typeof data.place === 'string' &&
      typeof data.start === 'string' &&
      typeof data.expiresAt === 'number' &&
      typeof data.takenAt === 'number' &&
      typeof data.holdMs === 'number';
    return known ? (data as Owner) : undefined;
  } catch {
    return undefined;
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  return owner.start === (await startOf(owner.pid));
}

async function describeOwner(io: Io, holdMs: number): Promise<Owner> {
  return {
    nonce: globalThis.crypto.randomUUID(),
    pid: process.pid,
    place: await place(),
    start: await ownStart(),
    expiresAt: io.now() + holdMs,
    takenAt: uptime(),
    holdMs,
  };
}

/** Neither changes while a process lives, and a waiter asks often. */
const own: { place?: string; start?: string } = {};

async function place(): Promise<string> {
  own.place ??= `${hostname()} ${await fs.readlink('/proc/self/ns/pid').catch(() => '')}`;
  return own.place;
}

async function ownStart(): Promise<string> {
  own.start ??= await startOf(process.pid);
  return own.start;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); a zombie counts as gone. Elsewhere every process starts alike: ''. */
async function startOf(pid: number): Promise<string> {
  const text = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '');
}

async function olderThan(path: string, ms: number, io: Io): Promise<boolean> {
  const found = await fs.stat(path).catch(() => undefined);
  return found !== undefined && io.now() - found.mtimeMs > ms;
}

function busy(file: string): Result<never> {
  return fail('storage', `another process holds ${file} and has not finished`, {
    code: 'busy',
    next: 'try again in a moment',
  });
}
