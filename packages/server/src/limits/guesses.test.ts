import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGuesses } from './guesses.ts';
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
  strangersGuess(guesses, 999);
  assert.ok(await guesses.userCodeTurn());
  assert.deepEqual(paused, [], 'nobody waits below the limit');
  strangersGuess(guesses, 1);
  assert.equal(
    guesses.blockedForSeconds('user-code', { about: 'user:x', address: '203.0.113.7' }),
    undefined,
  );
  for (let turn = 0; turn < 4; turn++) assert.ok(await guesses.userCodeTurn());
  assert.deepEqual(paused, [0, 600, 1200, 1800]);
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

test('turns come at their rate, are bounded, and none is lost to who does not wait', () => {
  const turns = createTurns(600, 1500);
  assert.deepEqual([turns.take(0), turns.take(0), turns.take(0)], [0, 600, 1200]);
  assert.equal(turns.take(0), undefined);
  assert.equal(turns.take(300), 1500);
  assert.equal(turns.take(10_000), 0, 'unused turns are not saved up');
  assert.equal(turns.take(10_000), 600);
});
