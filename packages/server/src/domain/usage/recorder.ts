// Gathers what the gateway and the token endpoint decided and writes it once a second, so that no answer waits for it.
import type { Stores } from '../stores.ts';
import { DAY_MS, MINUTE_MS, outcomeOf, REQUESTS_KEPT, type RequestEntry, type UsageCount } from './usage.ts';

export type Observed = Omit<RequestEntry, 'id'> & { readonly what: string };

export type UsageRecorder = {
  readonly request: (observed: Observed) => void;
  readonly token: (appId: number, grantType: string, status: number, atMs: number) => void;
  /** Writes what waits. */
  readonly flush: () => Promise<void>;
  /** Flushes once a second until stopped. */
  readonly start: () => () => Promise<void>;
};

const FLUSH_MS = 1_000;
/** Past this the newest requests are counted, but left out of the log: memory stays bounded when the disk is slow. */
const MAX_WAITING = 5_000;

export const createUsageRecorder = (
  stores: Pick<Stores, 'usage' | 'nextId'>,
  onError: (error: unknown) => void,
): UsageRecorder => {
  let requests: Omit<RequestEntry, 'id'>[] = [];
  let counts = new Map<string, UsageCount>();
  const sinceTrim = new Map<number, number>();

  const count = (appId: number, what: string, status: number, atMs: number): void => {
    const outcome = outcomeOf(status);
    const startMs = atMs - (atMs % MINUTE_MS);
    const name = `${appId} ${startMs} ${what} ${outcome}`;
    const known = counts.get(name);
    counts.set(name, { appId, startMs, what, outcome, count: (known?.count ?? 0) + 1 });
  };

  const trim = async (written: readonly RequestEntry[]): Promise<void> => {
    for (const { appId } of written) sinceTrim.set(appId, (sinceTrim.get(appId) ?? 0) + 1);
    for (const [appId, added] of sinceTrim) {
      if (added < REQUESTS_KEPT / 4) continue;
      sinceTrim.delete(appId);
      await stores.usage.trim(appId, REQUESTS_KEPT);
    }
  };

  const flush = async (): Promise<void> => {
    if (requests.length === 0 && counts.size === 0) return;
    const [waiting, counted] = [requests, [...counts.values()]];
    requests = [];
    counts = new Map();
    try {
      const entries: RequestEntry[] = [];
      for (const entry of waiting) entries.push({ id: await stores.nextId(), ...entry });
      await stores.usage.record({ requests: entries, counts: counted });
      await trim(entries);
    } catch (error) {
      onError(error);
    }
  };

  return {
    request({ what, ...entry }) {
      count(entry.appId, what, entry.status, entry.atMs);
      if (requests.length < MAX_WAITING) requests.push(entry);
    },
    token: (appId, grantType, status, atMs) => count(appId, `token/${grantType}`, status, atMs),
    flush,
    start() {
      let last: Promise<void> = Promise.resolve();
      const timer = setInterval(() => {
        last = last.then(flush);
      }, FLUSH_MS);
      timer.unref();
      return async () => {
        clearInterval(timer);
        await last;
        await flush();
      };
    },
  };
};

/** The day that a minute lies in, UTC. */
export const dayOf = (minuteMs: number): number => minuteMs - (minuteMs % DAY_MS);
