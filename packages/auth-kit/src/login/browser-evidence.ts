// Whether a browser on this machine can be the person's, and by what evidence.
import type { Io } from '../io.ts';

export type BrowserEvidence = { readonly likely: boolean; readonly because: string };

export function browserEvidence(io: Pick<Io, 'env' | 'platform' | 'stderr'>): BrowserEvidence {
  const { env, platform } = io;
  const no = (because: string): BrowserEvidence => ({ likely: false, because });
  if (env['BROWSER'] === 'none' || env['BROWSER'] === 'false') return no('BROWSER says so');
  if (env['BROWSER']) return { likely: true, because: 'BROWSER is set' };
  if (env['CODESPACES'] || env['REMOTE_CONTAINERS']) return no('in a development container');
  if (env['SSH_CONNECTION'] && env['SSH_TTY']) return no('over SSH');
  if (env['CI']) return no('in CI');
  if (platform === 'win32' || platform === 'darwin' || env['WSL_DISTRO_NAME']) {
    return { likely: true, because: 'a desktop system' };
  }
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return no('no display');
  return { likely: true, because: 'a display is there' };
}
