import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PUBLISHES, transition, TRANSITIONS, type LifecycleEvent, type Standing } from './lifecycle.ts';

const events = Object.keys(TRANSITIONS) as LifecycleEvent[];
const start: Standing = { status: 'development' };
const histories = fc.array(fc.constantFrom(...events), { maxLength: 40 });

/** Every standing on the way, with the event that led there; impossible events change nothing. */
const walk = (
  history: readonly LifecycleEvent[],
): { event: LifecycleEvent; from: Standing; to: Standing }[] => {
  let at = start;
  return history.flatMap((event) => {
    const to = transition(at, event);
    if (to === undefined) return [];
    const step = { event, from: at, to };
    at = to;
    return [step];
  });
};

test('an app gets to production only by a reviewer approving a submission', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { event, from, to } of walk(history)) {
        if (to.status === 'production' && from.status !== 'production') {
          assert.equal(event, 'approve');
          assert.equal(from.status, 'under-review');
        }
      }
    }),
  );
});

test('whatever happens to an edit, a production app stays in production', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { from, to } of walk(history))
        if (from.status === 'production') assert.equal(to.status, 'production');
    }),
  );
});

test('an edit is published only after it was approved, or by its approval', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { event, from } of walk(history)) {
        if (!PUBLISHES.has(event)) continue;
        assert.equal(from.edit, event === 'publish-edit' ? 'approved' : 'under-review');
      }
    }),
  );
});

test('only production apps have an edit beside them', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { to } of walk(history)) if (to.edit !== undefined) assert.equal(to.status, 'production');
    }),
  );
});

test('nothing under review can be changed, and no second edit can be proposed beside one', () => {
  assert.equal(transition({ status: 'under-review' }, 'change'), undefined);
  assert.equal(transition({ status: 'production' }, 'change'), undefined);
  for (const edit of ['under-review', 'approved', 'declined'] as const)
    assert.equal(transition({ status: 'production', edit }, 'propose-edit'), undefined);
});

test('from every standing that can be reached there is a way on', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const at = walk(history).at(-1)?.to ?? start;
      assert.ok(events.some((event) => transition(at, event) !== undefined));
    }),
  );
});

test('a declined app can be put right and submitted again (document 003: Resubmit)', () => {
  const declined: Standing = { status: 'declined' };
  assert.deepEqual(transition(declined, 'change'), declined);
  assert.deepEqual(transition(declined, 'submit'), { status: 'under-review' });
});
