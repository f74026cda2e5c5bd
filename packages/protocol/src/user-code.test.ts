import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  formatUserCode,
  normaliseUserCode,
  pickUserCode,
  userCodeAlphabet,
  userCodeLength,
} from './user-code.ts';

const symbols = fc.string({
  unit: fc.constantFrom(...userCodeAlphabet),
  minLength: userCodeLength,
  maxLength: userCodeLength,
});

test('a code survives being shown and typed, in any case, with or without dashes, spaces and prefix', () => {
  fc.assert(
    fc.property(symbols, (code) => {
      const shown = formatUserCode('LMT', code);
      assert.match(shown, /^LMT-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
      for (const typed of [
        shown,
        shown.toLowerCase(),
        shown.replaceAll('-', ' '),
        ` ${shown}\n`,
        code,
        shown.replaceAll('-', '–'),
      ]) {
        assert.equal(normaliseUserCode('LMT', typed), code, typed);
      }
    }),
  );
});

test('what cannot be a code of this product is told apart before a guess is counted', () => {
  for (const typed of [
    '',
    'LMT-',
    'LFT-7QX2-9KFP',
    'LMT-7QX2-9KF',
    'LMT-7QX2-9KF0',
    'LMT-7QX2-9KFPP',
    'x'.repeat(10_000),
    '7QX2💥9KFP',
  ]) {
    assert.equal(normaliseUserCode('LMT', typed), undefined, typed.slice(0, 20));
  }
});

test('a code whose symbols spell the prefix is not shortened', () => {
  assert.equal(normaliseUserCode('LMT', 'MTMTMTMT'), 'MTMTMTMT');
});

test('the alphabet is the thirty symbols of protocol.md section 7', () => {
  assert.equal(userCodeAlphabet, '23456789ABCDEFGHJKMNPQRSTVWXYZ');
  assert.equal(new Set(userCodeAlphabet).size, 30);
});

test('picking discards bytes that would favour the first symbols', () => {
  const bytes = [255, 240, 239, 0, 30, 29, 59, 1, 2, 3];
  assert.equal(
    pickUserCode(() => bytes.shift() ?? 0),
    'Z22ZZ345',
  );
  const code = pickUserCode(() => randomBytes(1)[0] ?? 0);
  assert.equal(normaliseUserCode('LFT', code), code);
});

test('formatting anything but eight symbols is a bug and throws', () => {
  assert.throws(() => formatUserCode('LMT', 'short'), TypeError);
  assert.throws(() => formatUserCode('lm', '7QX29KFP'), TypeError);
});
