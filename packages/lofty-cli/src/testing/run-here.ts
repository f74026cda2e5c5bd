/** Owns running the CLI inside the test's process, with any part of the outside world replaced. */
import type { Io } from '@latchkey/auth-kit';
import { nodeIo } from '@latchkey/auth-kit';
import { run } from '../run.ts';

export type Here = {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Width of both outputs as terminals; without it they are none. */
  readonly columns?: number;
  readonly stdin?: string;
  readonly io?: Partial<Io>;
};

export type EndedHere = { readonly code: number; readonly stdout: string; readonly stderr: string };

export async function runHere(argv: readonly string[], here: Here): Promise<EndedHere> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Io['stdout'] => ({
    write: (text) => void (written[name] += text),
    isTTY: here.columns !== undefined,
    columns: () => here.columns,
  });
  const browser = here.io?.openBrowser === undefined ? 'none' : 'of-the-test';
  const env = { LANG: 'C.UTF-8', NO_COLOR: '1', BROWSER: browser, ...here.env };
  const io = nodeIo({
    env,
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdinIsTTY: false,
    readStdin: () => Promise.resolve(here.stdin ?? ''),
    keys: undefined,
    homedir: () => here.home,
    openBrowser: () => Promise.resolve(false),
    signal: new AbortController().signal,
    ...here.io,
  });
  const code = await run(argv, { env, stdout: io.stdout, stderr: io.stderr, io: () => Promise.resolve(io) });
  return { code, ...written };
}

/** A browser whose person presses Authorize (or what the server is told) at once. */
export function obedientBrowser(): Io['openBrowser'] {
  return (url) => {
    void fetch(url).then((page) => page.text());
    return Promise.resolve(true);
  };
}
