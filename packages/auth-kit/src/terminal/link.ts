// Addresses that can be clicked (OSC 8), in terminals that are known to understand; elsewhere the address is its own text.
import type { Io } from '../io.ts';

/** An address to write on a line of its own, which is never broken by us. */
export function link(io: Pick<Io, 'env' | 'stderr'>, url: string): string {
  return linksAllowed(io) ? `\u001b]8;;${url}\u001b\\${url}\u001b]8;;\u001b\\` : url;
}

const programs = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio']);

function linksAllowed({ env, stderr }: Pick<Io, 'env' | 'stderr'>): boolean {
  if (!stderr.isTTY || env['TERM'] === 'dumb') return false;
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined && forced !== '') return forced !== '0';
  if (env['CI']) return false;
  if (programs.has(env['TERM_PROGRAM'] ?? '')) return true;
  if (env['WT_SESSION'] || env['KITTY_WINDOW_ID'] || env['KONSOLE_VERSION'] || env['DOMTERM']) return true;
  if (/^(?:xterm-kitty|xterm-ghostty|foot|alacritty|contour)/.test(env['TERM'] ?? '')) return true;
  return Number(env['VTE_VERSION'] ?? 0) >= 5000;
}
