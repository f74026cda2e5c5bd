// Bad input on every machine endpoint and page form: the documented or RFC error, never a 5xx, and nothing left behind.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { productionApp, vendor } from './apps/known.ts';
import { vendorAuthAddress } from './apps/tokens.ts';
import { endpoints, formEndpoints, gatewayEndpoints, jsonEndpoints } from './endpoints.ts';
import type { Endpoint } from './endpoints.ts';
import { assertJson, assertOAuthError } from './expect.ts';
import { exchange } from './http/exchange.ts';
import type { Reply } from './http/exchange.ts';
import { DASHBOARD, REGISTER } from './person/developer.ts';
import type { Page, Person } from './person/person.ts';
import { CONNECTIONS, KEYS, openCreateKey } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { issuer, personAs } from './target.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const post = (
  endpoint: Endpoint,
  body: string | Uint8Array,
  type: string | undefined = endpoint.takes === 'form' ? FORM : JSON_TYPE,
): Promise<Reply> =>
  exchange(issuer, endpoint.path, {
    method: 'POST',
    headers: {
      ...(type === '' ? {} : { 'content-type': type }),
      ...(endpoint.authorization === undefined ? {} : { authorization: endpoint.authorization }),
    },
    body,
  });

const fieldsOf = (endpoint: Endpoint): string => new URLSearchParams(endpoint.fields).toString();
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** JSON in the endpoint's own shape of failure, and nothing of a stack. */
const assertRefused = (endpoint: Endpoint, reply: Reply, what: string): void => {
  assert.ok(
    reply.status >= 400 && reply.status < 500,
    `${endpoint.path}, ${what}: ${reply.status} ${reply.text.slice(0, 200)}`,
  );
  assertJson(reply);
  const body = JSON.parse(reply.text) as Record<string, unknown>;
  const name = endpoint.shape === 'gateway' ? 'message' : 'error';
  assert.equal(typeof body[name], 'string', `${endpoint.path}, ${what}: ${reply.text}`);
  assert.doesNotMatch(reply.text, /at .+:\d+:\d+|node:|\.ts\b/);
};

describe('bad input at the form endpoints', () => {
  it('a parameter sent twice: 400 invalid_request [security 7]', async () => {
    for (const endpoint of formEndpoints) {
      const [name = ''] = Object.keys(endpoint.fields ?? {});
      const reply = await post(endpoint, `${fieldsOf(endpoint)}&${name}=again`);
      assertOAuthError(reply, 400, 'invalid_request');
    }
  });

  it('bytes that are not UTF-8, raw or percent-encoded, and NUL: 400 invalid_request [security 7]', async () => {
    for (const endpoint of formEndpoints)
      for (const body of [
        bytes(fieldsOf(endpoint), '&state=', [0xff, 0xfe]),
        bytes(fieldsOf(endpoint), '&state=', [0xc0, 0xaf]),
        `${fieldsOf(endpoint)}&state=%ff`,
        `${fieldsOf(endpoint)}&state=%c0%af`,
        `${fieldsOf(endpoint)}&state=%zz`,
        `${fieldsOf(endpoint)}&state=%00`,
      ])
        assertOAuthError(await post(endpoint, body), 400, 'invalid_request');
  });

  it('another content type, or none: 400 invalid_request', async () => {
    for (const endpoint of formEndpoints)
      for (const type of [
        'text/plain',
        JSON_TYPE,
        'multipart/form-data; boundary=x',
        `${FORM}; charset=utf-16`,
        '',
      ])
        assertOAuthError(await post(endpoint, fieldsOf(endpoint), type), 400, 'invalid_request');
  });

  it('a body, a value or a number of parameters beyond the bounds: 400 invalid_request [security 66]', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `p${n}=1`).join('&');
    for (const endpoint of formEndpoints)
      for (const body of [
        `${fieldsOf(endpoint)}&state=${'a'.repeat(200_000)}`,
        `${fieldsOf(endpoint)}&${many}`,
      ])
        assertOAuthError(await post(endpoint, body), 400, 'invalid_request');
  });

  it('an empty body: an error that names what is missing', async () => {
    for (const endpoint of formEndpoints) assertRefused(endpoint, await post(endpoint, ''), 'empty');
  });

  it('arrays and objects in parameter names: no other meaning than their text [security 7]', async () => {
    for (const endpoint of formEndpoints.filter(({ authorization }) => authorization !== undefined))
      for (const body of ['grant_type[]=refresh_token', 'token[a]=x', '__proto__=x', 'constructor=x'])
        assertOAuthError(await post(endpoint, body), 400, 'invalid_request');
  });
});

