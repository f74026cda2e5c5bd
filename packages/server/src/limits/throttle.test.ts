import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressBlock } from './address-block.ts';
import { createThrottle } from './throttle.ts';

const RATE = { failures: 10, perMs: 600_000 };

test('ten failures are free, then a source waits for as long as one of them takes to be forgotten', () => {
  const throttle = createThrottle(RATE);
  for (let count = 0; count < 10; count++) {
    assert.equal(throttle.waitSeconds(['203.0.113.0/24'], 0), 0);
    throttle.failed(['203.0.113.0/24'], 0);
  }
  assert.equal(throttle.waitSeconds(['203.0.113.0/24'], 0), 60);
  assert.equal(throttle.waitSeconds(['203.0.113.0/24'], 59_000), 1);
  assert.equal(throttle.waitSeconds(['203.0.113.0/24'], 60_000), 0);
});

test('guessing on and on lets through no more than the rate, however long it lasts [security 41]', () => {
  const throttle = createThrottle(RATE);
  let tried = 0;
  for (let atMs = 0; atMs < 3_600_000; atMs += 1_000) {
    if (throttle.waitSeconds(['s'], atMs) > 0) continue;
    tried++;
    throttle.failed(['s'], atMs);
  }
  assert.ok(tried <= 10 + 60, `${tried} tries`);
});

test("strangers' failures never make the owner wait: another source is not counted with them [security 38]", () => {
  const throttle = createThrottle(RATE);
  for (let count = 0; count < 100; count++) throttle.failed(['app:7|198.51.100.0/24'], 0);
  assert.ok(throttle.waitSeconds(['app:7|198.51.100.0/24'], 0) > 0);
  assert.equal(throttle.waitSeconds(['app:7|203.0.113.0/24'], 0), 0);
});

test('of several keys the longest wait counts, and success forgives', () => {
  const throttle = createThrottle({ failures: 1, perMs: 10_000 });
  throttle.failed(['a'], 0);
  throttle.failed(['b'], 5_000);
  assert.equal(throttle.waitSeconds(['a', 'b', 'c'], 5_000), 10);
  throttle.succeeded(['b']);
  assert.equal(throttle.waitSeconds(['a', 'b', 'c'], 5_000), 5);
});

test('memory is bounded: past it the source that failed longest ago is forgotten', () => {
  const throttle = createThrottle({ failures: 1, perMs: 1_000_000 }, 2);
  throttle.failed(['a'], 0);
  throttle.failed(['b'], 1);
  throttle.failed(['a'], 2);
  throttle.failed(['c'], 3);
  assert.ok(throttle.waitSeconds(['a'], 4) > 0);
  assert.equal(throttle.waitSeconds(['b'], 4), 0);
});

test('an address counts with its neighbours: rotating inside a /64 or a /24 gains nothing [security 63]', () => {
  const blocks: Record<string, string> = {
    '203.0.113.7': '203.0.113.0/24',
    '203.0.113.255': '203.0.113.0/24',
    '::ffff:203.0.113.9': '203.0.113.0/24',
    '::FFFF:cb00:7109': '203.0.113.0/24',
    '0:0:0:0:0:ffff:203.0.113.9': '203.0.113.0/24',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '2001:DB8:1:2::': '2001:db8:1:2::/64',
    '2001:0db8:0001:0002:ffff::1': '2001:db8:1:2::/64',
    '2001:db8::1': '2001:db8:0:0::/64',
    '::1': '0:0:0:0::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    '': 'unknown',
    localhost: 'unknown',
    '203.0.113.7, 10.0.0.1': 'unknown',
    '203.0.113': 'unknown',
  };
  const found = Object.keys(blocks).map((ip): [string, string] => [ip, addressBlock(ip)]);
  assert.deepEqual(Object.fromEntries(found), blocks);
});
