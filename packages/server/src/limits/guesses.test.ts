import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userCodeAlphabet } from '@latchkey/protocol';
import { DEFAULT_SETTINGS } from '../domain/settings.ts';
import { createGuesses } from './guesses.ts';
import type { GuessSource } from '../domain/guesses.ts';
import { createTurns } from './turns.ts';

const strangersGuess = (guesses: ReturnType<typeof createGuesses>, wrong: number): void => {
  for (let index = 0; index < wrong; index++) {
    const source = { about: `user:${index}`, address: `10.${Math.floor(index / 250)}.${index % 250}.1` };
    guesses.failed('user-code', source);
  }
};

test('a flood of wrong user codes slows everybody’s entry to its rate and refuses nobody who made no mistake [security 41]', async () => {
  const paused: number[] = [];
  const guesses = createGuesses(
    () => 0,
    (ms) => Promise.resolve(paused.push(ms)),
  );
  strangersGuess(guesses, 499);
  assert.ok(await guesses.userCodeTurn());
  assert.deepEqual(paused, [], 'nobody waits below the limit');
  strangersGuess(guesses, 1);
  assert.equal(
    guesses.blockedForSeconds('user-code', { about: 'user:x', address: '203.0.113.7' }),
    undefined,
  );
  for (let turn = 0; turn < 4; turn++) assert.ok(await guesses.userCodeTurn());
  assert.deepEqual(paused, [0, 1200, 2400, 3600]);
});

test('who guessed wrong ten times waits in any case, whatever others do [security 41]', () => {
  const guesses = createGuesses(() => 0);
  const own = { about: 'user:1', address: '203.0.113.7' };
  for (let count = 0; count < 10; count++) guesses.failed('user-code', own);
  assert.equal(guesses.blockedForSeconds('user-code', own), 60);
  assert.equal(guesses.blockedForSeconds('user-code', { ...own, address: '198.51.100.1' }), 60);
  assert.equal(guesses.blockedForSeconds('user-code', { ...own, about: 'user:2' }), 60);
  assert.equal(
    guesses.blockedForSeconds('user-code', { about: 'user:2', address: '198.51.100.1' }),
    undefined,
  );
});

/** How many codes somebody can try while one code lives, trying whenever they are let. */
const triesInALife = async (source: (index: number) => GuessSource): Promise<number> => {
  let nowMs = 0;
  const guesses = createGuesses(
    () => nowMs,
    // One who waits for a turn tries when it comes.
    (ms) => Promise.resolve((nowMs += ms)),
  );
  const lifeMs = DEFAULT_SETTINGS.deviceRequestSeconds * 1000;
  let tries = 0;
  while (nowMs < lifeMs) {
    const from = source(tries);
    if (guesses.blockedForSeconds('user-code', from) !== undefined) {
      nowMs += 1000;
      continue;
    }
    if (!(await guesses.userCodeTurn()) || nowMs >= lifeMs) break;
    guesses.failed('user-code', from);
    tries += 1;
  }
  return tries;
};

const CODES = userCodeAlphabet.length ** 8;
/** That one of all codes that can be waiting at once is hit. */
const odds = (tries: number): number => Math.log2((tries * DEFAULT_SETTINGS.devicePendingLimit) / CODES);

test('guessing user codes: about 2^-21 for one account in the life of a code, 2^-16 for everybody together, with as many codes waiting as can [security 41]', async () => {
  const one = await triesInALife(() => ({ about: 'user:1', address: '203.0.113.7' }));
  assert.ok(one <= 20, `${one} tries`);
  assert.ok(odds(one) < -21.6, `2^${odds(one)}`);
  const address = (index: number): string => `10.${Math.floor(index / 250)}.${index % 250}.1`;
  const all = await triesInALife((index) => ({ about: `user:${index}`, address: address(index) }));
  assert.ok(all <= 1001, `${all} tries`);
  assert.ok(odds(all) < -15.9, `2^${odds(all)}`);
});

test('turns come at their rate, are bounded, and none is lost to who does not wait', () => {
  const turns = createTurns(600, 1500);
  assert.deepEqual([turns.take(0), turns.take(0), turns.take(0)], [0, 600, 1200]);
  assert.equal(turns.take(0), undefined);
  assert.equal(turns.take(300), 1500);
  assert.equal(turns.take(10_000), 0, 'unused turns are not saved up');
  assert.equal(turns.take(10_000), 600);
});
