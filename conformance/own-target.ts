// A server for one test file alone, whose clock the tests move: what ends after minutes or months, and what throttles
// everybody at an address, cannot be tried on a server that others use. Import what reads the target after this is called.
import { after } from 'node:test';
import { startTarget, TARGET_VARIABLE } from './start-target.ts';

export type Clock = {
  readonly advance: (seconds: number) => void;
  readonly now: () => number;
};

export const startOwnTarget = async (): Promise<Clock> => {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const running = await startTarget({ now });
  after(running.close);
  process.env[TARGET_VARIABLE] = running.file;
  return {
    now,
    advance: (seconds) => {
      aheadMs += seconds * 1000;
    },
  };
};
