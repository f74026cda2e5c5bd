// The first long-term release of Node 20, on which the command-line tools must run: from npm, pinned by the lockfile in
// tools/node20. Not in the workspaces' lockfile: its bin is called `node` too, and would stand where Node 26 must stand.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../node20', import.meta.url));
const isWindows = process.platform === 'win32';
const program = join(folder, 'node_modules', '.bin', isWindows ? 'node.cmd' : 'node');
const stamp = join(folder, 'node_modules', '.latchkey-installed');

const wanted = (): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');

const isInstalled = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();

const npm = (): readonly [string, ...string[]] => {
  const file = process.env['npm_execpath'] ?? '';
  return /npm-cli\.c?js$/.test(file) ? [process.execPath, file] : ['npm'];
};

/** The program's path, or undefined with npm's words said. */
export const oldestNode = async (say: (line: string) => void): Promise<string | undefined> => {
  if (isInstalled()) return program;
  say('Installing Node 20 for the tests of the command-line tools, once');
  const [command, ...first] = npm();
  const args = [
    ...first,
    'ci',
    '--include=optional',
    '--ignore-scripts',
    '--loglevel=error',
    '--no-progress',
  ];
  const output = await new Promise<string | undefined>((resolve) => {
    // npm's own variables name the repository as the place to install into.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name),
      ),
    );
    const child = spawn(command, args, {
      cwd: folder,
      env,
      shell: isWindows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : text));
  });
  if (output === undefined) {
    writeFileSync(stamp, wanted());
    return program;
  }
  say(output.trim());
  return undefined;
};
