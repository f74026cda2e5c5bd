// A screenshot in fewer bytes: a palette of its 256 most used colours, deflated as well as zlib can.
// Takes what Chromium writes: 8 bits, RGB or RGBA, not interlaced (PNG specification, third edition).
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

type Chunk = { readonly type: string; readonly data: Buffer };

const chunksOf = (png: Buffer): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};

const paeth = (left: number, up: number, corner: number): number => {
  const [byLeft, byUp, byCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
};

/** Section 9: every row begins with the filter that was applied to it. */
const unfiltered = (rows: Buffer, stride: number, pixelBytes: number): Buffer => {
  const height = rows.length / (stride + 1);
  const plain = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < pixelBytes ? 0 : (plain[at - pixelBytes] ?? 0);
      const up = y === 0 ? 0 : (plain[at - stride] ?? 0);
      const corner = x < pixelBytes || y === 0 ? 0 : (plain[at - stride - pixelBytes] ?? 0);
      const expected = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      plain[at] = ((rows[y * (stride + 1) + 1 + x] ?? 0) + expected) & 255;
    }
  }
  return plain;
};

const colourAt = (pixels: Buffer, at: number): number =>
  ((pixels[at] ?? 0) << 16) + ((pixels[at + 1] ?? 0) << 8) + (pixels[at + 2] ?? 0);

const MAX_COLOURS = 256;
const distance = (a: number, b: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

/** The most used colours; every other becomes the nearest of them. Text edges have many, and few pixels of each. */
const paletteOf = (
  pixels: Buffer,
  step: number,
): { readonly palette: readonly number[]; readonly of: ReadonlyMap<number, number> } => {
  const uses = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += step) {
    const colour = colourAt(pixels, at);
    uses.set(colour, (uses.get(colour) ?? 0) + 1);
  }
  const byUse = [...uses].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
  const palette = byUse.slice(0, MAX_COLOURS);
  const nearest = (colour: number): number =>
    palette.reduce(
      (best, one, index) => (distance(one, colour) < distance(palette[best] ?? 0, colour) ? index : best),
      0,
    );
  return {
    palette,
    of: new Map(byUse.map((colour, index) => [colour, index < MAX_COLOURS ? index : nearest(colour)])),
  };
};

export const smallerPng = (png: Buffer): Buffer => {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header === undefined || header[8] !== 8 || ![2, 6].includes(header[9] ?? 0) || header[12] !== 0)
    return png;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const step = header[9] === 6 ? 4 : 3;
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((one) => one.data));
  const pixels = unfiltered(inflateSync(data), width * step, step);
  const { palette, of } = paletteOf(pixels, step);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = of.get(colourAt(pixels, (y * width + x) * step)) ?? 0;
  const head = Buffer.from(header);
  head[9] = 3;
  const small = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return small.length < png.length ? small : png;
};
