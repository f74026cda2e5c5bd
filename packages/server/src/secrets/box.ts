// Encryption at rest for what must be read again (mail waiting to be sent, TOTP secrets): AES-256-GCM under a key of the
// ring that is not in the database. Layout: version 1, key id 1, nonce 12, tag 16, ciphertext.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from './random-bytes.ts';
import type { KeyPurpose, KeyRing } from './key-ring.ts';

export type Box = {
  /** `context` is bound to the text: what was locked for one record opens for no other. */
  readonly lock: (text: string, context: string) => Uint8Array;
  /** Undefined when it was changed, is of another context, or its key left the ring. */
  readonly open: (locked: Uint8Array, context: string) => string | undefined;
};

const VERSION = 1;
const NONCE_AT = 2;
const TAG_AT = 14;
const TEXT_AT = 30;

export const createBox = (ring: KeyRing, purpose: KeyPurpose, random: RandomBytes): Box => ({
  lock(text, context) {
    const key = ring.derive(ring.newest, purpose);
    if (key === undefined) throw new Error('the newest key is not on the ring');
    const nonce = random(TAG_AT - NONCE_AT);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION, ring.newest]), nonce, cipher.getAuthTag(), body]);
  },
  open(locked, context) {
    const key = locked[0] === VERSION ? ring.derive(locked[1] ?? 0, purpose) : undefined;
    if (key === undefined || locked.length < TEXT_AT) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, locked.subarray(NONCE_AT, TAG_AT));
      decipher.setAAD(Buffer.from(context)).setAuthTag(locked.subarray(TAG_AT, TEXT_AT));
      return Buffer.concat([decipher.update(locked.subarray(TEXT_AT)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  },
});
