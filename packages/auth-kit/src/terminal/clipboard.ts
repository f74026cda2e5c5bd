// Copying: with a program of this machine, or by OSC 52, where the terminal itself puts the text on the clipboard, over
// SSH too.
import type { Io } from '../io.ts';

export type Copied =
  | 'copied'
  /** The terminal was asked; whether it obeys, it does not say. */
  | 'asked'
  | 'not-copied';

export async function copyToClipboard(io: Io, text: string): Promise<Copied> {
  if ((await io.copy?.(text)) === true) return 'copied';
  if (!io.stderr.isTTY || io.env['TERM'] === 'dumb') return 'not-copied';
  const ask = `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
  io.stderr.write(ask);
  // tmux keeps it for itself unless it is told to pass it on.
  if (io.env['TMUX']) io.stderr.write(`\u001bPtmux;${ask.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`);
  return 'asked';
}
