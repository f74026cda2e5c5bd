// Our npm commands as a person runs them: a process of npm, in a group of its own so that nothing of it is left behind.
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { after } from 'node:test';

export type Running = {
  /** Everything printed so far, both streams. */
  readonly printed: () => string;
  readonly prints: (pattern: RegExp) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** As when power fails: all of it, at once. */
  readonly killAll: () => void;
  readonly ended: Promise<number | null>;
  readonly silences: () => number;
};

/** The person's own PATH: npm must find our Node by itself. */
const ownPath = (): string =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE_|LATCHKEY_)/.test(name)),
  ),
  PATH: ownPath(),
  // What is in npm's cache need not be fetched again for a test.
  npm_config_prefer_offline: 'true',
});

export const npm = (cwd: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Running => {
  const child = spawn('npm', words, {
    cwd,
    env: { ...environment(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let lastMs = performance.now();
  let longestMs = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const killAll = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone.
    }
  };
  after(killAll);
  const prints = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(text)) resolve();
      };
      look();
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      ended.then(() => reject(new Error(`It ended without ${pattern}: ${text}`)), reject);
    });
  return {
    printed: () => text,
    prints,
    signal: (name) => void child.kill(name),
    killAll,
    ended,
    silences: () => longestMs,
  };
};
