import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieValue, createCookieJar } from './cookies.ts';

test('cookies are Secure and bound to the host, except on http loopback where browsers would drop them', () => {
  const production = createCookieJar('https://id.example.com');
  assert.equal(
    production.set(production.session, 'abc', 60),
    '__Host-latchkey-session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
  );
  for (const issuer of ['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000']) {
    const demo = createCookieJar(issuer);
    assert.equal(
      demo.set(demo.session, 'abc', 60),
      'latchkey-session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    );
  }
  const odd = createCookieJar('http://id.example.com');
  assert.match(odd.set(odd.session, 'abc', 60), /^__Host-.*; Secure$/);
  assert.match(production.clear(production.session), /^__Host-latchkey-session=; Max-Age=0;/);
});

test('a cookie that is there twice is nobody’s, and names do not run into each other', () => {
  assert.equal(cookieValue('a=1; b=2', 'b'), '2');
  assert.equal(cookieValue('ab=1; b=2', 'b'), '2');
  assert.equal(cookieValue('b=1; b=2', 'b'), undefined);
  assert.equal(cookieValue('b="quoted"', 'b'), undefined);
  assert.equal(cookieValue(undefined, 'b'), undefined);
});
