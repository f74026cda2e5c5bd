// Signs and colour: words carry the meaning, these only help to find it.
import type { Io } from '../io.ts';

export type Symbols = { readonly done: string; readonly failed: string; readonly note: string };

export function symbols(io: Pick<Io, 'env' | 'platform'>): Symbols {
  return speaksUtf8(io)
    ? { done: '✓', failed: '✗', note: '!' }
    : { done: 'ok', failed: 'error', note: 'note' };
}

/** POSIX: the first of these three that is set decides. Windows terminals have spoken UTF-8 for years. */
export function speaksUtf8({ env, platform }: Pick<Io, 'env' | 'platform'>): boolean {
  if (env['TERM'] === 'dumb' || env['TERM'] === 'linux') return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
}

/** True when colour may be written to this output (no-color.org). */
export function colourAllowed(io: Io, output: 'stdout' | 'stderr'): boolean {
  if (!io[output].isTTY || io.env['TERM'] === 'dumb') return false;
  return (io.env['NO_COLOR'] ?? '') === '';
}
