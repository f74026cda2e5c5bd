import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { checkChallenge, isChallenge, isVerifier } from './pkce.ts';

test('the verifier and challenge of RFC 7636 appendix B are legal and belong together', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  assert.ok(isVerifier(verifier));
  assert.ok(isChallenge(challenge));
  assert.equal(createHash('sha256').update(verifier).digest('base64url'), challenge);
});

test('every real S256 challenge is legal, and no other spelling of the same hash is', () => {
  for (let i = 0; i < 200; i += 1) {
    const challenge = randomBytes(32).toString('base64url');
    assert.ok(isChallenge(challenge));
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(challenge.at(-1) ?? '');
    assert.ok(!isChallenge(challenge.slice(0, -1) + alphabet.charAt(last + 1)));
  }
});

test('short, long and foreign-symbol verifiers are refused [security 16]', () => {
  for (const bad of [
    '',
    'a'.repeat(42),
    'a'.repeat(129),
    `${'a'.repeat(43)}\n`,
    'ä'.repeat(43),
    `${'a'.repeat(43)}=`,
  ]) {
    assert.ok(!isVerifier(bad), JSON.stringify(bad));
  }
});

test('plain, an absent method and a malformed challenge are refused [security 16]', () => {
  const good = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  assert.deepEqual(checkChallenge(good, 'S256', true), { kind: 'challenge', challenge: good });
  assert.deepEqual(checkChallenge(undefined, undefined, false), { kind: 'none' });
  for (const [challenge, method, required, reason] of [
    [undefined, undefined, true, 'challenge-missing'],
    [undefined, 'S256', false, 'challenge-missing'],
    [good, 'plain', true, 'method-not-s256'],
    [good, undefined, false, 'method-not-s256'],
    [good, 's256', false, 'method-not-s256'],
    [good.slice(1), 'S256', false, 'challenge-malformed'],
    ['', 'S256', false, 'challenge-malformed'],
  ] as const) {
    assert.deepEqual(checkChallenge(challenge, method, required), { kind: 'refused', reason });
  }
});

test('no input makes a check throw', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.option(fc.string(), { nil: undefined }),
      fc.boolean(),
      (challenge, method, required) => {
        assert.ok(checkChallenge(challenge, method, required).kind.length > 0);
      },
    ),
  );
});
