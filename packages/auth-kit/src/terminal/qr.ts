// A QR code for a terminal, two modules a character, loaded only when one is drawn.
import type { Io } from '../io.ts';

/** Undefined where it would not fit or cannot be drawn: no terminal, no UTF-8, too narrow. */
export async function qrCode(io: Io, text: string): Promise<string | undefined> {
  const columns = io.stderr.columns();
  if (columns === undefined || io.env['TERM'] === 'dumb') return undefined;
  const { renderUnicodeCompact } = await import('uqr');
  const drawn = renderUnicodeCompact(text, { border: 2 });
  return (drawn.split('\n')[0] ?? '').length <= columns ? drawn : undefined;
}
