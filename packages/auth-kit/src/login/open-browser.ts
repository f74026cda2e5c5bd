// Starts a browser: BROWSER first, then the `open` package, loaded only then. Says whether something was started.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

const settleMs = 600;

export async function open(url: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const choice = env['BROWSER'];
  if (choice === 'none' || choice === 'false') return false;
  try {
    if (choice !== undefined && choice !== '') return await openByChoice(choice, url);
    const { default: openUrl } = await import('open');
    return await started(await openUrl(url, { wait: false }));
  } catch {
    return false;
  }
}

/** By convention a list: the first that starts. A Windows path has colons of its own. */
async function openByChoice(choice: string, url: string): Promise<boolean> {
  const choices = process.platform === 'win32' ? [choice] : choice.split(':').filter((part) => part !== '');
  for (const each of choices) if (await started(spawnBrowser(each, url))) return true;
  return false;
}

/** `BROWSER` may hold arguments, and `%s` for the address; it is never given to a shell. */
function spawnBrowser(choice: string, url: string): ChildProcess {
  const [command = choice, ...rest] = choice.split(' ').filter((part) => part !== '');
  const args = rest.includes('%s') ? rest.map((part) => (part === '%s' ? url : part)) : [...rest, url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
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
