// The waiting line: rewritten once a second on a terminal, printed once where it is none.
import type { Io } from '../io.ts';

/** `4:52` */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Shows `text(remaining, columns)` on stderr until the result is called, which takes the line away again.
 * `deadlineMs` is on the monotonic clock.
 */
export function showWait(
  io: Io,
  deadlineMs: number,
  text: (remaining: string, columns: number) => string,
): () => void {
  const line = (): string => {
    const columns = io.stderr.columns() ?? 80;
    return text(formatCountdown(deadlineMs - io.monotonicMs()), columns).slice(0, Math.max(10, columns - 1));
  };
  if (!io.stderr.isTTY || io.env['TERM'] === 'dumb') {
    io.stderr.write(`${line()}\n`);
    return () => undefined;
  }
  const draw = (): void => io.stderr.write(`\r\u001b[2K${line()}`);
  draw();
  const timer = setInterval(draw, 1000);
  let shown = true;
  return () => {
    if (!shown) return;
    shown = false;
    clearInterval(timer);
    io.stderr.write('\r\u001b[2K');
  };
}
