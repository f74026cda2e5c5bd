// Rate limits: fixed windows of 60 s by the epoch, one counter per key (protocol.md 11). Two windows can meet at an edge.
const WINDOW_MS = 60_000;

export type Taken = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the next window begins, epoch seconds: `X-RateLimit-Reset`. */
  readonly resetSeconds: number;
};

export type Windows = {
  /**
   * Counts one request. Within a window `remaining` never rises: a limit that is raised meanwhile holds from the next
   * window on, a lowered one at once.
   */
  readonly take: (key: string, limit: number, nowMs: number) => Taken;
};

type Counter = { used: number; limit: number };

/**
 * In this process only. At most `maxKeys` counters: keys beyond them share one, so that memory stays bounded and no
 * limit is ever exceeded; with that many apps active in one minute some are refused too early.
 */
export const createWindows = (maxKeys = 100_000): Windows => {
  let window = 0;
  let counters = new Map<string, Counter>();
  let shared: Counter | undefined;

  const counterOf = (key: string, limit: number): Counter => {
    const known = counters.get(key);
    if (known !== undefined) return known;
    if (counters.size >= maxKeys) return (shared ??= { used: 0, limit });
    const added = { used: 0, limit };
    counters.set(key, added);
    return added;
  };

  return {
    take: (key, limit, nowMs) => {
      const current = Math.floor(nowMs / WINDOW_MS);
      // A clock set back goes on counting in the window it came from, else a limit could be spent twice.
      if (current > window) {
        window = current;
        counters = new Map();
        shared = undefined;
      }
      const counter = counterOf(key, limit);
      if (limit < counter.limit) counter.limit = limit;
      const allowed = counter.used < counter.limit;
      if (allowed) counter.used++;
      return {
        allowed,
        limit: counter.limit,
        remaining: Math.max(0, counter.limit - counter.used),
        resetSeconds: ((window + 1) * WINDOW_MS) / 1000,
      };
    },
  };
};

/** `Retry-After`: whole seconds until the window ends, at least one. */
export const retryAfterSeconds = (taken: Taken, nowMs: number): number =>
  Math.max(1, Math.ceil(taken.resetSeconds - nowMs / 1000));
