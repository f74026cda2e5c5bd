import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { emailText, isEmail, requiredText } from './text-rules.ts';

const GOOD = [
  'a@b.test',
  'A.B+c@sub.example.com',
  "o'neil@x.test",
  'ü@exämple.test',
  '-a@b.test',
  'a..b@c.test',
];
const BAD = [
  'a',
  'a@b',
  '@b.test',
  'a@b.test, c@d.test',
  'a@b.test,c@d.test',
  'a@b.test;c@d.test',
  'Ari <a@b.test>',
  '<a@b.test>',
  '"a b"@c.test',
  'a(b)@c.test',
  'a@b.test\r\nBcc: c@d.test',
  'a@b.test\u0000',
  'a@b.test\u007f',
  'a@[127.0.0.1]',
  'a@[IPv6:::1].test',
  '\u202ea@b.test',
  'a\u200b@b.test',
  'a@b\u2066.test',
  'a@b.test\ufeff.x',
];

test('an e-mail address is one address at a domain, and all of it can be seen', () => {
  for (const email of GOOD) assert.ok(isEmail(email), email);
  for (const email of BAD) assert.equal(isEmail(email), false, JSON.stringify(email));
  for (const email of BAD) assert.equal(v.safeParse(emailText, email).success, false, JSON.stringify(email));
  assert.equal(v.parse(emailText, '  a@b.test '), 'a@b.test');
});

test('a name has something in it that people can see', () => {
  const name = requiredText(20);
  for (const given of ['Demo', '\u202egpj.exe', '家', '👩‍💻'])
    assert.ok(v.safeParse(name, given).success, given);
  for (const given of ['', ' ', '\u200b', '\u202e\u202e', '\u2066 \u2069', '\ufeff'])
    assert.equal(v.safeParse(name, given).success, false, JSON.stringify(given));
});
