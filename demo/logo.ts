// Logos of the demo's apps, drawn by code: a small PNG of two colours, which then goes the way of every uploaded picture.
import { crc32, deflateSync } from 'node:zlib';
import type { DemoApp, LogoShape } from './people.ts';

const SIDE = 96;

/** Whether the mark covers the point; both from -1 to 1, from left to right and from top to bottom. */
const SHAPES: Readonly<Record<LogoShape, (x: number, y: number) => boolean>> = {
  bars: (x, y) => Math.abs(y) < 0.6 && Math.abs(x) < 0.6 && (x + 0.6) % 0.45 < 0.3 && y > -x * 0.8 - 0.3,
  door: (x, y) => Math.abs(x) < 0.38 && y > -0.6 && y < 0.6 && Math.hypot(x - 0.2, y - 0.05) > 0.08,
  rings: (x, y) => Math.abs(Math.hypot(x, y) - 0.55) < 0.12 || Math.hypot(x, y) < 0.2,
  waves: (x, y) =>
    Math.abs(x) < 0.65 && Math.abs((y * 2.2 + Math.sin(x * 6) * 0.35) % 0.8) < 0.28 && Math.abs(y) < 0.6,
};

const rgb = (colour: string): readonly number[] =>
  [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** PNG (W3C), eight bits of red, green and blue, no filter. */
export const drawLogo = ({ ground, mark, shape }: DemoApp['logo']): Buffer => {
  const [under, over, covers] = [rgb(ground), rgb(mark), SHAPES[shape]];
  const scale = (at: number): number => ((at + 0.5) / SIDE) * 2 - 1;
  const rows = Array.from({ length: SIDE }, (_, y) => [
    0,
    ...Array.from({ length: SIDE }, (_, x) => (covers(scale(x), scale(y)) ? over : under)).flat(),
  ]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
