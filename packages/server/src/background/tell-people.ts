// Works off the mails that a breaking publish owes to connected people, a batch at a time, for as long as any is owed.
import type { Domain } from '../domain/domain.ts';
import { tellNextPeople } from '../domain/reviews/tell-people.ts';
import type { Log } from '../telemetry/log.ts';

const EVERY_MS = 2_000;

/** Answers a function that stops it and resolves once nothing is being written. */
export const startTellingPeople = (domain: Domain, log: Log): (() => Promise<void>) => {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const work = async (): Promise<void> => {
    while (!stopped && (await tellNextPeople(domain)) !== undefined);
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = work()
      .catch((error: unknown) => log.error('telling people failed', error))
      .finally(() => {
        busy = false;
      });
  }, EVERY_MS);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
};
