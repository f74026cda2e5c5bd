import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createWindows, retryAfterSeconds } from './windows.ts';

const START = 1_763_800_020_000;

test('a window lets exactly its limit through, then refuses until the next one begins [security 63]', () => {
  const windows = createWindows();
  const answers = Array.from({ length: 103 }, (_, index) => windows.take('app:1', 100, START + index));
  assert.equal(answers.filter((answer) => answer.allowed).length, 100);
  assert.deepEqual(answers[99], { allowed: true, limit: 100, remaining: 0, resetSeconds: 1_763_800_080 });
  assert.deepEqual(answers[102], { allowed: false, limit: 100, remaining: 0, resetSeconds: 1_763_800_080 });
  assert.equal(windows.take('app:1', 100, START + 59_999).allowed, false);
  assert.equal(windows.take('app:1', 100, START + 60_000).remaining, 99);
});

test("one key cannot spend another's [security 63]", () => {
  const windows = createWindows();
  for (let count = 0; count < 10; count++) windows.take('app:1', 5, START);
  assert.equal(windows.take('app:2', 5, START).remaining, 4);
});

test('a clock set back gives no second allowance', () => {
  const windows = createWindows();
  for (let count = 0; count < 5; count++) windows.take('app:1', 5, START);
  assert.equal(windows.take('app:1', 5, START - 120_000).allowed, false);
});

test('Retry-After is the rest of the window in whole seconds, at least one', () => {
  const taken = createWindows().take('app:1', 5, START);
  assert.equal(retryAfterSeconds(taken, START), 60);
  assert.equal(retryAfterSeconds(taken, START + 1), 60);
  assert.equal(retryAfterSeconds(taken, START + 59_999), 1);
  assert.equal(retryAfterSeconds(taken, START + 70_000), 1);
});

test('memory is bounded: keys past the bound share a counter and never exceed their limit', () => {
  const windows = createWindows(2);
  windows.take('a', 3, START);
  windows.take('b', 3, START);
  let allowed = 0;
  for (let count = 0; count < 9; count++) if (windows.take(`c${count}`, 3, START).allowed) allowed++;
  assert.equal(allowed, 3);
  assert.equal(windows.take('a', 3, START).remaining, 1);
});

test('Remaining never rises within a window and never more than the limit passes, whatever the limits and times', () => {
  const step = fc.record({
    limit: fc.integer({ min: 0, max: 20 }),
    offsetMs: fc.integer({ min: 0, max: 59_999 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const windows = createWindows();
      let last = Infinity;
      let passed = 0;
      for (const { limit, offsetMs } of steps) {
        const taken = windows.take('k', limit, START + offsetMs);
        assert.ok(taken.remaining <= last);
        assert.ok(taken.remaining <= taken.limit);
        last = taken.remaining;
        if (taken.allowed) passed++;
      }
      assert.ok(passed <= Math.max(0, ...steps.map((one) => one.limit)));
    }),
  );
});
