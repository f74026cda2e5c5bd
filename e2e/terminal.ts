// The command-line tools as a person has them: compiled, as processes, on the oldest Node they promise to run on, with a
// home of their own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Command = {
  /** The first match in what it tells the person; rejects when it ends without. */
  readonly tells: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<Ended>;
};

type Tool = 'lofty-cli' | 'loomta' | 'crm';

export type Terminal = {
  readonly start: (tool: Tool, ...words: string[]) => Command;
  readonly run: (tool: Tool, ...words: string[]) => Promise<Ended>;
};

const mains = {
  'lofty-cli': fileURLToPath(new URL('../packages/lofty-cli/dist/main.js', import.meta.url)),
  loomta: fileURLToPath(new URL('../packages/loomta-cli/dist/main.js', import.meta.url)),
  crm: fileURLToPath(new URL('../examples/crm-cli/crm.mjs', import.meta.url)),
};

/** npm test names it; a single file run by hand takes the Node at hand. */
const oldestNode = process.env['LATCHKEY_TEST_NODE20'] ?? process.execPath;

const firstMatch = (pattern: RegExp, text: string): string | undefined => {
  const found = pattern.exec(text);
  return found === null ? undefined : (found[1] ?? found[0]);
};

const command = (words: readonly string[], env: NodeJS.ProcessEnv): Command => {
  const child = spawn(oldestNode, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // A login whose test failed would wait for its person, and the test file with it.
  after(() => child.kill());
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const tells = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = firstMatch(pattern, stderr);
        if (found !== undefined) resolve(found);
      };
      look();
      child.stderr.on('data', look);
      ended.then(() => reject(new Error(`It ended without ${pattern}: ${stderr}`)), reject);
    });
  return { tells, ended };
};

/** A terminal in which nothing opens a browser: the test reads the address, as over a slow eye. */
export const openTerminal = async (issuer: string): Promise<Terminal> => {
  const home = await mkdtemp(join(tmpdir(), 'latchkey-e2e-home-'));
  after(() => rm(home, { recursive: true, force: true }));
  const env = {
    HOME: home,
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    BROWSER: 'none',
    LOFTY_BASE_URL: issuer,
    LOOMTA_API_URL: issuer,
    CRM_URL: issuer,
  };
  const start: Terminal['start'] = (tool, ...words) => command([mains[tool], ...words], env);
  return { start, run: (tool, ...words) => start(tool, ...words).ended };
};
