// HMAC-SHA-256 (RFC 2104) for short messages of one length, as sealed strings are: two digests over buffers that are
// kept, where createHmac makes three objects outside the heap each time and takes three times as long.
import { hash, type KeyObject } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

export type Mac = (message: Uint8Array) => Buffer;

/** The MAC of `prefix` and a message of exactly `messageBytes`. `prefix` is ASCII, the key at most 64 bytes long. */
export const createMac = (key: KeyObject, prefix: string, messageBytes: number): Mac => {
  const bytes = key.export();
  if (bytes.length > BLOCK_BYTES) throw new Error(`a key of ${bytes.length} bytes`);
  const head = BLOCK_BYTES + prefix.length;
  const inner = Buffer.alloc(head + messageBytes);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    const byte = bytes[at] ?? 0;
    inner[at] = byte ^ INNER_PAD;
    outer[at] = byte ^ OUTER_PAD;
  }
  inner.write(prefix, BLOCK_BYTES, 'latin1');
  return (message) => {
    if (message.length !== messageBytes) throw new Error(`a message of ${message.length} bytes`);
    inner.set(message, head);
    // As strings: a digest asked for as a buffer is memory outside the heap.
    outer.write(hash('sha256', inner, 'latin1'), BLOCK_BYTES, 'latin1');
    return Buffer.from(hash('sha256', outer, 'latin1'), 'latin1');
  };
};
