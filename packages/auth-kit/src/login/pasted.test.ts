import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPasted } from './pasted.ts';

const page = 'https://api.example.com/oauth/code';
const loopback = 'http://127.0.0.1:5123/callback';
const targets = { state: 'our-state', page, loopback };
const read = (text: string): string => {
  const found = readPasted(text, targets);
  if (found.verdict !== 'taken') return found.verdict;
  return `${found.redirectUri} ${found.parameters.get('code') ?? found.parameters.get('error') ?? ''}`;
};

test('a pasted code or address is this sign-in’s only with its state, and knows where it was sent', () => {
  for (const [text, verdict] of [
    ['lk_code_abc#our-state', `${page} lk_code_abc`],
    [' lk_code_\n abc#our-state\n', `${page} lk_code_abc`],
    [`${loopback}?code=abc&state=our-state`, `${loopback} abc`],
    [`${page}?code=abc&state=our-state&iss=x`, `${page} abc`],
    [`${loopback}?error=access_denied&state=our-state`, `${loopback} access_denied`],
    ['lk_code_abc#their-state', 'other-sign-in'],
    ['lk_code_abc', 'not-a-code'],
    ['#our-state', 'not-a-code'],
    ['', 'not-a-code'],
    [`${loopback}?code=abc&state=their-state`, 'other-sign-in'],
    [`${loopback}?code=abc&state=our-state&state=our-state`, 'other-sign-in'],
    ['http://127.0.0.1:9/callback?code=abc&state=our-state', 'other-sign-in'],
    ['https://evil.example/oauth/code?code=abc&state=our-state', 'other-sign-in'],
    [loopback, 'not-a-code'],
    ['https://', 'not-a-code'],
  ] as const) {
    assert.equal(read(text), verdict, text);
  }
});

test('a server without a code page takes addresses only', () => {
  assert.equal(readPasted('abc#our-state', { ...targets, page: undefined }).verdict, 'not-a-code');
});
