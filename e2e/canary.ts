// A computer of its own for a command-line tool, on which everything it does leaves evidence: what it printed, the files
// it wrote, the arguments and environments of its processes; and every secret that it sent or got is known.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after } from 'node:test';
import { learn, read } from './canary-search.ts';
import type { Evidence } from './canary-search.ts';

/** Why it cannot be done here; false when it can. */
export const noProc: string | false = process.platform === 'linux' ? false : 'reads /proc';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
export type Running = {
  /** The first match in what it prints on either stream, now or later. */
  readonly tells: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<Ended>;
  /** Of its processes, so far. */
  readonly watched: () => readonly Evidence[];
};
export type RunOptions = {
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string;
  /** The documented exception: this command's stdout is the secret. */
  readonly printsSecrets?: boolean;
};

export type Machine = {
  readonly home: string;
  readonly evidence: Evidence[];
  readonly secrets: Set<string>;
  /** Words of the command line, the program first; a `.js` file is run by Node with the recorder. */
  readonly start: (words: readonly string[], options?: RunOptions) => Running;
  /** Runs to the end, and looks at every file that is there then. */
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<Ended>;
  /** Files below the home and the other folders of the person that hold secrets, and are no credential files. */
  readonly lookAtFiles: () => Promise<void>;
  /** Credential files that were found, with what is wrong with their modes. */
  readonly credentialFiles: Map<string, string | undefined>;
};

/** `npm test` names it; a single file run by hand takes the Node at hand. */
const oldestNode = process.env['LATCHKEY_TEST_NODE20'] ?? process.execPath;

/** docs/cli.md, Files: these may hold secrets, and nothing else may. */
const credentialFile =
  /^(?:\.config\/tokens\/(?:profiles\/[^/]+\/)?lofty-(?:session|pkce|oauth)-cache\.json|\.config\/lofty-cli\/(?:profiles\/[^/]+\/)?(?:customer-key|pending-login\.json)|\.loomta\/(?:credentials|pending-login)\.json)$/;

/** A browser, and the programs that one may be started by: writes down its arguments, environment and input. */
const nosyProgram = `#!/bin/sh
file="$(dirname "$0")/seen-$$"
{ tr '\\0' '\\n' < /proc/$$/cmdline; tr '\\0' '\\n' < /proc/$$/environ; } > "$file"
[ "\${0##*/}" = browser ] || cat >> "$file"
`;

/** In the process of the tool, before it: tells what it sends and gets on a pipe that only the test reads. */
const recorder = `
import { writeSync } from 'node:fs';
const fetchReally = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const answer = await fetchReally(input, init);
  const text = await answer.clone().text().catch(() => '');
  const told = {
    authorization: new Headers(init?.headers).get('authorization') ?? '',
    sent: init?.body === undefined || init.body === null ? '' : String(init.body),
    got: text,
  };
  writeSync(3, JSON.stringify(told) + '\\n');
  return answer;
};
`;

export const openMachine = async (): Promise<Machine> => {
  const root = await mkdtemp(join(tmpdir(), 'latchkey-canary-'));
  after(() => rm(root, { recursive: true, force: true }));
  const [home, temporary, runtime, programs] = ['home', 'tmp', 'run', 'programs'].map((name) =>
    join(root, name),
  );
  if (!home || !temporary || !runtime || !programs) throw new Error('four folders');
  for (const folder of [home, temporary, runtime, programs]) await mkdir(folder, { mode: 0o700 });
  for (const name of ['browser', 'xdg-open', 'x-www-browser', 'xclip', 'secret-tool']) {
    await writeFile(join(programs, name), nosyProgram, { mode: 0o755 });
  }
  const evidence: Evidence[] = [];
  const secrets = new Set<string>();
  const credentialFiles = new Map<string, string | undefined>();
  const base = {
    HOME: home,
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: runtime,
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    LANG: 'C.UTF-8',
    BROWSER: 'browser',
  };
  const start: Machine['start'] = (words, options = {}) =>
    begin(words, { ...base, ...options.env }, options, { evidence, secrets });
  const lookAtFiles = async (): Promise<void> => {
    for (const folder of [home, temporary, runtime, programs]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const name = relative(home, path);
        if (credentialFile.test(name)) credentialFiles.set(name, modeFault(path));
        else evidence.push({ place: `file ${relative(root, path)}`, bytes: read(path) });
      }
    }
  };
  const run: Machine['run'] = async (words, options) => {
    const ended = await start(words, options).ended;
    await lookAtFiles();
    return ended;
  };
  return { home, evidence, secrets, start, run, lookAtFiles, credentialFiles };
};

