// Whatever is sent: no 5xx, JSON where JSON is promised, no stack and no header of the sender's making (fast-check, bounded).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { endpoints } from './endpoints.ts';
import type { Endpoint } from './endpoints.ts';
import { exchange } from './http/exchange.ts';
import type { Reply } from './http/exchange.ts';
import { signedInAs } from './person/sign-in.ts';
import { issuer, personAs } from './target.ts';

/** Enough to meet every branch of a parser often, few enough to stay under every throttle. */
const RUNS = 30;
const SEED = 20_261_122;
const settings = { numRuns: RUNS, seed: SEED, endOnFailure: true } as const;

const parameter = fc.constantFrom(
  'grant_type',
  'code',
  'code_verifier',
  'redirect_uri',
  'refresh_token',
  'scope',
  'token',
  'customer_key',
  'device_code',
  'response_type',
  'state',
  'userCode',
  'email',
  'limit',
);
const odd = fc.constantFrom(
  '',
  '%',
  '%00',
  '%ff',
  '\u0000',
  '../',
  'lk_rt_',
  'lk_code_AA',
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
  '[object Object]',
  '__proto__',
  '9007199254740993',
);
const value = fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }));
const name = fc.oneof({ weight: 4, arbitrary: parameter }, { weight: 1, arbitrary: value });
const pairs = fc.array(fc.tuple(name, value), { maxLength: 8 });

const wellFormed = (text: string): string => text.toWellFormed();
const formText = pairs.map((list) =>
  list
    .map(([key, text]) => `${encodeURIComponent(wellFormed(key))}=${encodeURIComponent(wellFormed(text))}`)
    .join('&'),
);
const body = fc.oneof(
  formText,
  pairs.map((list) => list.map((pair) => pair.join('=')).join('&')),
  fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.stringify(json)),
  pairs.map((list) => JSON.stringify(Object.fromEntries(list))),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);
const type = fc.constantFrom(
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
  ';',
);
const method = fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS');
/** What an HTTP client can put into a target. */
const query = fc
  .string({ unit: fc.constantFrom(...'abc=&%;+?/.\\{}[]<>"\'|^~0fF2'), maxLength: 80 })
  .map((text) => (text === '' ? '' : `?${text}`));

type Sent = {
  readonly method: string;
  readonly query: string;
  readonly type: string;
  readonly body: string | Uint8Array;
};
const sent: fc.Arbitrary<Sent> = fc.record({
  method,
  query: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query }),
  type,
  body,
});

const send = (endpoint: Endpoint, input: Sent): Promise<Reply> =>
  exchange(issuer, `${endpoint.path}${input.query}`, {
    method: input.method,
    headers: {
      'content-type': input.type,
      ...(endpoint.authorization === undefined ? {} : { authorization: endpoint.authorization }),
    },
    ...(input.method === 'GET' ? {} : { body: input.body }),
  });

const assertHolds = (reply: Reply, promisesJson: boolean): void => {
  assert.ok(reply.status < 500, `${reply.status} ${reply.text.slice(0, 200)}`);
  assert.doesNotMatch(reply.text, /node:internal|\.ts:\d+/);
  if (!promisesJson || reply.text === '') return;
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  assert.doesNotThrow(() => JSON.parse(reply.text));
};

describe('arbitrary input', () => {
  for (const endpoint of endpoints)
    it(`${endpoint.path} answers below 500, in JSON`, async () => {
      await fc.assert(
        fc.asyncProperty(sent, async (input) => assertHolds(await send(endpoint, input), true)),
        settings,
      );
    });

  it('every machine endpoint answers arbitrary input below 500, in JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...endpoints), sent, async (endpoint, input) =>
        assertHolds(await send(endpoint, input), true),
      ),
      { ...settings, numRuns: RUNS * 3 },
    );
  });

  it('the gateway answers arbitrary paths and credentials below 500, in JSON', async () => {
    const credential = fc.oneof(
      odd,
      fc.string({ unit: fc.constantFrom(...'Bearertokn lk_at.eyJ-=,;:AZ09'), maxLength: 80 }),
    );
    const path = fc.string({ unit: fc.constantFrom(...'abc/.%2e5f;\\~AZ09-'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(path, credential, method, async (rest, authorization, verb) => {
        // The HTTP client refuses controls in a header value before they reach the server.
        const headers = { authorization: authorization.replaceAll(/[^\x20-\x7e]/g, '') };
        assertHolds(await exchange(issuer, `/v1.0/${rest}`, { method: verb, headers }), true);
      }),
      { ...settings, numRuns: RUNS * 3 },
    );
  });

  it('pages answer arbitrary queries and posts below 500', async () => {
    const person = await signedInAs(personAs('agent'));
    const cookie = person.cookies();
    const page = fc.constantFrom(
      '/oauth/authorize',
      '/page/vendor-auth.html',
      '/sign-in',
      '/cli-auth',
      '/device',
      '/oauth/code',
      '/settings/integrations/api',
      '/settings/integrations/api/new',
      '/settings/integrations/authorizations',
      '/developer/authorizations',
      '/developer/apps/new',
    );
    const asked = fc.oneof(
      query,
      formText.map((text) => `?${text}`),
    );
    await fc.assert(
      fc.asyncProperty(page, asked, fc.boolean(), sent, async (path, search, posts, input) => {
        const reply = await exchange(issuer, `${path}${search}`, {
          method: posts ? 'POST' : 'GET',
          headers: { cookie, origin: issuer, 'content-type': input.type },
          ...(posts ? { body: input.body } : {}),
        });
        assertHolds(reply, false);
      }),
      { ...settings, numRuns: RUNS * 4 },
    );
  });
});
