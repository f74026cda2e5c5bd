// Passwords: argon2id (RFC 9106), asynchronous and bounded in number, kept in PHC string form.
import { argon2, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './random-bytes.ts';

const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_BYTES = 32;
/** Each takes 19 MiB and some 25 ms: more at once than this would only wait for each other. */
const AT_ONCE = 2;

export type Passwords = {
  readonly hash: (password: string) => Promise<string>;
  /** Takes the same time when there is nothing to compare with (`undefined`), so that addresses cannot be told apart. */
  readonly matches: (password: string, stored: string | undefined) => Promise<boolean>;
};

const derive = (password: string, nonce: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      {
        message: password,
        nonce,
        parallelism: PARALLELISM,
        tagLength: TAG_BYTES,
        memory: MEMORY_KIB,
        passes: PASSES,
      },
      (error, tag) => (error === null ? resolve(tag) : reject(error)),
    );
  });

const bounded = (atOnce: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

export const createPasswords = (random: RandomBytes): Passwords => {
  const turn = bounded(AT_ONCE);
  const nobody = random(16);
  return {
    async hash(password) {
      const nonce = random(16);
      const tag = await turn(() => derive(password.normalize('NFC'), nonce));
      return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${encode(nonce)}$${encode(tag)}`;
    },
    async matches(password, stored) {
      const parts = stored?.split('$');
      const nonce = parts === undefined ? nobody : Buffer.from(parts[4] ?? '', 'base64');
      const tag = await turn(() => derive(password.normalize('NFC'), nonce));
      if (parts === undefined) return false;
      const expected = Buffer.from(parts[5] ?? '', 'base64');
      return expected.length === tag.length && timingSafeEqual(tag, expected);
    },
  };
};
