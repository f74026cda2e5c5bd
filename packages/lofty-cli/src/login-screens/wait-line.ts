/** Owns the line that counts down while a person is busy elsewhere, and the keys that work meanwhile. */
import { copyToClipboard, showWait } from '@latchkey/auth-kit';
import type { Context } from '../context.ts';

export type WaitLine = {
  readonly deadlineMs: number;
  readonly wide: (left: string) => string;
  readonly copied: string;
  readonly copyHint: string;
  readonly onKey?: (key: string) => void;
};

/** Call the result to take the line away and give the keyboard back. */
export function waitLine({ io }: Context, line: WaitLine): () => void {
  const stopShowing = showWait(io, line.deadlineMs, (left, columns) => {
    const hints = io.keys === undefined ? ['Ctrl-C cancel'] : [line.copyHint, 'Ctrl-C cancel'];
    if (columns < 60) return `Waiting, ${left}    ${hints.map(shorten).join('   ')}`;
    return `${line.wide(left)}     ${hints.join('   ')}`;
  });
  const stopKeys = io.keys?.((key) => {
    if (key === 'c') copyToClipboard(io, line.copied);
    else line.onKey?.(key);
  });
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    stopKeys?.();
    stopShowing();
  };
}

const shorten = (hint: string): string => hint.replace(/^c copy .*/, 'c copy');
