// A small PNG, made here so that no file has to be kept: one shade all over.
import { crc32, deflateSync } from 'node:zlib';

const SIDE = 64;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([number(data.length), named, number(crc32(named))]);
};

/** 64 by 64 pixels, 8 bits of grey each. */
export const pngPicture = (shade: number): Uint8Array => {
  const header = Buffer.concat([number(SIDE), number(SIDE), Uint8Array.of(8, 0, 0, 0, 0)]);
  const rows = Buffer.alloc((SIDE + 1) * SIDE, shade);
  for (let row = 0; row < SIDE; row += 1) rows[row * (SIDE + 1)] = 0;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
};
