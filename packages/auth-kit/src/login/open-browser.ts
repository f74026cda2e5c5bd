// Starts a browser: BROWSER first, then the `open` package, loaded only then. Says whether something was started.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { childEnvironment, isSecretVariable } from '../child-environment.ts';

const settleMs = 600;

type Environment = Readonly<Record<string, string | undefined>>;

export async function open(url: string, env: Environment): Promise<boolean> {
  const choice = env['BROWSER'];
  if (choice === 'none' || choice === 'false') return false;
  try {
    if (choice !== undefined && choice !== '') return await openByChoice(choice, url, env);
    const { default: openUrl } = await import('open');
    return await started(await withoutSecrets(() => openUrl(url, { wait: false })));
  } catch {
    return false;
  }
}

/** `open` gives what it starts our environment as it stands. */
async function withoutSecrets<T>(start: () => Promise<T>): Promise<T> {
  const hidden = Object.entries(process.env).filter(([name]) => isSecretVariable(name));
  for (const [name] of hidden) Reflect.deleteProperty(process.env, name);
  try {
    return await start();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
}

/** By convention a list: the first that starts. A Windows path has colons of its own. */
async function openByChoice(choice: string, url: string, env: Environment): Promise<boolean> {
  const choices = process.platform === 'win32' ? [choice] : choice.split(':').filter((part) => part !== '');
  for (const each of choices) if (await started(spawnBrowser(each, url, env))) return true;
  return false;
}

/** `BROWSER` may hold arguments, and `%s` for the address; it is never given to a shell. */
function spawnBrowser(choice: string, url: string, env: Environment): ChildProcess {
  const [command = choice, ...rest] = choice.split(' ').filter((part) => part !== '');
  const args = rest.includes('%s') ? rest.map((part) => (part === '%s' ? url : part)) : [...rest, url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env: childEnvironment(env) });
  child.unref();
  return child;
}

/** An opener that fails does so at once; one still running after a moment has a browser. */
function started(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), settleMs);
    const settle = (worked: boolean): void => {
      clearTimeout(timer);
      resolve(worked);
    };
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
  });
}
