import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PhotonImage } from '@cf-wasm/photon';
import { pngOf } from '../testing/pictures.ts';
import { createLogoMaker } from './logo-maker.ts';
import { pictureSize } from './size.ts';

const jpegOf = (width: number, height: number): Buffer =>
  Buffer.from(PhotonImage.new_from_byteslice(pngOf(width, height)).get_bytes_jpeg(80));
const webpOf = (width: number, height: number): Buffer =>
  Buffer.from(PhotonImage.new_from_byteslice(pngOf(width, height)).get_bytes_webp());

const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script></svg>',
);

describe('the size of a picture, from its header', () => {
  it('is read of PNG, JPEG and WebP', () => {
    assert.deepEqual(pictureSize(pngOf(40, 30)), { kind: 'png', width: 40, height: 30 });
    assert.deepEqual(pictureSize(jpegOf(40, 30)), { kind: 'jpeg', width: 40, height: 30 });
    assert.deepEqual(pictureSize(webpOf(40, 30)), { kind: 'webp', width: 40, height: 30 });
  });

  it('is none of anything else, SVG first [security 54]', () => {
    for (const bytes of [
      SVG,
      Buffer.from('GIF89a\u0020\u0000\u0020\u0000', 'latin1'),
      Buffer.from('%PDF-1.7'),
      Buffer.from('BM'.padEnd(64, '\0'), 'latin1'),
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      Buffer.alloc(0),
      pngOf(40, 30).subarray(0, 20),
      Buffer.concat([Buffer.from('\n'), pngOf(40, 30)]),
    ])
      assert.equal(pictureSize(bytes), undefined);
  });

  it('never fails and always ends, whatever the bytes', () => {
    const heads = [pngOf(40, 30), jpegOf(40, 30), webpOf(40, 30)];
    fc.assert(
      fc.property(fc.nat(2), fc.nat(60), fc.uint8Array({ maxLength: 200 }), (kind, keep, rest) => {
        const head = heads[kind] ?? Buffer.alloc(0);
        const size = pictureSize(Buffer.concat([head.subarray(0, keep), rest]));
        assert.ok(size === undefined || (size.width >= 0 && size.height >= 0));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a logo', () => {
  const make = createLogoMaker();

  it('is a PNG of 128 pixels whatever it was, without what else the file said [security 54]', async () => {
    const hashes = new Set<string>();
    for (const picture of [pngOf(512, 256), jpegOf(512, 256), webpOf(512, 256), pngOf(20, 40)]) {
      const made = await make(picture);
      assert.ok(made.ok);
      const size = pictureSize(made.png);
      assert.equal(size?.kind, 'png');
      assert.equal(Math.max(size?.width ?? 0, size?.height ?? 0), 128);
      assert.ok(!Buffer.from(made.png).includes('taken at'));
      assert.match(made.hash, /^[0-9a-f]{64}$/);
      hashes.add(made.hash);
    }
    assert.ok(hashes.size > 1);
    const [one, two] = [await make(pngOf(32, 32)), await make(pngOf(32, 32))];
    assert.deepEqual(one, two, 'the same picture has the same name');
  });

  it('is refused by its header before anything is unpacked [security 54]', async () => {
    const cases = [
      [SVG, 'logo-type'],
      [pngOf(16, 16, { width: 60_000, height: 60_000 }), 'logo-dimensions'],
      [pngOf(16, 16, { width: 4097, height: 16 }), 'logo-dimensions'],
      [pngOf(8, 8), 'logo-dimensions'],
      [Buffer.concat([pngOf(32, 32), Buffer.alloc(1_048_576)]), 'logo-too-large'],
    ] as const;
    for (const [picture, problem] of cases) assert.deepEqual(await make(picture), { ok: false, problem });
  });

  it('that only looks like one cannot be read, and the next one can', async () => {
    const broken = pngOf(32, 32);
    broken.fill(0xff, 60);
    const claims = pngOf(16, 16, { width: 4000, height: 4000 });
    for (const picture of [broken, claims]) {
      const made = await make(picture);
      assert.ok(!made.ok || pictureSize(made.png) !== undefined);
      if (!made.ok) assert.equal(made.problem, 'logo-unreadable');
    }
    assert.ok((await make(pngOf(32, 32))).ok);
  });

  it('that takes too long is given up', async () => {
    assert.deepEqual(await createLogoMaker(1)(pngOf(4000, 4000)), { ok: false, problem: 'logo-unreadable' });
  });

  it('waits its turn, and is refused when too many wait', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => make(pngOf(32, 32))));
    assert.equal(answers.filter(({ ok }) => ok).length, 8);
    assert.equal(answers.filter((one) => !one.ok && one.problem === 'busy').length, 4);
    assert.ok((await make(pngOf(32, 32))).ok, 'afterwards there is room again');
  });
});
