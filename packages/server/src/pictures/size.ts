// The kind of a picture and its size, read from its header before anything decodes it: what it would unpack to is bounded
// first [security 54]. PNG (ISO 15948), JPEG (ITU-T T.81 B.2.2) and WebP (RFC 9649); anything else, SVG too, is none.

export type PictureSize = {
  readonly kind: 'png' | 'jpeg' | 'webp';
  readonly width: number;
  readonly height: number;
};

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte);
const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1');

const pngSize = (bytes: Uint8Array, view: DataView): PictureSize | undefined =>
  bytes.length >= 24 && ascii(bytes, 12, 4) === 'IHDR'
    ? { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) }
    : undefined;

/** Frame headers are SOF0 to SOF15 without DHT, JPG and DAC; a file with several is judged by the largest. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers without a length. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
const START_OF_SCAN = 0xda;
const END = 0xd9;

const jpegSize = (bytes: Uint8Array, view: DataView): PictureSize | undefined => {
  let [width, height] = [0, 0];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END) break;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    if (isFrame(marker) && at + 9 <= bytes.length) {
      height = Math.max(height, view.getUint16(at + 5));
      width = Math.max(width, view.getUint16(at + 7));
    }
    at += 2 + view.getUint16(at + 2);
  }
  return width > 0 && height > 0 ? { kind: 'jpeg', width, height } : undefined;
};

type Chunk = { readonly name: string; readonly at: number; readonly length: number };

function* chunksOf(bytes: Uint8Array, view: DataView): Generator<Chunk> {
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    yield { name: ascii(bytes, at, 4), at: at + 8, length };
    at += 8 + length + (length % 2);
  }
}

const webpChunkSize = (view: DataView, { name, at }: Chunk): readonly [number, number] | undefined => {
  const need = name === 'VP8L' ? 5 : 10;
  if (at + need > view.byteLength) return undefined;
  const u24 = (where: number): number => view.getUint16(where, true) + view.getUint8(where + 2) * 65_536;
  switch (name) {
    case 'VP8X':
      return [u24(at + 4) + 1, u24(at + 7) + 1];
    case 'VP8 ':
      return [view.getUint16(at + 6, true) % 16_384, view.getUint16(at + 8, true) % 16_384];
    case 'VP8L': {
      const bits = view.getUint32(at + 1, true);
      return [(bits % 16_384) + 1, (Math.floor(bits / 16_384) % 16_384) + 1];
    }
    default:
      return undefined;
  }
};

/** The canvas and the picture in it may say different things: the larger counts. Moving pictures are none. */
const webpSize = (bytes: Uint8Array, view: DataView): PictureSize | undefined => {
  let [width, height] = [0, 0];
  for (const chunk of chunksOf(bytes, view)) {
    if (chunk.name === 'ANIM' || chunk.name === 'ANMF') return undefined;
    const [wide, high] = webpChunkSize(view, chunk) ?? [0, 0];
    width = Math.max(width, wide);
    height = Math.max(height, high);
  }
  return width > 0 && height > 0 ? { kind: 'webp', width, height } : undefined;
};

/** Undefined: none of the three, or too short to say. */
export const pictureSize = (bytes: Uint8Array): PictureSize | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, PNG)) return pngSize(bytes, view);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return jpegSize(bytes, view);
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return webpSize(bytes, view);
  return undefined;
};
