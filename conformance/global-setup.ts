// One server for a whole run of `node --test`: start it before the test files, name it to them, stop it after.
import { startTarget, TARGET_VARIABLE } from './start-target.ts';
import type { Running } from './start-target.ts';

let running: Running | undefined;

export const globalSetup = async (): Promise<void> => {
  if (process.env[TARGET_VARIABLE] !== undefined) return;
  running = await startTarget();
  process.env[TARGET_VARIABLE] = running.file;
};

export const globalTeardown = async (): Promise<void> => {
  await running?.close();
};
