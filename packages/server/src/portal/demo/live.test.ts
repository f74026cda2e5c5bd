import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../gateway/decision.ts';
import { createLive } from './live.ts';

const decision = (given: Partial<Decision>): Decision => ({
  atMs: 1_000,
  requestId: 'r',
  method: 'GET',
  path: '/v1.0/leads',
  status: 401,
  reason: 'no-credential',
  durationMs: 2,
  ...given,
});

test('keeps the last ten decisions, newest first', () => {
  const live = createLive();
  for (let i = 0; i < 25; i += 1) live.decided(decision({ requestId: String(i) }));
  assert.deepEqual(
    live.state().decisions.map(({ requestId }) => requestId),
    ['24', '23', '22', '21', '20', '19', '18', '17', '16', '15'],
  );
});

test('the cut is measured from the newest Disconnect to the first call refused after it', () => {
  const live = createLive();
  const refused = (atMs: number) => live.decided(decision({ atMs, reason: 'bad-credential' }));
  refused(500);
  assert.equal(live.state().cutAfterMs, undefined);
  live.disconnected(900);
  live.disconnected(1_000);
  live.decided(decision({ atMs: 1_010 }));
  assert.equal(live.state().cutAfterMs, undefined, 'a call without a credential proves nothing');
  refused(1_041);
  refused(9_000);
  assert.equal(live.state().cutAfterMs, 41);
});

test('only what was answered counts as connected', () => {
  const live = createLive();
  live.decided(decision({ appId: 1, status: 403, reason: 'not-permitted' }));
  live.decided(decision({ appId: 2, status: 404, reason: 'ok' }));
  assert.deepEqual([...live.state().answeredApps], []);
  live.decided(decision({ appId: 3, status: 200, reason: 'ok' }));
  live.decided(decision({ keyPublicId: 'key_1', status: 200, reason: 'ok' }));
  assert.deepEqual([...live.state().answeredApps], [3]);
  assert.ok(live.state().answeredKey && live.state().notPermitted && !live.state().knocked);
});
