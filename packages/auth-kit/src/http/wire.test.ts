// The small readers of http/: addresses, redaction, Retry-After, token answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { checkBaseUrl, checkCredentialUrl } from './base-url.ts';
import { redactText } from './redact.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { networkReason } from './send.ts';
import { readTokens } from './token-endpoint.ts';

test('a base URL is https, or http on this machine, without anything that could hide a host or a secret', () => {
  for (const [text, expected] of [
    ['https://api.lofty.com', 'https://api.lofty.com'],
    ['https://api.lofty.com///', 'https://api.lofty.com'],
    ['http://localhost:4000/', 'http://localhost:4000'],
    ['http://127.0.0.1:4000/base', 'http://127.0.0.1:4000/base'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ] as const) {
    const answer = checkBaseUrl(text, 'BASE');
    assert.ok(answer.ok && answer.value === expected, text);
  }
  for (const [text, kind] of [
    ['http://api.lofty.com', 'insecure'],
    ['http://127.0.0.1.evil.example', 'insecure'],
    ['http://localhost.evil.example', 'insecure'],
    ['ftp://api.lofty.com', 'configuration'],
    ['https://me:secret@api.lofty.com', 'configuration'],
    ['https://api.lofty.com?x=1', 'configuration'],
    ['https://api.lofty.com#x', 'configuration'],
    ['api.lofty.com', 'configuration'],
    ['', 'configuration'],
  ] as const) {
    const answer = checkBaseUrl(text, 'BASE');
    assert.ok(!answer.ok && answer.failure.kind === kind, text);
    assert.match(answer.failure.reason, /BASE/);
  }
  assert.ok(checkCredentialUrl('https://x.example/t?tenant=1', 'URL').ok);
  assert.ok(!checkCredentialUrl('javascript:alert(1)', 'URL').ok);
});

test('[cli 10] a secret is hidden in every spelling it travels in [security 31]', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9_-]{16,40}$/).map((text) => `canary${text}`);
  const wrap: readonly ((secret: string) => string)[] = [
    (s) => `authorization: Bearer ${s}`,
    (s) => `"Authorization":"token ${s}"`,
    (s) => `Cookie: session=${s}; other=1`,
    (s) => `grant_type=refresh_token&refresh_token=${s}&client_id=x`,
    (s) => `client_secret=${s}`,
    (s) => `https://a.example/cb?state=x&code=${s}#frag`,
    (s) => `{"access_token":"${s}","expires_in":3600}`,
    (s) => `{ "device_code" : "${s}" }`,
    (s) => `{"session_id": "${s}\\"quoted"}`,
    (s) => `sent Bearer ${s} to`,
    (s) => `key loomta_sk_${s}`,
    (s) => `lk_rt_${s}`,
    (s) => `https://user:${s}@host.example/`,
  ];
  fc.assert(
    fc.property(secret, fc.constantFrom(...wrap), (text, inside) => {
      assert.ok(!redactText(inside(text)).includes(text), inside(text));
    }),
  );
});

test('what is no secret stays readable', () => {
  for (const text of [
    'GET /v1.0/leads?limit=3 200',
    '{"expires_in":3600,"token_type":"Bearer"}',
    'x-ratelimit-limit: 100',
  ]) {
    assert.equal(redactText(text), text);
  }
});

test('[cli 13] Retry-After is read as seconds or as a date by the server clock', () => {
  const at = Date.parse('Tue, 17 Nov 2026 10:00:00 GMT');
  const read = (headers: Record<string, string>): number | undefined =>
    retryAfterSeconds(new Headers(headers), at);
  assert.equal(read({ 'retry-after': '7' }), 7);
  assert.equal(read({ 'retry-after': 'Tue, 17 Nov 2026 10:00:30 GMT' }), 30);
  assert.equal(
    read({ 'retry-after': 'Tue, 17 Nov 2026 11:00:30 GMT', date: 'Tue, 17 Nov 2026 11:00:00 GMT' }),
    30,
  );
  assert.equal(read({ 'retry-after': 'Tue, 17 Nov 2026 09:00:00 GMT' }), 0);
  assert.equal(read({ 'retry-after': '-1' }), undefined);
  assert.equal(read({ 'retry-after': 'soon' }), undefined);
  assert.equal(read({}), undefined);
});

test('a token that could break out of a header line is no token', () => {
  const read = (answer: Record<string, unknown>): unknown => readTokens(answer, 'https://x', 1000);
  assert.deepEqual(
    read({ access_token: 'a', expires_in: 60, token_type: 'bearer', refresh_token: 'r', scope: 'openApi' }),
    {
      accessToken: 'a',
      expiresAt: 61_000,
      refreshToken: 'r',
      scope: 'openApi',
      obtainedAt: 1000,
      issuer: 'https://x',
    },
  );
  assert.deepEqual(read({ access_token: 'a', expires_in: '60' }), {
    accessToken: 'a',
    expiresAt: 61_000,
    obtainedAt: 1000,
    issuer: 'https://x',
  });
  for (const bad of ['', 'a b', 'a\r\nx: y', 'ä', 5, null, undefined, {}])
    assert.equal(read({ access_token: bad }), undefined);
  assert.equal(read({ access_token: 'a', token_type: 'mac' }), undefined);
});

test('a network error is named by its first cause that has a name', () => {
  const coded = (code: string): Error => Object.assign(new Error('x'), { code });
  assert.equal(
    networkReason(new TypeError('fetch failed', { cause: coded('ENOTFOUND') })),
    'the host name is not known',
  );
  assert.equal(
    networkReason(new TypeError('fetch failed', { cause: new AggregateError([coded('ECONNREFUSED')]) })),
    'connection refused',
  );
  assert.match(
    networkReason(new TypeError('x', { cause: coded('SELF_SIGNED_CERT_IN_CHAIN') })),
    /NODE_EXTRA_CA_CERTS/,
  );
  assert.equal(networkReason('what'), 'the connection failed');
});
