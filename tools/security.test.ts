// SECURITY.md names attacks by number; tests carry the numbers in their names. Neither may promise what the other lacks.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const own = 'tools/security.test.ts';

const numbersIn = (text: string): readonly string[] => text.match(/\d+[bc]?/g) ?? [];

const tested = new Set(
  globSync('{packages/*/src,demo,conformance,e2e,bench,tools}/**/*.test.ts', { cwd: root })
    .filter((file) => !file.includes('node_modules') && file.replaceAll('\\', '/') !== own)
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\[security ([^\]]+)\]/g)])
    .flatMap(([, numbers = '']) => numbersIn(numbers)),
);

const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const held = [...page.matchAll(/^\| (\d[\dbc, ]*?) +\|/gm)].flatMap(([, numbers = '']) => numbersIn(numbers));
const [open = ''] = /Still open[\s\S]*?\n\n/.exec(page) ?? [];
const openNumbers = new Set(
  [...open.matchAll(/(\d+)(?:\s+to\s+(\d+))?/g)].flatMap(([, from = '', to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) => String(Number(from) + step)),
  ),
);

test('every attack that SECURITY.md says is held has a test with its number', () => {
  assert.ok(held.length > 50);
  assert.deepEqual(
    held.filter((number) => !tested.has(number)),
    [],
  );
});

test('every number that a test carries is in SECURITY.md', () => {
  assert.deepEqual(
    [...tested].filter((number) => !held.includes(number) && !openNumbers.has(number)),
    [],
  );
});

test('no attack is both held and open, and none is left out', () => {
  const all = Array.from({ length: 71 }, (_, index) => String(index + 1));
  assert.deepEqual(
    all.filter((number) => held.includes(number) === openNumbers.has(number)),
    [],
  );
});
