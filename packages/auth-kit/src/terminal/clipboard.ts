// Copying by OSC 52: the terminal itself puts the text on the clipboard, over SSH too. Nothing is started for it.
import type { Io } from '../io.ts';

/** False when there is no terminal to ask. Whether it obeys, a terminal does not say. */
export function copyToClipboard(io: Io, text: string): boolean {
  if (!io.stderr.isTTY || io.env['TERM'] === 'dumb') return false;
  io.stderr.write(`\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`);
  return true;
}
