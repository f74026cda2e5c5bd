// Runs loomta as a process of its own, with a home and environment of its own.
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Loomta = {
  readonly home: string;
  readonly path: string;
  readonly run: (
    args: readonly string[],
    more?: { env?: Record<string, string>; stdin?: string },
  ) => Promise<Ended>;
  readonly start: (args: readonly string[], env?: Record<string, string>) => Started;
};
type Started = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stderr: () => string;
  readonly until: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<Ended>;
};

export async function loomtaFor(t: TestContext, apiUrl: string): Promise<Loomta> {
  const home = await mkdtemp(join(tmpdir(), 'loomta-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  const base = { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8', LOOMTA_API_URL: apiUrl };
  const begin = (args: readonly string[], env: Record<string, string> = {}): Started => {
    const child = spawn(process.execPath, ['--conditions=@latchkey/source', main, ...args], {
      env: { ...base, ...env },
    });
    return follow(child, t);
  };
  return {
    home,
    path: join(home, '.loomta', 'credentials.json'),
    start: begin,
    run: async (args, more = {}) => {
      const started = begin(args, more.env);
      started.child.stdin.end(more.stdin ?? '');
      return await started.ended;
    },
  };
}

function follow(child: ChildProcessWithoutNullStreams, t: TestContext): Started {
  let stdout = '';
  let stderr = '';
  const heard: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
    for (const listener of heard) listener();
  });
  t.after(() => child.kill('SIGKILL'));
  return {
    child,
    stderr: () => stderr,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(stderr)) resolve();
        };
        heard.push(look);
        child.once('close', () => reject(new Error(`ended before ${String(pattern)}: ${stderr}`)));
        look();
      }),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })),
  };
}
