// An authenticator app: takes the key that the page shows, and makes the six digits of now (RFC 6238, SHA-1, 30 seconds).
import { createHmac } from 'node:crypto';
import type { Person } from './person.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

const bytesOf = (base32: string): Uint8Array => {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
};

const digitsOf = (secret: Uint8Array, atMs: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / STEP_MS)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const from = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(from) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
};

/** Sets one up on the security page; what it shows at any moment. */
export const addAuthenticator = async (person: Person, now: () => number): Promise<() => string> => {
  const page = await person.follow(await person.open('/settings/security'), 'Add an authenticator app');
  const key = /\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/.exec(page.text)?.[0];
  if (key === undefined) throw new Error(`no key on the page: ${page.text.slice(0, 400)}`);
  const secret = bytesOf(key.replaceAll(' ', ''));
  await person.press(page, 'Add it', { code: digitsOf(secret, now()) });
  return () => digitsOf(secret, now());
};
