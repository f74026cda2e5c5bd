import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRig, valuesOf, withRig } from './testing/rig.ts';

const TOKEN = 'Authorization: Bearer lk_at_reader\r\n';
const request = (lines: string, target = '/v1.0/leads', method = 'GET'): string =>
  `${method} ${target} HTTP/1.1\r\nHost: x\r\n${lines}Connection: close\r\n\r\n`;

const FORGED: [name: string, lines: string][] = [
  ['as it is', 'X-Latchkey-User: 1\r\n'],
  ['in small letters', 'x-latchkey-user: 1\r\n'],
  ['in capitals', 'X-LATCHKEY-USER: 1\r\n'],
  ['with underscores', 'X_Latchkey_User: 1\r\n'],
  ['with dots', 'x.latchkey.user: 1\r\n'],
  ['with both', 'X_Latchkey.User: 1\r\n'],
  ['doubled', 'X-Latchkey-User: 1\r\nx-latchkey-user: 1\r\n'],
  ['beside ours in Connection', 'X-Latchkey-User: 1\r\nConnection: x-latchkey-user, x-latchkey-key\r\n'],
  ['as a name of ours not used yet', 'X-Latchkey-Admin: 1\r\nX_Latchkey_Admin: 1\r\n'],
];

for (const [name, lines] of FORGED)
  test(`identity headers that the caller sends ${name} never reach the upstream [security 60]`, () =>
    withRig({}, async ({ sendRaw, seen }) => {
      const reply = await sendRaw(request(lines + TOKEN));
      assert.match(reply, /^HTTP\/1\.1 200 /);
      const names = (seen[0]?.rawHeaders ?? []).filter((_, index) => index % 2 === 0);
      const ours = names.filter((one) => /^x.latchkey/i.test(one)).toSorted();
      assert.deepEqual(ours, [
        'x-latchkey-app',
        'x-latchkey-key',
        'x-latchkey-permissions',
        'x-latchkey-user',
        'x-latchkey-workspace',
      ]);
      assert.deepEqual(valuesOf(seen[0], 'x-latchkey-user'), ['9007199254740993']);
    }));

test('credentials, cookies, forwarding claims, method overrides and hop-by-hop headers stay behind [security 60]', () =>
  withRig({}, async ({ sendRaw, seen }) => {
    const lines = [
      'Cookie: session=1',
      'Proxy-Authorization: Basic eDp5',
      'Forwarded: for=1.2.3.4',
      'X-Forwarded-For: 1.2.3.4',
      'X_Forwarded_For: 1.2.3.4',
      'X-Forwarded-Host: evil.test',
      'X-Forwarded-Proto: http',
      'X-Forwarded-User: admin',
      'X-Real-IP: 1.2.3.4',
      'X-Original-URL: /admin',
      'X-Rewrite-URL: /admin',
      'X-HTTP-Method-Override: DELETE',
      'X.HTTP.Method.Override: DELETE',
      'Remote-User: admin',
      'X-Request-Id: mine',
      'TE: trailers',
      'Keep-Alive: timeout=5',
      'Connection: x-hop, X-Kept-Not',
      'X-Hop: 1',
      'X-Kept-Not: 1',
      'X-Kept: yes',
      'X-Kept: again',
    ];
    await sendRaw(request(`${lines.join('\r\n')}\r\n${TOKEN}`));
    const got = seen[0];
    const gone =
      'authorization cookie proxy-authorization forwarded x_forwarded_for x-forwarded-user x-real-ip x-original-url ' +
      'x-rewrite-url x-http-method-override x.http.method.override remote-user te x-hop x-kept-not';
    for (const name of gone.split(' ')) assert.deepEqual(valuesOf(got, name), [], name);
    assert.deepEqual(valuesOf(got, 'x-forwarded-for'), ['203.0.113.9']);
    assert.deepEqual(valuesOf(got, 'x-forwarded-host'), ['api.example.test']);
    assert.deepEqual(valuesOf(got, 'x-forwarded-proto'), ['https']);
    assert.deepEqual(valuesOf(got, 'x-request-id'), ['request-1']);
    assert.deepEqual(valuesOf(got, 'x-kept'), ['yes', 'again']);
  }));

const TARGETS = [
  '/v1.0/leads/../leads',
  '/v1.0/leads/%2e%2e/leads',
  '//v1.0/leads',
  '/v1.0//leads',
  '/v1.0/leads;x=1',
  '/v1.0/leads%2f1',
  '/v1.0/leads%5c1',
  '/v1.0\\leads',
  '/v1.0/leads#a',
  'http://x/v1.0/leads',
];

for (const target of TARGETS)
  test(`target ${target} is 400 over a real socket and the upstream hears nothing [security 61]`, () =>
    withRig({}, async ({ sendRaw, seen }) => {
      assert.match(await sendRaw(request(TOKEN, target)), /^HTTP\/1\.1 400 /);
      assert.equal(seen.length, 0);
    }));

