// What all screens of a login share: lines on stderr, and when a terminal is too narrow for long ones.
import type { Io } from '../io.ts';
import { colourAllowed } from './symbols.ts';

const narrowColumns = 60;

/** Fewer than 60 columns: addresses are shortened to their host. */
export function isNarrow(io: Pick<Io, 'stderr'>): boolean {
  return (io.stderr.columns() ?? 80) < narrowColumns;
}

export function say(io: Pick<Io, 'stderr'>, ...lines: readonly string[]): void {
  for (const line of lines) io.stderr.write(`${line}\n`);
}

/** A code alone on its line, as large as a terminal can write it. */
export function bold(io: Io, text: string): string {
  return colourAllowed(io, 'stderr') ? `\u001b[1m${text}\u001b[22m` : text;
}

/** `14:15`, in this machine's zone. */
export function clockTime(atMs: number): string {
  const at = new Date(atMs);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
