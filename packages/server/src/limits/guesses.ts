// The throttles on guessing, a rate for each kind of credential; sources are address blocks (protocol.md 7; security.md 38, 41).
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guesses, GuessKind, GuessSource } from '../domain/guesses.ts';
import { addressBlock } from './address-block.ts';
import { createThrottle, type Throttle, type ThrottleRate } from './throttle.ts';
import { createTurns } from './turns.ts';

const TEN_MINUTES_MS = 600_000;

/** Secrets and keys have 192 random bits: these rates only keep noise down. Passwords and user codes are what people guess. */
const RATES: Record<GuessKind, ThrottleRate> = {
  'client-secret': { failures: 100, perMs: TEN_MINUTES_MS },
  'customer-key': { failures: 100, perMs: TEN_MINUTES_MS },
  password: { failures: 10, perMs: TEN_MINUTES_MS },
  // Six digits: counted per user, whatever the source. Only who has the password can use it up; a passkey still works.
  'second-step': { failures: 10, perMs: TEN_MINUTES_MS },
  'user-code': { failures: 10, perMs: TEN_MINUTES_MS },
  'device-start': { failures: 600, perMs: TEN_MINUTES_MS },
  'mail-to': { failures: 5, perMs: TEN_MINUTES_MS },
  'mail-from': { failures: 30, perMs: TEN_MINUTES_MS },
  logo: { failures: 30, perMs: TEN_MINUTES_MS },
};

/**
 * Wrong user codes of everybody together; beyond it entry is slowed to this rate, not refused. As many at once, and as many
 * again while those are forgotten: never more than 1,000 in any ten minutes (protocol.md 7).
 */
const ALL_USER_CODES: ThrottleRate = { failures: 500, perMs: TEN_MINUTES_MS };
const ALL = ['all'];
/** How long anybody is kept waiting: what a browser still waits for. */
const LONGEST_TURN_MS = 30_000;

const keysOf = (kind: GuessKind, source: GuessSource): readonly string[] => {
  const block = addressBlock(source.address);
  // A user's own count is per user, for they are signed in; everything else is counted with its source, so that a
  // stranger cannot lock anybody out.
  if (kind === 'second-step') return [source.about];
  return kind === 'user-code' ? [source.about, block] : [`${source.about} ${block}`];
};

/** `pause` resolves after that many milliseconds. */
export const createGuesses = (
  nowMs: () => number,
  pause: (ms: number) => Promise<unknown> = sleep,
): Guesses => {
  const throttles = new Map<GuessKind, Throttle>();
  const of = (kind: GuessKind): Throttle => {
    const known = throttles.get(kind);
    if (known !== undefined) return known;
    const made = createThrottle(RATES[kind]);
    throttles.set(kind, made);
    return made;
  };
  const allUserCodes = createThrottle(ALL_USER_CODES);
  const turns = createTurns(ALL_USER_CODES.perMs / ALL_USER_CODES.failures, LONGEST_TURN_MS);
  return {
    blockedForSeconds(kind, source) {
      const seconds = of(kind).waitSeconds(keysOf(kind, source), nowMs());
      return seconds === 0 ? undefined : seconds;
    },
    failed(kind, source) {
      of(kind).failed(keysOf(kind, source), nowMs());
      if (kind === 'user-code') allUserCodes.failed(ALL, nowMs());
    },
    async userCodeTurn() {
      if (allUserCodes.waitSeconds(ALL, nowMs()) === 0) return true;
      const waitMs = turns.take(nowMs());
      if (waitMs === undefined) return false;
      await pause(waitMs);
      return true;
    },
  };
};
