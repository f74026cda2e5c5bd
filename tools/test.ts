// `npm test`: everything, on a machine with only git, Node, npm and Debian's registry. `npm test -- WORD …` runs only the
// test files whose path holds a word. The last line is alone: `N passed, N failed`.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startPostgres,
  type PostgresServer,
} from '../packages/server/src/storage/testing/postgres-server.ts';
import { killAll, runJob, type Done, type Job } from './test/job.ts';
import { testJobs, textSteps } from './test/jobs.ts';
import { oldestNode } from './test/node20.ts';
import { findChromium, meetRequirements } from './test/requirements.ts';

const longestOutput = 400;

const say = (line: string): void => console.log(line);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(8);

const count = (amount: number, noun: string): string =>
  `${amount} ${noun}${amount === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;

const sayDone = ({ job, ms, passed, failed, skipped, output }: Done, at: number, all: number): void => {
  const tests = job.counts
    ? `${count(passed, 'test')}${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`
    : '';
  const place = `${at}/${all}`.padStart(8);
  say(
    `${place} ${failed === 0 ? 'ok    ' : 'FAILED'} ${seconds(ms)}  ${job.name}${tests === '' ? '' : `  (${tests})`}`,
  );
  if (failed === 0) return;
  const lines = output.split('\n');
  const cut = lines.length - longestOutput;
  if (cut > 0) say(`        … ${cut} lines before`);
  say(
    lines
      .slice(-longestOutput)
      .map((line) => `        ${line}`)
      .join('\n'),
  );
};

const runAll = async (
  jobs: readonly Job[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly Done[]> => {
  const done: Done[] = [];
  const waiting = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      done.push(await runJob(job, folder, env));
      const last = done.at(-1);
      if (last !== undefined) sayDone(last, done.length, jobs.length);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism() - 1) }, worker));
  return done;
};

/**
 * Files that drive a browser or a terminal wait for what people wait for, and a machine busy with other tests can be too
 * slow for them. Those that failed run once more when nothing else does; both results are printed, and named at the end.
 */
const tryAgain = async (
  done: readonly Done[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly Done[]> => {
  const final: Done[] = [];
  for (const first of done) {
    if (first.failed === 0 || first.job.twice !== true) {
      final.push(first);
      continue;
    }
    say(`Once more, alone: ${first.job.name}`);
    const second = await runJob(first.job, folder, env);
    sayDone(second, done.length, done.length);
    final.push({ ...second, unsteady: second.failed === 0 });
  }
  return final;
};

const sum = (done: readonly Done[], field: 'passed' | 'failed'): number =>
  done.reduce((total, one) => total + one[field], 0);

/** The exit code. */
const conclude = (done: readonly Done[], startMs: number): number => {
  const tests = done.filter(({ job }) => job.counts);
  const slowest = tests.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
  say('\nSlowest');
  for (const { job, ms } of slowest) say(`  ${seconds(ms)}  ${job.name}`);
  const skipped = tests.flatMap((one) => one.skipped.map((why) => `  ${one.job.name}: ${why}`));
  if (skipped.length > 0) say(`\nSkipped\n${skipped.join('\n')}`);
  const unsteady = done.filter((one) => one.unsteady === true);
  if (unsteady.length > 0) {
    say(`\nPassed only at the second try\n${unsteady.map(({ job }) => `  ${job.name}`).join('\n')}`);
  }
  const broken = done.filter(({ failed }) => failed > 0);
  if (broken.length > 0) say(`\nFailed\n${broken.map(({ job }) => `  ${job.name}`).join('\n')}`);
  const passed = sum(done, 'passed');
  const failed = sum(done, 'failed');
  say(`\n${count(tests.length, 'process')} with tests, ${seconds(performance.now() - startMs).trim()}`);
  if (passed === 0) say('No test passed.');
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
};

const main = async (words: readonly string[]): Promise<number> => {
  const startMs = performance.now();
  const lacking = await meetRequirements(say);
  if (lacking !== undefined) {
    console.error(lacking);
    return 1;
  }
  const node20 = await oldestNode(say);
  if (node20 === undefined) {
    console.error(
      'Node 20 could not be installed from npm; its words are above. Run npm test again with a network.',
    );
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-run-'));
  let postgres: PostgresServer | undefined;
  const interrupt = (): void => {
    killAll();
    void Promise.resolve(postgres?.stop()).finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const texts = words.length === 0 ? textSteps : [];
    const steps = await runAll(texts, folder, process.env);
    postgres = await startPostgres();
    const env = {
      ...process.env,
      LATCHKEY_TEST_POSTGRES: postgres.url,
      LATCHKEY_TEST_NODE20: node20,
      CHROMIUM: findChromium(),
    };
    const tests = await tryAgain(await runAll(testJobs(words), folder, env), folder, env);
    return conclude([...steps, ...tests], startMs);
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

process.exitCode = await main(process.argv.slice(2));
