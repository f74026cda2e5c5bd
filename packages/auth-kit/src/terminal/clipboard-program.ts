// Copying with a program of this machine. The text goes in by its standard input: arguments can be read by others.
import { spawn } from 'node:child_process';
import { platform } from 'node:process';
import { childEnvironment } from '../child-environment.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Command = readonly [program: string, ...words: string[]];

const patienceMs = 2000;

/** Over SSH there is none: this machine's clipboard is not the person's. */
export function clipboardPrograms(env: Environment, system: string): readonly Command[] {
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) return [];
  if (system === 'darwin') return [['pbcopy']];
  if (system === 'win32') return [['clip.exe']];
  return [
    ...(env['WSL_DISTRO_NAME'] || env['WSL_INTEROP'] ? ([['clip.exe']] as const) : []),
    ...(env['WAYLAND_DISPLAY'] ? ([['wl-copy']] as const) : []),
    ...(env['DISPLAY']
      ? ([
          ['xclip', '-selection', 'clipboard'],
          ['xsel', '--clipboard', '--input'],
        ] as const)
      : []),
  ];
}

/** False when no program took it. Never throws. */
export async function copyWithProgram(
  text: string,
  env: Environment = process.env,
  system: string = platform,
): Promise<boolean> {
  for (const command of clipboardPrograms(env, system)) if (await give(command, text, env)) return true;
  return false;
}

/** Some go on in the background and hold the clipboard: the first exit counts, and a slow one has it. */
function give([program, ...words]: Command, text: string, env: Environment): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['pipe', 'ignore', 'ignore'], env: childEnvironment(env) });
    const timer = setTimeout(() => settle(true), patienceMs);
    const settle = (worked: boolean): void => {
      clearTimeout(timer);
      child.unref();
      resolve(worked);
    };
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  });
}
