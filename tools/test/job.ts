// One process of the test run: started in a process group of its own, so that all of it can be killed when it hangs.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Counts } from './count-reporter.ts';

export type Job = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly timeoutMs: number;
  /** Test processes are counted by a reporter; other steps pass or fail as a whole. */
  readonly counts: boolean;
  /** Drives a real browser or terminal: what a busy machine fails there is tried once more, alone and told. */
  readonly twice?: boolean;
};

export type Done = Counts & {
  readonly job: Job;
  readonly ms: number;
  readonly output: string;
  /** It failed first, and passed when it ran alone. */
  readonly unsteady?: boolean;
};

const reporter = fileURLToPath(new URL('count-reporter.ts', import.meta.url));
const running = new Set<number>();

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
};

export const killAll = (): void => {
  for (const pid of running) killGroup(pid);
};

/** What a test process is started with, before its files. */
const testOptions = (countFile: string): readonly string[] => [
  '--conditions=@latchkey/source',
  // One test of a file: a hung one is named, and the file's others still run.
  '--test-timeout=120000',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${reporter}`,
  `--test-reporter-destination=${countFile}`,
];

const readCounts = (file: string): Counts | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
};

const one = (failed: boolean): Counts => ({ passed: 0, failed: failed ? 1 : 0, skipped: [] });

/** A process that dies, hangs, or runs no test has failed, whatever its own counts say. */
const judge = (
  counts: Counts | undefined,
  died: boolean,
): { readonly counts: Counts; readonly why?: string } => {
  if (counts === undefined) return { counts: one(true), why: 'It ended before its tests did.' };
  if (died && counts.failed === 0) return { counts: { ...counts, failed: 1 }, why: 'Its process failed.' };
  if (counts.passed + counts.failed + counts.skipped.length === 0) {
    return { counts: one(true), why: 'It ran no test.' };
  }
  return { counts };
};

let serial = 0;

export const runJob = (job: Job, folder: string, env: NodeJS.ProcessEnv): Promise<Done> =>
  new Promise((resolve) => {
    const startMs = performance.now();
    const countFile = join(folder, `${(serial += 1)}.json`);
    const [program, ...rest] = job.command;
    const args = job.counts ? [...testOptions(countFile), ...rest] : rest;
    const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) running.add(child.pid);
    let output = '';
    let hung = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => (output += text));
    }
    const timer = setTimeout(() => {
      hung = true;
      if (child.pid !== undefined) killGroup(child.pid);
    }, job.timeoutMs);
    const finish = (died: boolean, note: string): void => {
      clearTimeout(timer);
      const verdict = job.counts ? judge(readCounts(countFile), died) : { counts: one(died) };
      const why = [note, verdict.why ?? ''].filter((line) => line !== '').join(' ');
      resolve({ job, ms: performance.now() - startMs, output: `${output}${why}`.trim(), ...verdict.counts });
    };
    child.once('error', (error) => finish(true, `It could not be started: ${error.message}.`));
    // `exit`, then the group: a forgotten grandchild would keep the pipes, and with them `close`, open for ever.
    child.once('exit', () => {
      if (child.pid === undefined) return;
      running.delete(child.pid);
      killGroup(child.pid);
    });
    child.once('close', (code) => finish(code !== 0, hung ? `Killed after ${job.timeoutMs / 1000} s.` : ''));
  });
