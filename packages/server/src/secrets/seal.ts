// Sealed strings: prefix + base64url(version, key id, fields, 16 bytes of HMAC-SHA-256 over all before it).
// "Sealed" means authenticated, not encrypted (protocol.md 1).
import { timingSafeEqual } from 'node:crypto';
import type { KeyPurpose, KeyRing } from './key-ring.ts';
import { createMac, type Mac } from './mac.ts';

const VERSION = 1;
const HEAD_BYTES = 2;
const MAC_BYTES = 16;

export type Seal = {
  /** `fields` must have the length that the seal was made for. */
  readonly seal: (fields: Uint8Array) => string;
  /** The fields, or undefined if anything at all is wrong. Cheap checks come first. */
  readonly open: (text: string) => Buffer | undefined;
};

export const createSeal = (
  ring: KeyRing,
  kind: { readonly prefix: string; readonly purpose: KeyPurpose; readonly fieldBytes: number },
): Seal => {
  const total = HEAD_BYTES + kind.fieldBytes + MAC_BYTES;
  const textLength = kind.prefix.length + Math.ceil((total * 8) / 6);
  const macs = new Map<number, Mac>();
  const macOf = (keyId: number): Mac | undefined => {
    const known = macs.get(keyId);
    if (known !== undefined) return known;
    const key = ring.derive(keyId, kind.purpose);
    if (key === undefined) return undefined;
    const made = createMac(key, kind.prefix, total - MAC_BYTES);
    macs.set(keyId, made);
    return made;
  };
  const mac = (keyId: number, bytes: Uint8Array): Buffer | undefined =>
    macOf(keyId)?.(bytes.subarray(0, total - MAC_BYTES));
  return {
    seal(fields) {
      if (fields.length !== kind.fieldBytes) throw new Error(`sealed fields: ${fields.length} bytes`);
      const bytes = Buffer.allocUnsafe(total);
      bytes[0] = VERSION;
      bytes[1] = ring.newest;
      bytes.set(fields, HEAD_BYTES);
      const tag = mac(ring.newest, bytes);
      if (tag === undefined) throw new Error('the newest key is not on the ring');
      tag.copy(bytes, total - MAC_BYTES, 0, MAC_BYTES);
      return kind.prefix + bytes.toString('base64url');
    },
    open(text) {
      if (text.length !== textLength || !text.startsWith(kind.prefix)) return undefined;
      const bytes = Buffer.from(text.slice(kind.prefix.length), 'base64url');
      if (bytes.length !== total || bytes[0] !== VERSION) return undefined;
      const tag = mac(bytes[1] ?? 0, bytes);
      if (tag === undefined) return undefined;
      if (!timingSafeEqual(tag.subarray(0, MAC_BYTES), bytes.subarray(total - MAC_BYTES))) return undefined;
      // Unused bits of the last character would give one token several spellings.
      if (bytes.toString('base64url') !== text.slice(kind.prefix.length)) return undefined;
      return bytes.subarray(HEAD_BYTES, HEAD_BYTES + kind.fieldBytes);
    },
  };
};

/** Writes a safe integer as 8 bytes, big-endian, without BigInt (hot path). */
export const writeId = (bytes: Buffer, id: number, offset: number): number => {
  bytes.writeUInt32BE(Math.floor(id / 0x1_0000_0000), offset);
  return bytes.writeUInt32BE(id % 0x1_0000_0000, offset + 4);
};

export const readId = (bytes: Buffer, offset: number): number =>
  bytes.readUInt32BE(offset) * 0x1_0000_0000 + bytes.readUInt32BE(offset + 4);
