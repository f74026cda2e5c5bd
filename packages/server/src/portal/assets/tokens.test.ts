// Proves the contrasts that the look promises, on the file that browsers get.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

const token = (name: string, scheme: 'light' | 'dark'): string => {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  assert.ok(found?.[1] && found[2], `--${name} is a light and a dark colour`);
  return scheme === 'light' ? found[1] : found[2];
};

const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (one: string, other: string): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

const grounds = ['canvas', 'surface', 'sunken'];
const statuses = ['ok', 'waiting', 'warning', 'bad', 'info', 'muted'];
const textPairs = [
  ...['text', 'text-second', 'text-third', 'accent', 'accent-hover', 'bad'].flatMap((text) =>
    grounds.map((ground) => [text, ground] as const),
  ),
  ...statuses.map((status) => [status, `${status}-tint`] as const),
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-hover'] as const,
  ['on-bad', 'bad'] as const,
];

for (const scheme of ['light', 'dark'] as const) {
  test(`every text pair measures at least 4.6:1 in ${scheme}`, () => {
    for (const [text, ground] of textPairs) {
      const measured = contrast(token(text, scheme), token(ground, scheme));
      assert.ok(measured >= 4.6, `${text} on ${ground}: ${measured.toFixed(2)}`);
    }
  });

  test(`field borders measure at least 3.3:1 in ${scheme}`, () => {
    for (const ground of ['canvas', 'surface']) {
      const measured = contrast(token('field-border', scheme), token(ground, scheme));
      assert.ok(measured >= 3.3, `on ${ground}: ${measured.toFixed(2)}`);
    }
  });
}
