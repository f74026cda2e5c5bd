// A real terminal for tests: the command runs on a pty that util-linux `script` opens, and what it writes is read by a
// terminal emulator, as a person's would. Nothing here waits for time, only for what the screen shows.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import xterm from '@xterm/headless';
import { temporaryHome } from './temporary-home.ts';

export type Pty = {
  /** Lines of the screen and what scrolled off it; a line that the terminal had to break is two. */
  readonly lines: () => readonly string[];
  /** Everything written, sequences included. */
  readonly raw: () => string;
  /** The first match on the screen, now or later; rejects when the command ends without. */
  readonly shows: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly type: (text: string) => void;
  readonly ended: Promise<PtyEnd>;
  readonly home: string;
};

export type PtyEnd = {
  readonly code: number | null;
  /** `stty -g` before and after. */
  readonly modes: readonly [before: string, after: string];
  /** Every file below the home, and what is left in the directory for temporary files. */
  readonly files: readonly string[];
  readonly temporary: readonly string[];
};

export type PtyOptions = {
  readonly command: readonly string[];
  readonly columns: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
};

/** Why there can be none here; undefined when there can. */
export const noPty: string | undefined =
  process.platform === 'linux' && existsSync('/usr/bin/script') ? undefined : 'needs script of util-linux';

/** `sh` keeps living at Ctrl-C, to write the modes down; the command is not told to ignore it. */
const wrapper = [
  'trap : INT',
  'stty sane cols "$PTY_COLUMNS" rows "$PTY_ROWS"',
  'stty -g > "$PTY_FOLDER/before"',
  '"$@"',
  'code=$?',
  'stty -g > "$PTY_FOLDER/after"',
  'exit $code',
].join('\n');

export async function startInPty(t: TestContext, options: PtyOptions): Promise<Pty> {
  const { columns, rows = 40 } = options;
  const [home, temporary, folder] = [await temporaryHome(t), await temporaryHome(t), await temporaryHome(t)];
  const quoted = ['sh', '-c', wrapper, 'sh', ...options.command].map(quote).join(' ');
  const child = spawn('script', ['-qefc', quoted, '/dev/null'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      TMPDIR: temporary,
      SHELL: '/bin/sh',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      PTY_COLUMNS: String(columns),
      PTY_ROWS: String(rows),
      PTY_FOLDER: folder,
      ...options.env,
    },
  });
  t.after(() => stopGroup(child.pid));
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  t.after(() => terminal.dispose());
  const watchers = new Set<() => void>();
  let raw = '';
  const write = (chunk: Buffer): void => {
    raw += chunk.toString('utf8');
    terminal.write(chunk, () => {
      for (const look of watchers) look();
    });
  };
  child.stdout.on('data', write);
  child.stderr.on('data', write);
  child.stdin.on('error', () => undefined);
  const lines = (): readonly string[] => linesOf(terminal);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    // The emulator reads in turns: the last of them is over when an empty write is.
    child.once('close', (code) => terminal.write('', () => resolve(code)));
  });
  const ended = closed.then(async (code) => ({
    code,
    modes: [
      await readFile(join(folder, 'before'), 'utf8'),
      await readFile(join(folder, 'after'), 'utf8'),
    ] as const,
    files: await below(home),
    temporary: await below(temporary),
  }));
  // A test that only looks at the screen does not ask how it ended.
  ended.catch(() => undefined);
  const shows = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = pattern.exec(lines().join('\n'));
        if (found === null) return false;
        watchers.delete(look);
        resolve(found);
        return true;
      };
      if (look()) return;
      watchers.add(look);
      const gone = (): void => {
        if (!look()) reject(new Error(`never showed ${pattern}:\n${lines().join('\n')}`));
      };
      closed.then(gone, gone);
    });
  return { lines, raw: () => raw, shows, type: (text) => void child.stdin.write(text), ended, home };
}

function linesOf(terminal: InstanceType<typeof xterm.Terminal>): readonly string[] {
  const { active } = terminal.buffer;
  const lines = Array.from(
    { length: active.length },
    (_, row) => active.getLine(row)?.translateToString(true) ?? '',
  );
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

async function below(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function stopGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
