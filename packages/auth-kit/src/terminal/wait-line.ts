// The waiting line: rewritten once a second on a terminal, printed once where it is none.
import type { Io } from '../io.ts';

/** `4:52` */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export type WaitLine = {
  readonly redraw: () => void;
  /** Says a line that stays, above the waiting one. */
  readonly say: (line: string) => void;
  /** Takes the line away. */
  readonly stop: () => void;
};

const erase = '\r\u001b[2K';

/** Shows `text(remaining, columns)` on stderr. `deadlineMs` is on the monotonic clock. */
export function showWait(
  io: Io,
  deadlineMs: number,
  text: (remaining: string, columns: number) => string,
): WaitLine {
  const { stderr } = io;
  const line = (): string => {
    const columns = stderr.columns() ?? 80;
    return text(formatCountdown(deadlineMs - io.monotonicMs()), columns).slice(0, Math.max(10, columns - 1));
  };
  if (!stderr.isTTY || io.env['TERM'] === 'dumb') {
    stderr.write(`${line()}\n`);
    const say = (more: string): void => stderr.write(`${more}\n`);
    return { redraw: () => undefined, say, stop: () => undefined };
  }
  let shown = true;
  const redraw = (): void => {
    if (shown) stderr.write(erase + line());
  };
  redraw();
  const timer = setInterval(redraw, 1000);
  return {
    redraw,
    say: (more) => {
      stderr.write(`${erase}${more}\n`);
      redraw();
    },
    stop: () => {
      if (!shown) return;
      shown = false;
      clearInterval(timer);
      stderr.write(erase);
    },
  };
}
