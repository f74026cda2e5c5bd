// Slows callers down to a rate without refusing them: each takes the next turn and waits for it.

export type Turns = {
  /** Milliseconds until the caller's turn; undefined, and no turn is taken, when that is longer than anybody waits. */
  readonly take: (nowMs: number) => number | undefined;
};

export const createTurns = (everyMs: number, longestMs: number): Turns => {
  let lastAtMs = -Infinity;
  return {
    take(nowMs) {
      const atMs = Math.max(nowMs, lastAtMs + everyMs);
      if (atMs - nowMs > longestMs) return undefined;
      lastAtMs = atMs;
      return atMs - nowMs;
    },
  };
};
