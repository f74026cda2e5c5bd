import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DialectName } from '../domain/permissions/permission.ts';
import { authorizationOf, DOUBLED, hasTokenInQuery, readCredential } from './credential.ts';

const SETTINGS = { opaqueKeyPrefix: 'loomta_sk_', legacyRawKey: true };
const JWS = 'eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln';

const read = (
  authorization: string | undefined,
  dialect: DialectName = 'lofty',
  settings = SETTINGS,
): string => {
  const result = readCredential(authorization, undefined, dialect, settings);
  return typeof result === 'string' ? result : `${result.kind} ${result.text}`;
};

const LOFTY: [authorization: string | undefined, is: string][] = [
  ['Bearer lk_at_x', 'access-token lk_at_x'],
  ['bearer lk_at_x', 'access-token lk_at_x'],
  ['BEARER   lk_at_x', 'access-token lk_at_x'],
  [`token ${JWS}`, `api-key ${JWS}`],
  [`Token ${JWS}`, `api-key ${JWS}`],
  ['token loomta_sk_x', 'api-key loomta_sk_x'],
  [JWS, `api-key ${JWS}`],
  ['loomta_sk_x', 'api-key loomta_sk_x'],
  [`Bearer ${JWS}`, 'key-as-bearer'],
  ['Bearer loomta_sk_x', 'key-as-bearer'],
  ['token lk_at_x', 'token-as-key'],
  ['lk_at_x', 'token-as-key'],
  ['Bearer lk_rt_x', 'bad-credential'],
  ['Bearer lk_secret_x', 'bad-credential'],
  ['token lk_rt_x', 'bad-credential'],
  ['token anything', 'bad-credential'],
  ['anything', 'bad-credential'],
  ['token eyJ.only.', 'bad-credential'],
  ['token loomta_sk_', 'bad-credential'],
  ['token loomta_sk_a/b', 'bad-credential'],
  [`Bearer lk_at_${'x'.repeat(5000)}`, 'bad-credential'],
  ['Basic dXNlcjpwYXNz', 'unknown-scheme'],
  ['Digest username="a", realm="b"', 'unknown-scheme'],
  [undefined, 'no-credential'],
  ['', 'no-credential'],
  ['Bearer', 'no-credential'],
  ['token', 'no-credential'],
  ['Bearer lk_at_x lk_at_y', 'two-credentials'],
  ['Bearer lk_at_x, Bearer lk_at_y', 'two-credentials'],
  [`token ${JWS},${JWS}`, 'two-credentials'],
];

for (const [authorization, is] of LOFTY)
  test(`on Lofty paths ${JSON.stringify(authorization?.slice(0, 48))} is read as ${is.slice(0, 40)}`, () => {
    assert.equal(read(authorization), is);
  });

const LOOMTA: [authorization: string | undefined, is: string][] = [
  ['Bearer loomta_sk_x', 'api-key loomta_sk_x'],
  ['loomta_sk_x', 'no-credential'],
  ['token loomta_sk_x', 'no-credential'],
  [undefined, 'no-credential'],
  ['Bearer', 'no-credential'],
  ['Basic eDp5', 'no-credential'],
  ['Bearer lk_at_x', 'bad-credential'],
  [`Bearer ${JWS}`, 'bad-credential'],
  ['Bearer other_sk_x', 'bad-credential'],
];

for (const [authorization, is] of LOOMTA)
  test(`on Loomta paths ${JSON.stringify(authorization?.slice(0, 48))} is read as ${is}`, () => {
    assert.equal(read(authorization, 'loomta'), is);
  });

test('the raw legacy form can be switched off', () => {
  assert.equal(read(JWS, 'lofty', { ...SETTINGS, legacyRawKey: false }), 'unknown-scheme');
});

test('two Authorization headers are two credentials, in whatever case they are written', () => {
  assert.equal(authorizationOf(['authorization', 'a', 'X', 'y', 'AUTHORIZATION', 'a']), DOUBLED);
  assert.equal(authorizationOf(['Host', 'x', 'Authorization', 'a']), 'a');
  assert.equal(authorizationOf(['Host', 'x']), undefined);
  assert.equal(readCredential(DOUBLED, undefined, 'lofty', SETTINGS), 'two-credentials');
  // No value can pass for the marker.
  assert.equal(read('doubled'), 'bad-credential');
});

test('a token in the query is refused in every spelling a server would read as that name [security 29]', () => {
  const found = [
    'access_token=x',
    'a=b&access_token=x',
    'access_token',
    'ACCESS_TOKEN=x',
    'a;access_token=1',
  ];
  for (const query of [...found, 'access%5Ftoken=x', '%61ccess_token=x', 'a=1&%61%63cess_token'])
    assert.equal(hasTokenInQuery(query), true, query);
  const others = ['', 'my_access_token=x', 'access_tokens=x', 'a=access_token', 'q=%zz', '%zz=1', undefined];
  for (const query of others) assert.equal(hasTokenInQuery(query), false, String(query));
  assert.equal(readCredential(undefined, 'access_token=x', 'lofty', SETTINGS), 'token-in-query');
  assert.equal(readCredential('Bearer lk_at_x', 'access_token=x', 'loomta', SETTINGS), 'two-credentials');
});
