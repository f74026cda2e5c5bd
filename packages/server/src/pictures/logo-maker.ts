// Makes logos of uploaded pictures: judged by their header first, decoded in a worker with a time limit, one at a time.
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { MadeLogo, MakeLogo } from '../domain/logos/make-logo.ts';
import { pictureSize } from './size.ts';

const MAX_PICTURE_BYTES = 1_048_576;
const MIN_SIDE = 16;
const MAX_SIDE = 4096;
const TIME_LIMIT_MS = 5_000;
const MAX_WAITING = 8;

/** Compiled beside this file, or run as it is written. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? 'logo-worker.ts' : 'logo-worker.js',
  import.meta.url,
);

/** Undefined when it cannot be decoded, or not in time. */
const reencode = (picture: Uint8Array, timeLimitMs: number): Promise<Uint8Array | undefined> =>
  new Promise((resolve) => {
    const worker = new Worker(workerFile, {
      workerData: picture,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    });
    const limit = setTimeout(() => settle(undefined), timeLimitMs);
    const settle = (png: Uint8Array | undefined): void => {
      clearTimeout(limit);
      resolve(png);
      void worker.terminate();
    };
    worker.once('message', settle);
    worker.once('error', () => settle(undefined));
    worker.once('exit', () => settle(undefined));
  });

const judge = (picture: Uint8Array): Extract<MadeLogo, { ok: false }> | undefined => {
  if (picture.length > MAX_PICTURE_BYTES) return { ok: false, problem: 'logo-too-large' };
  const size = pictureSize(picture);
  if (size === undefined) return { ok: false, problem: 'logo-type' };
  const { width, height } = size;
  const fits = (side: number): boolean => side >= MIN_SIDE && side <= MAX_SIDE;
  return fits(width) && fits(height) ? undefined : { ok: false, problem: 'logo-dimensions' };
};

export const createLogoMaker = (timeLimitMs: number = TIME_LIMIT_MS): MakeLogo => {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (picture) => {
    const refused = judge(picture);
    if (refused !== undefined) return refused;
    if (waiting >= MAX_WAITING) return { ok: false, problem: 'busy' };
    waiting += 1;
    const turn = last.then(() => reencode(picture, timeLimitMs));
    last = turn;
    const png = await turn;
    waiting -= 1;
    if (png === undefined) return { ok: false, problem: 'logo-unreadable' };
    return { ok: true, png, hash: createHash('sha256').update(png).digest('hex') };
  };
};
