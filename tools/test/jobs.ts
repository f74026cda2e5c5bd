// What a whole run consists of: the steps that look at the text of the code, and each test file as a process.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from './job.ts';

const minuteMs = 60_000;
/** These open a browser and look at many pages: they take minutes on a busy machine. */
const inBrowser = /^e2e\/|\.browser\.test\.ts$/;
const inTerminal = /\.terminal\.test\.ts$/;

const tool = (name: string, file: string, ...args: string[]): Job => ({
  name,
  command: [process.execPath, join('node_modules', file), ...args],
  timeoutMs: 5 * minuteMs,
  counts: false,
});

export const textSteps: readonly Job[] = [
  tool('types', 'typescript/bin/tsc', '-p', 'tsconfig.check.json'),
  tool('lint', 'oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  tool('format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  tool('unused code', 'knip/bin/knip.js'),
];

const patterns = ['packages/*/src/**/*.test.ts', '{demo,bench,tools,e2e}/**/*.test.{ts,mjs}'];

/** The long ones first, so that none is left over at the end with one processor idle. */
const weight = (file: string): number => {
  if (file.startsWith('e2e/')) return 4;
  if (file.includes('.browser.')) return 3;
  return /\/storage\/|races|\.process\./.test(file) ? 2 : 1;
};

const conformance = (files: readonly string[]): Job => ({
  name: 'conformance',
  // One server for all its files, which follow each other: they share that server's people and its limits.
  command: [
    process.execPath,
    '--test',
    '--test-concurrency=1',
    `--test-timeout=${5 * minuteMs}`,
    '--test-global-setup=conformance/global-setup.ts',
    ...files,
  ],
  timeoutMs: 9 * minuteMs,
  counts: true,
});

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** All jobs, or only those of files whose path holds one of the words. */
export const testJobs = (words: readonly string[]): readonly Job[] => {
  const wanted = (file: string): boolean =>
    !file.includes('node_modules') && (words.length === 0 || words.some((word) => file.includes(word)));
  const files = globSync(patterns)
    .map((file) => file.replaceAll('\\', '/'))
    .filter(wanted);
  files.sort((a, b) => weight(b) - weight(a) || byName(a, b));
  const single = files.map((file): Job => ({
    name: file,
    command: [process.execPath, file],
    timeoutMs: (inBrowser.test(file) ? 9 : 4) * minuteMs,
    counts: true,
    twice: inBrowser.test(file) || inTerminal.test(file),
  }));
  const suite = globSync('conformance/**/*.test.ts').filter(wanted);
  suite.sort(byName);
  return suite.length === 0 ? single : [conformance(suite), ...single];
};