const modeFault = (path: string): string | undefined => {
  const [file, folder] = [statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777];
  return file === 0o600 && folder === 0o700 ? undefined : `${file.toString(8)} in ${folder.toString(8)}`;
};

const begin = (
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  { stdin = '', printsSecrets = false }: RunOptions,
  { evidence, secrets }: Pick<Machine, 'evidence' | 'secrets'>,
): Running => {
  const [program = '', ...rest] = words;
  const isTool = program.endsWith('.js');
  const hook = `data:text/javascript,${encodeURIComponent(recorder)}`;
  const child = spawn(isTool ? oldestNode : program, isTool ? ['--import', hook, ...words] : rest, {
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  after(() => child.kill('SIGKILL'));
  const name = words.map((word) => word.split('/').at(-1)).join(' ');
  const output = { stdout: '', stderr: '' };
  let told = '';
  const watchers = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.on('data', (chunk: Buffer) => {
      output[stream] += chunk.toString('utf8');
      for (const look of watchers) look();
    });
  }
  child.stdio[3]?.on('data', (chunk: Buffer) => (told += chunk.toString('utf8')));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  const watched = watchProcesses(child.pid ?? 0, name, evidence);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      watched.stop();
      for (const line of told.split('\n')) if (line !== '') learn(secrets, line);
      for (const stream of ['stdout', 'stderr'] as const) {
        if (stream === 'stdout' && printsSecrets) continue;
        evidence.push({ place: `${stream} of ${name}`, bytes: Buffer.from(output[stream]) });
      }
      resolve({ code, ...output });
    });
  });
  const tells = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = pattern.exec(output.stderr) ?? pattern.exec(output.stdout);
        if (found !== null) resolve(found[1] ?? found[0]);
        return found !== null;
      };
      if (look()) return;
      watchers.add(look);
      ended.then(() => look() || reject(new Error(`It ended without ${pattern}: ${output.stderr}`)), reject);
    });
  return { tells, ended, watched: watched.soFar };
};

/** Arguments of all its processes, environments of those that it started: its own it was given by the person. */
const watchProcesses = (
  root: number,
  name: string,
  evidence: Evidence[],
): { readonly stop: () => void; readonly soFar: () => readonly Evidence[] } => {
  const seen = new Map<string, Evidence>();
  const keep = (pid: number, part: string, whose: string, bytes: Buffer): void => {
    if (bytes.length === 0) return;
    seen.set(`${pid} ${part} ${bytes.toString('latin1')}`, { place: `${part} of ${whose}`, bytes });
  };
  const look = (pid: number, parent: string | undefined): void => {
    const words = read(`/proc/${pid}/cmdline`);
    // Gone, or a fork that is not yet the program it will be: a copy that shows what its parent has.
    if (words.length === 0 || parent === words.toString('latin1')) return;
    const whose = parent === undefined ? name : `a child of ${name}`;
    keep(pid, 'cmdline', whose, words);
    if (parent !== undefined) keep(pid, 'environ', whose, read(`/proc/${pid}/environ`));
    for (const child of childrenOf(pid)) look(child, words.toString('latin1'));
  };
  const timer = setInterval(() => look(root, undefined), 15);
  look(root, undefined);
  return {
    soFar: () => [...seen.values()],
    stop: () => {
      clearInterval(timer);
      evidence.push(...seen.values());
    },
  };
};

const childrenOf = (pid: number): readonly number[] => {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  try {
    return readdirSync(tasks).flatMap((task) =>
      read(join(tasks, task, 'children'))
        .toString('utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return [];
  }
};
