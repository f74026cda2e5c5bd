// The two command-line tools as processes, each with a home of its own and nothing of ours in the environment.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Environment = Readonly<Record<string, string>>;
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Running = {
  readonly ended: Promise<Ended>;
  /** Resolves with the first match in what was written to stderr so far or later. */
  readonly says: (words: RegExp) => Promise<RegExpExecArray>;
};

export type Home = {
  readonly folder: string;
  readonly start: (argv: readonly string[], env?: Environment, stdin?: string) => Running;
  readonly run: (argv: readonly string[], env?: Environment, stdin?: string) => Promise<Ended>;
  readonly read: (path: string) => Promise<string>;
  /** For BROWSER: a command that writes the address down; `opened` gives it. */
  readonly browser: string;
  readonly opened: () => Promise<string>;
};

const source = (tool: string): string =>
  fileURLToPath(new URL(`../../packages/${tool}/src/main.ts`, import.meta.url));

const PATIENCE_MS = 60_000;

const launch = (
  folder: string,
  tool: string,
  argv: readonly string[],
  env: Environment,
  stdin: string | undefined,
): Running => {
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', source(tool), ...argv], {
    cwd: folder,
    env: { HOME: folder, PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
    for (const listener of listeners) listener();
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
  const says = (words: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = words.exec(stderr);
        if (match === null) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      child.once('close', () => {
        look();
        reject(new Error(`${tool} ended without saying ${String(words)}: ${stderr}`));
      });
    });
  return { ended, says };
};

// At the very end: a command that was left behind may still write.
const homes: string[] = [];
process.once('exit', () => {
  for (const folder of homes) rmSync(folder, { recursive: true, force: true });
});

/** A fresh home for `lofty-cli` or `loomta`; it goes with the process of the test file. */
export const createHome = async (tool: 'lofty-cli' | 'loomta-cli', base: Environment): Promise<Home> => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-home-'));
  homes.push(folder);
  const browser = join(folder, 'browser.sh');
  const opened = join(folder, 'opened');
  await writeFile(
    browser,
    `#!/bin/sh\nprintf '%s\\n' "$1" > '${opened}.new' && mv '${opened}.new' '${opened}'\n`,
  );
  await chmod(browser, 0o755);
  const start: Home['start'] = (argv, env = {}, stdin) =>
    launch(folder, tool, argv, { ...base, ...env }, stdin);
  return {
    folder,
    start,
    run: (argv, env, stdin) => start(argv, env, stdin).ended,
    read: (path) => readFile(join(folder, path), 'utf8'),
    browser,
    opened: async () => (await readFile(opened, 'utf8')).trim(),
  };
};
