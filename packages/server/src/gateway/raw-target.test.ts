import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetProblem } from './raw-target.ts';

const HOSTILE: Record<string, string> = {
  '': 'not-a-path',
  '*': 'not-a-path',
  'v1.0/leads': 'not-a-path',
  'http://api.test/v1.0/leads': 'not-a-path',
  'api.test:443': 'not-a-path',
  '/v1.0/leads#x': 'fragment',
  '/v1.0/leads?a#x': 'fragment',
  '/v1.0\\leads': 'backslash',
  '/v1.0/leads;v=1': 'parameter',
  '/v1.0/..;/admin': 'parameter',
  '//v1.0/leads': 'empty-segment',
  '/v1.0//leads': 'empty-segment',
  '/v1.0/leads//': 'empty-segment',
  '/./v1.0/leads': 'dot-segment',
  '/v1.0/../admin': 'dot-segment',
  '/v1.0/leads/..': 'dot-segment',
  '/v1.0/leads/.': 'dot-segment',
  '/v1.0/%2e%2e/admin': 'dot-segment',
  '/v1.0/%2E./admin': 'dot-segment',
  '/v1.0/.%2e': 'dot-segment',
  '/v1.0/%2e': 'dot-segment',
  '/v1.0/leads%2f1': 'encoded-separator',
  '/v1.0/leads%2F..%2Fadmin': 'encoded-separator',
  '/v1.0/..%5cadmin': 'encoded-separator',
  '/v1.0/%252e%252e/admin': 'encoded-separator',
  '/v1.0/a%252fb': 'encoded-separator',
  '/v1.0/a%25252Fb': 'encoded-separator',
  '/v1.0/%c0%ae%c0%ae/admin': 'encoded-separator',
  '/v1.0/%C0%AFadmin': 'encoded-separator',
  '/v1.0/leads/%00': 'encoded-control',
  '/v1.0/leads/%0d%0aX: y': 'odd-byte',
  '/v1.0/leads/%0d%0aX:y': 'encoded-control',
  '/v1.0/leads/%7f': 'encoded-control',
  '/v1.0/leads/%': 'encoded-control',
  '/v1.0/leads/%g0': 'encoded-control',
  '/v1.0/leads\u0000': 'odd-byte',
  '/v1.0/leads\t': 'odd-byte',
  '/v1.0/le ads': 'odd-byte',
  '/v1.0/l\u00e9ads': 'odd-byte',
  '/v1.0/leads?q=\u00e9': 'odd-byte',
  '/v1.0/leads\u007f': 'odd-byte',
  [`/${'a'.repeat(13_000)}`]: 'too-long',
};

for (const [target, problem] of Object.entries(HOSTILE))
  test(`target ${JSON.stringify(target.slice(0, 40))} is refused, not normalised: ${problem} [security 61]`, () => {
    assert.equal(targetProblem(target, target.split('?', 1)[0] ?? ''), problem);
  });

const USUAL = [
  '/',
  '/v1.0/leads',
  '/v1.0/leads/',
  '/v1.0/leads/9007199254740993',
  '/v1.0/leads/a.b..c',
  '/v1.0/leads/...',
  '/v1.0/leads/.hidden',
  '/v1.0/leads/a%20b',
  '/v1.0/leads/%C3%A9',
  '/v1.0/leads/50%25',
  '/v1.0/leads/file%2epdf',
  "/v1.0/leads/(a)*'!$&+,=:@~_-",
  '/v1.0/leads?path=../..//x;y\\z&u=http://a//b&e=%2e%2f%5c',
];

for (const target of USUAL)
  test(`target ${target} is left alone`, () => {
    assert.equal(targetProblem(target, target.split('?', 1)[0] ?? ''), undefined);
  });