const SMUGGLED = '0\r\n\r\nDELETE /v1.0/leads/1 HTTP/1.1\r\nHost: x\r\n\r\n';
const SMUGGLING: [name: string, bytes: string][] = [
  [
    'length and chunks at once',
    request(`${TOKEN}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, '/v1.0/leads', 'POST') + SMUGGLED,
  ],
  ['two lengths', request(`${TOKEN}Content-Length: 5\r\nContent-Length: 6\r\n`, '/v1.0/leads', 'POST')],
  ['a list of lengths', request(`${TOKEN}Content-Length: 5, 5\r\n`, '/v1.0/leads', 'POST')],
  [
    'an odd transfer coding',
    request(`${TOKEN}Transfer-Encoding: xchunked\r\n`, '/v1.0/leads', 'POST') + SMUGGLED,
  ],
  [
    'chunked not last',
    request(`${TOKEN}Transfer-Encoding: chunked, identity\r\n`, '/v1.0/leads', 'POST') + SMUGGLED,
  ],
  [
    'a space before the colon',
    request(`${TOKEN}Transfer-Encoding : chunked\r\n`, '/v1.0/leads', 'POST') + SMUGGLED,
  ],
  ['a bare line feed', `GET /v1.0/leads HTTP/1.1\nHost: x\n${TOKEN}\n`],
  ['a bare carriage return', request(`${TOKEN}X-A: b\rX-Latchkey-User: 1\r\n`)],
  ['a NUL in a header', request(`${TOKEN}X-A: b\u0000c\r\n`)],
  ['a folded line', request(`${TOKEN}X-A: b\r\n X-Latchkey-User: 1\r\n`)],
  ['no Host', `GET /v1.0/leads HTTP/1.1\r\n${TOKEN}Connection: close\r\n\r\n`],
];

for (const [name, bytes] of SMUGGLING)
  test(`a request with ${name} is refused as a whole; nothing is smuggled [security 61]`, () =>
    withRig({}, async ({ sendRaw, seen }) => {
      const reply = await sendRaw(bytes);
      assert.match(reply, /^HTTP\/1\.1 400 /);
      assert.doesNotMatch(reply, /HTTP\/1\.1 2/);
      assert.equal(seen.length, 0);
    }));

test('a header of a megabyte is refused, and an upgrade is an ordinary request [security 66]', () =>
  withRig({}, async ({ sendRaw, seen }) => {
    const large = await sendRaw(request(`${TOKEN}X-A: ${'a'.repeat(1_000_000)}\r\n`));
    assert.match(large, /^(HTTP\/1\.1 431 |$)/);
    assert.equal(seen.length, 0);
    const upgrade = `GET /v1.0/leads HTTP/1.1\r\nHost: x\r\n${TOKEN}Upgrade: websocket\r\nConnection: upgrade, close\r\n\r\n`;
    assert.match(await sendRaw(upgrade), /^HTTP\/1\.1 200 /);
    assert.deepEqual(valuesOf(seen[0], 'upgrade'), []);
  }));

const piece = fc.oneof(
  fc.constantFrom(
    'v1.0',
    'leads',
    'public',
    '..',
    '.',
    '',
    '%2e',
    '%2F',
    ';',
    '\\',
    'notes',
    '%',
    '#',
    '?',
    '&',
  ),
  fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~%?&=;:@!$\'()*+,|"<>^`{}[]\\'), maxLength: 8 }),
);
const headerName = fc.oneof(
  fc.constantFrom(
    'X-Latchkey-User',
    'x_latchkey_app',
    'Connection',
    'X-Forwarded-For',
    'Cookie',
    'Host2',
    'Via',
  ),
  fc.string({ unit: fc.constantFrom(...'abXY-_.019!#$%&'), minLength: 1, maxLength: 12 }),
);
const headerValue = fc.string({ unit: fc.constantFrom(...'abc XYZ,;="\t\u00e9\u00ff:/@-_.'), maxLength: 24 });

test('whatever targets and headers come, we never fail, and the upstream sees only our identity headers [security 60, 61]', async () => {
  const requestsPerMinute = { development: 1e9, production: 1e9, apiKey: 1e9 };
  const rig = await createRig({ settings: { requestsPerMinute } });
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 5 }),
        fc.array(fc.tuple(headerName, headerValue), { maxLength: 5 }),
        fc.boolean(),
        async (pieces, headers, known) => {
          rig.seen.length = 0;
          const target = known ? `/v1.0/leads?${pieces.join('')}` : `/${pieces.join('/')}`;
          const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
          const reply = await rig.sendRaw(request(lines + TOKEN, target));
          assert.match(reply, /^HTTP\/1\.1 [24]/);
          for (const got of rig.seen) {
            assert.equal(got.url, target);
            assert.deepEqual(valuesOf(got, 'x-latchkey-user'), ['9007199254740993']);
            assert.deepEqual(valuesOf(got, 'x-forwarded-for'), ['203.0.113.9']);
            assert.deepEqual(valuesOf(got, 'authorization'), []);
            const names = got.rawHeaders.filter((_, index) => index % 2 === 0);
            assert.equal(names.filter((name) => /^x[-_.]latchkey/i.test(name)).length, 5);
          }
        },
      ),
      { numRuns: 300 },
    );
    assert.deepEqual(rig.errors, []);
  } finally {
    await rig.close();
  }
});