describe('bad input at the JSON endpoints', () => {
  const broken: readonly (string | Uint8Array)[] = [
    '{',
    'null',
    '[]',
    '"text"',
    '1',
    '{"device_code":{"a":1},"userCode":["x"],"email":1,"password":null}',
    '{"device_code":"a\\u0000b","userCode":"a\\u0000b","email":"a\\u0000b","password":"x"}',
    bytes('{"device_code":"', [0xff], '","userCode":"x","email":"x","password":"x"}'),
    `{"device_code":"${'a'.repeat(100_000)}"}`,
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ];

  it('what is no JSON object of the documented fields: 4xx with error, and no device request', async () => {
    for (const endpoint of jsonEndpoints.filter(({ path }) => path !== '/auth/device/start'))
      for (const body of broken)
        assertRefused(endpoint, await post(endpoint, body), String(body).slice(0, 40));
  });

  it('a start with a broken body: 400 invalid_request', async () => {
    const [start] = jsonEndpoints;
    assert.ok(start);
    for (const body of ['{', 'null', '[]', '"x"', bytes('{"a":"', [0xff], '"}')])
      assertRefused(start, await post(start, body), String(body));
  });

  it('another content type: refused, so that no form of another site can post here [security 13]', async () => {
    for (const endpoint of jsonEndpoints)
      for (const type of ['text/plain', FORM, 'multipart/form-data; boundary=x'])
        assertRefused(endpoint, await post(endpoint, JSON.stringify(endpoint.fields), type), type);
  });
});

describe('bad input everywhere', () => {
  it('a method that an endpoint does not take: 405 with Allow', async () => {
    for (const endpoint of [...formEndpoints, ...jsonEndpoints])
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE'].filter(
        (one) => !endpoint.methods.includes(one),
      )) {
        const reply = await exchange(issuer, endpoint.path, { method });
        assert.equal(reply.status, 405, `${method} ${endpoint.path}`);
        assert.match(reply.headers.allow ?? '', /POST/);
        assertJson(reply);
      }
  });

  it('at the gateway: 4xx in its own shape, for methods, bodies and types alike', async () => {
    for (const endpoint of gatewayEndpoints)
      for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE']) {
        const headers = { authorization: endpoint.authorization ?? '' };
        const reply = await exchange(issuer, endpoint.path, { method, headers });
        assertRefused(endpoint, reply, method);
      }
    const leads = gatewayEndpoints.find(({ path }) => path === '/v1.0/leads');
    assert.ok(leads);
    for (const body of [
      '{',
      '[]',
      '{"leadId":1e999}',
      bytes('{"firstName":"', [0xff], '"}'),
      '{"firstName":{}}',
    ])
      assertRefused(leads, await post(leads, body), String(body));
  });

  it('headers beyond the bounds: 4xx, and the connection goes on for others [security 66]', async () => {
    const reply = await exchange(issuer, '/v1.0/me', { headers: { 'x-large': 'a'.repeat(60_000) } });
    assert.ok(reply.status >= 400 && reply.status < 500, String(reply.status));
    for (const endpoint of endpoints.slice(0, 2))
      assertRefused(endpoint, await post(endpoint, ''), 'after it');
  });

  it('an Authorization header that is odd or huge: 4xx with a challenge', async () => {
    for (const authorization of [
      'Basic',
      'Basic =',
      'basic YTpi',
      'Digest x',
      'Bearer',
      'a'.repeat(9000),
      '%00',
    ])
      for (const endpoint of [...formEndpoints.slice(0, 4), ...gatewayEndpoints]) {
        const reply = await exchange(issuer, endpoint.path, {
          method: endpoint.methods[0] ?? 'POST',
          headers: { authorization, 'content-type': FORM },
          ...(endpoint.takes === 'form' ? { body: fieldsOf(endpoint) } : {}),
        });
        assertRefused(endpoint, reply, authorization.slice(0, 20));
      }
  });
});

type PageForm = {
  readonly what: string;
  readonly who: 'agent' | 'vendor';
  readonly open: (person: Person) => Promise<Page>;
  readonly button: string;
  readonly field: string;
};

