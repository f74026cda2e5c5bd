import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accentSheet } from './brand.ts';

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number =>
  (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

describe('the brand’s accent', () => {
  it('can be read on our pages in both colour schemes, whatever colour the owner chose', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xff_ff_ff }), (colour) => {
        const sheet = accentSheet(`#${colour.toString(16).padStart(6, '0')}`);
        const [accent, hover, on] = [...sheet.matchAll(/light-dark\((#\w{6}), (#\w{6})\)/g)];
        assert.ok(accent && hover && on);
        for (const part of [accent, hover]) {
          assert.ok(contrast(part[1] ?? '', '#ffffff') >= 4.5, sheet);
          assert.ok(contrast(part[2] ?? '', '#1a1b1e') >= 4.5, sheet);
        }
        assert.ok(contrast(on[1] ?? '', accent[1] ?? '') >= 4.5, sheet);
        assert.ok(contrast(on[2] ?? '', accent[2] ?? '') >= 4.5, sheet);
      }),
    );
  });
});
