// A QR code for a terminal, two modules a character, loaded only when one is drawn.
import type { Io } from '../io.ts';
import { colourAllowed, speaksUtf8 } from './symbols.ts';

/** Lines that must stay in view with it: where to go, the code, the wait. */
const otherLines = 7;

/**
 * Undefined where it would not fit, cannot be drawn, or leads nowhere: no terminal, no UTF-8, too small, an address of
 * this machine, which a phone cannot reach.
 */
export async function qrCode(io: Io, url: string): Promise<string | undefined> {
  const columns = io.stderr.columns();
  const rows = io.stderr.rows?.() ?? Number.POSITIVE_INFINITY;
  if (columns === undefined || !speaksUtf8(io) || isLoopback(url)) return undefined;
  const { renderUnicodeCompact } = await import('uqr');
  const lines = renderUnicodeCompact(url, { border: 2 }).split('\n');
  if ((lines[0] ?? '').length > columns || lines.length + otherLines > rows) return undefined;
  // Drawn light on dark; said in colours, it is that in a light terminal too.
  const colours = colourAllowed(io, 'stderr')
    ? (['\u001b[97;40m', '\u001b[0m'] as const)
    : (['', ''] as const);
  return lines.map((line) => `${colours[0]}${line}${colours[1]}`).join('\n');
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
