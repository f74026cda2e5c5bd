/** Owns running the CLI as a person does: a process with a home of its own, and nothing of this machine's environment. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Environment = Readonly<Record<string, string>>;

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Running = {
  readonly child: ChildProcess;
  /** Resolves with the first match on stderr; rejects if the process ends without it. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
};

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export async function makeHome(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'lofty-cli-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export function startCli(
  argv: readonly string[],
  home: string,
  env: Environment = {},
  stdin: string | Uint8Array = '',
): Running {
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', main, ...argv], {
    env: { HOME: home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', BROWSER: 'none', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString('utf8')));
  // A command that reads no input closes the pipe: that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = pattern.exec(output.stderr);
        if (found !== null) resolve(found);
        return found !== null;
      };
      if (look()) return;
      child.stderr.on('data', look);
      child.once('close', () => look() || reject(new Error(`never said ${pattern}: ${output.stderr}`)));
    });
  return { child, said, ended };
}

export function runCli(
  argv: readonly string[],
  home: string,
  env: Environment = {},
  stdin: string | Uint8Array = '',
): Promise<Ended> {
  return startCli(argv, home, env, stdin).ended;
}
