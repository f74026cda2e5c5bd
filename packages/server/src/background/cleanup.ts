// Removes what nobody can need any more, in small steps beside the traffic (lessons.md 49 to 52).
import { rememberedMs } from '../domain/access/recent-changes.ts';
import type { Domain } from '../domain/domain.ts';
import { UNUSED_KEPT_MS } from '../domain/logos/logo.ts';
import { DAYS_KEPT_MS, MINUTES_KEPT_MS } from '../domain/usage/usage.ts';
import type { Log } from '../telemetry/log.ts';

const EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Of what was sent or given up; what waits stays. */
const MAILS_KEPT_MS = 90 * 24 * HOUR_MS;
/** Rows per step: short enough not to be felt by requests. */
const BATCH = 500;

const cleanOnce = async (domain: Domain): Promise<void> => {
  const nowMs = domain.now();
  const { stores, settings, memory } = domain;
  const tokenLifeMs = rememberedMs(settings);
  memory.recent.forgetBefore(nowMs - tokenLifeMs);
  const steps = [
    () => stores.codes.discard(nowMs - HOUR_MS, BATCH),
    () => stores.devices.discard(nowMs - HOUR_MS, BATCH),
    () => stores.factors.discardChallenges(nowMs, BATCH),
    () => stores.proofs.discard(nowMs - HOUR_MS, BATCH),
    () => stores.mails.discard(nowMs - MAILS_KEPT_MS, BATCH),
    () => stores.changes.discard(nowMs - tokenLifeMs, BATCH),
    () => stores.usage.discard(nowMs - MINUTES_KEPT_MS, nowMs - DAYS_KEPT_MS, BATCH),
  ];
  for (const step of steps) while ((await step()) === BATCH);
};

/** A slice of all pictures a minute, round and round: one that is used costs two look-ups each time. */
const logoCleaner = (domain: Domain): (() => Promise<void>) => {
  let after = '';
  return async () => {
    const oldMs = domain.now() - UNUSED_KEPT_MS;
    after = (await domain.stores.logos.discardUnused(after, oldMs, BATCH)) ?? '';
  };
};

/** Answers a function that stops it. */
export const startCleanup = (domain: Domain, log: Log): (() => void) => {
  const cleanLogos = logoCleaner(domain);
  const timer = setInterval(() => {
    cleanOnce(domain)
      .then(cleanLogos)
      .catch((error: unknown) => log.error('cleanup failed', error));
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
