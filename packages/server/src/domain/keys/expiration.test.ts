import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expirationMs } from './expiration.ts';

const instant = (day: string, zone: string): string | undefined => {
  const ms = expirationMs(day, zone);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

test('a key ends at 12:01 AM of the day in its maker’s zone, winter and summer', () => {
  assert.equal(instant('2027-01-15', 'America/New_York'), '2027-01-15T05:01:00.000Z');
  assert.equal(instant('2027-07-15', 'America/New_York'), '2027-07-15T04:01:00.000Z');
  assert.equal(instant('2027-07-15', 'UTC'), '2027-07-15T00:01:00.000Z');
});

test('where midnight does not exist that night, the key ends at the first minute that does', () => {
  // Santiago skips from 24:00 to 01:00 on 2026-09-06.
  assert.equal(instant('2026-09-06', 'America/Santiago'), '2026-09-06T04:01:00.000Z');
});

test('what is no day of the calendar is refused', () => {
  for (const day of ['2027-02-30', '2027-13-01', '27-01-01', 'soon', '', '2027-01-01T00:00', '0000-00-00'])
    assert.equal(expirationMs(day, 'UTC'), undefined);
});
