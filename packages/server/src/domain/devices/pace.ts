// How fast a terminal may poll: kept per node, no disk write (protocol.md 7; RFC 8628 3.5).

export type Pace = {
  /** Whether this poll came too early; then the interval grows by five seconds. The first poll is free. */
  readonly tooFast: (requestId: number, nowMs: number) => boolean;
  readonly forget: (requestId: number) => void;
};

const LEEWAY_MS = 500;
const PENALTY_MS = 5_000;
const MAX_ENTRIES = 20_000;

export const createPace = (intervalSeconds: number): Pace => {
  const polls = new Map<number, { lastMs: number; intervalMs: number }>();
  return {
    tooFast(requestId, nowMs) {
      const poll = polls.get(requestId);
      if (poll === undefined) {
        if (polls.size >= MAX_ENTRIES) {
          const oldest = polls.keys().next();
          if (oldest.done !== true) polls.delete(oldest.value);
        }
        polls.set(requestId, { lastMs: nowMs, intervalMs: intervalSeconds * 1000 });
        return false;
      }
      const early = nowMs - poll.lastMs < poll.intervalMs - LEEWAY_MS;
      poll.lastMs = nowMs;
      if (early) poll.intervalMs += PENALTY_MS;
      return early;
    },
    forget: (requestId) => void polls.delete(requestId),
  };
};
