// Refresh tokens are derived from the grant's row: grant id, tag, generation, MAC (DESIGN.md 4.5).
import { readId, writeId, type Seal } from '../../secrets/seal.ts';
import { REFRESH_FIELD_BYTES } from '../../secrets/secrets.ts';

export type RefreshToken = {
  readonly grantId: number;
  /** 8 bytes; compared with the row's after the MAC. */
  readonly tag: Uint8Array;
  readonly generation: number;
};

export const sealRefreshToken = (seal: Seal, token: RefreshToken): string => {
  const bytes = Buffer.allocUnsafe(REFRESH_FIELD_BYTES);
  writeId(bytes, token.grantId, 0);
  bytes.set(token.tag, 8);
  bytes.writeUInt32BE(token.generation, 16);
  return seal.seal(bytes);
};

export const openRefreshToken = (seal: Seal, text: string): RefreshToken | undefined => {
  const bytes = seal.open(text);
  if (bytes === undefined) return undefined;
  return { grantId: readId(bytes, 0), tag: bytes.subarray(8, 16), generation: bytes.readUInt32BE(16) };
};
