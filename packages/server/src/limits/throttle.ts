// Slows the guessing of credentials: failures only are counted, against their source and never against the victim alone.

/** `failures` at once, then one more each `perMs / failures`. */
export type ThrottleRate = { readonly failures: number; readonly perMs: number };

export type Throttle = {
  /**
   * Whole seconds to wait, for `Retry-After`; 0: go on. Several keys (e.g. the source's block, and app with block) are
   * asked together, and the longest wait counts. A key that names only the attacked (a user, an API key) would let
   * strangers lock its owner out: put the source into every key.
   */
  readonly waitSeconds: (keys: readonly string[], nowMs: number) => number;
  readonly failed: (keys: readonly string[], nowMs: number) => void;
  /** The rightful owner came through: their mistyped attempts are forgiven. */
  readonly succeeded: (keys: readonly string[]) => void;
};

type Bucket = { level: number; atMs: number };

/**
 * Leaky buckets of failures, at most `maxKeys`; past that the one that failed longest ago is forgotten. In this process
 * only, so a source gains at most one allowance per node.
 */
export const createThrottle = (rate: ThrottleRate, maxKeys = 100_000): Throttle => {
  const buckets = new Map<string, Bucket>();
  const leakPerMs = rate.failures / rate.perMs;

  const levelOf = (bucket: Bucket | undefined, nowMs: number): number =>
    bucket === undefined ? 0 : Math.max(0, bucket.level - Math.max(0, nowMs - bucket.atMs) * leakPerMs);

  const makeRoom = (): void => {
    if (buckets.size < maxKeys) return;
    // Maps keep the order of insertion and `failed` inserts anew, so the first is the one that failed longest ago.
    const oldest = buckets.keys().next();
    if (!oldest.done) buckets.delete(oldest.value);
  };

  return {
    waitSeconds: (keys, nowMs) => {
      let waitMs = 0;
      for (const key of keys) {
        const over = levelOf(buckets.get(key), nowMs) + 1 - rate.failures;
        // A leak's rounding must not make a source wait that may go on.
        if (over > 1e-9) waitMs = Math.max(waitMs, over / leakPerMs);
      }
      return Math.ceil(waitMs / 1000);
    },
    failed: (keys, nowMs) => {
      for (const key of keys) {
        const level = Math.min(rate.failures, levelOf(buckets.get(key), nowMs) + 1);
        buckets.delete(key);
        makeRoom();
        buckets.set(key, { level, atMs: nowMs });
      }
    },
    succeeded: (keys) => {
      for (const key of keys) buckets.delete(key);
    },
  };
};