const pageForms: readonly PageForm[] = [
  {
    what: 'sign-in',
    who: 'agent',
    open: (person) => person.open('/sign-in'),
    button: 'Sign in',
    field: 'email',
  },
  {
    what: 'consent',
    who: 'agent',
    open: (person) => person.open(vendorAuthAddress(productionApp)),
    button: 'Authorize',
    field: 'workspace',
  },
  {
    what: 'device code',
    who: 'agent',
    open: (person) => person.open('/cli-auth'),
    button: 'Continue',
    field: 'user_code',
  },
  { what: 'new API key', who: 'agent', open: openCreateKey, button: 'Create key', field: 'name' },
  {
    what: 'registration',
    who: 'vendor',
    open: (person) => person.open(REGISTER),
    button: 'Submit',
    field: 'name',
  },
];

const assertPage = (reply: Reply, what: string): void => {
  assert.ok(
    reply.status >= 400 && reply.status < 500,
    `${what}: ${reply.status} ${reply.text.slice(0, 300)}`,
  );
  assert.match(reply.headers['content-type'] ?? '', /^text\/html/, what);
  assert.equal(reply.headers.location, undefined, what);
  assert.doesNotMatch(reply.text, /at .+:\d+:\d+|node:internal/);
};

describe('bad input at the forms of pages', () => {
  const state = async (): Promise<string> => {
    const agent = await signedInAs(personAs('agent'));
    const developer = await signedInAs(vendor);
    const pages = [await agent.open(KEYS), await agent.open(CONNECTIONS), await developer.open(DASHBOARD)];
    return pages.map(({ links }) => links.map(({ href }) => href).join('\n')).join('\n');
  };

  it('doubled, oversized, non-UTF-8 or NUL fields: a 4xx page, no redirect, and nothing left behind [security 7]', async () => {
    for (const { what, who, open, button, field } of pageForms) {
      const person = await signedInAs(personAs(who));
      const bodies: readonly ((sent: string) => string | Uint8Array)[] = [
        (sent) => `${sent}&csrf=again`,
        (sent) => `${sent}&${field}=one&${field}=two`,
        (sent) => bytes(`${sent}&extra=`, [0xff, 0xfe]),
        (sent) => `${sent}&${field}=%ff`,
        (sent) => `${sent}&extra=%00`,
        (sent) => `${sent}&extra=${'a'.repeat(300_000)}`,
      ];
      const page = await open(person);
      const before = await state();
      for (const [index, body] of bodies.entries()) {
        const reply = await person.forge(page, button, {
          outgoing: (outgoing) => ({ ...outgoing, body: body(String(outgoing.body)) }),
        });
        assertPage(reply, `${what} ${index}`);
      }
      assert.equal(await state(), before, what);
    }
  });

  it('another content type: a 4xx page [security 13]', async () => {
    for (const { what, who, open, button } of pageForms) {
      const person = await signedInAs(personAs(who));
      const page = await open(person);
      for (const type of ['text/plain', JSON_TYPE, 'multipart/form-data; boundary=zz', '']) {
        const reply = await person.forge(page, button, { headers: { 'content-type': type } });
        assertPage(reply, `${what} as ${type}`);
      }
    }
  });

  it('an empty form: the page again, with what is missing beside its field', async () => {
    for (const { what, who, open, button } of pageForms.filter(({ what }) => what !== 'consent')) {
      const person = await signedInAs(personAs(who));
      const reply = await person.forge(await open(person), button, {});
      assertPage(reply, what);
      assert.match(reply.text, /aria-invalid|role="alert"|error-summary|tabindex="-1"/);
    }
  });

  it('odd ids in addresses: 404, the same for everybody', async () => {
    const person = await signedInAs(vendor);
    for (const path of [
      '/developer/apps/nothing',
      '/developer/apps/%00',
      '/developer/apps/..%2f..%2fetc',
      `/developer/apps/${'a'.repeat(5000)}`,
      '/settings/integrations/api/nothing/revoke',
      '/settings/integrations/authorizations/nothing',
      '/%ff',
      '/nothing?x=%ff',
    ]) {
      const { reply } = await person.open(path);
      assert.ok(reply.status === 404 || reply.status === 400, `${path.slice(0, 60)}: ${reply.status}`);
    }
  });

  it('pages by other methods: refused without a 5xx', async () => {
    for (const path of ['/', '/sign-in', '/cli-auth', KEYS, DASHBOARD, '/oauth/authorize'])
      for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'HEAD']) {
        const reply = await exchange(issuer, path, { method });
        assert.ok(reply.status < 500, `${method} ${path}: ${reply.status}`);
      }
  });
});
