import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Catalogue } from './catalogue.ts';
import { exampleOf } from './example.ts';
import { catalogueFromOpenApi, problemText } from './from-openapi.ts';

const document = (paths: object, more: object = {}): string =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...more });

const read = (text: string): Catalogue => {
  const result = catalogueFromOpenApi(text);
  if ('problems' in result) assert.fail(result.problems.map(problemText).join('\n'));
  return result.catalogue;
};

const problemsOf = (text: string): string => {
  const result = catalogueFromOpenApi(text);
  if ('catalogue' in result) assert.fail('no problem was found');
  for (const problem of result.problems)
    for (const part of [problem.place, problem.problem, problem.fix]) assert.notEqual(part, '');
  return result.problems.map(problemText).join('\n');
};

const permissionIdAt = (catalogue: Catalogue, method: string, path: string): string => {
  const match = catalogue.match(method, path);
  if (match === 'unknown-path') return match;
  return 'permission' in match ? match.permission.id : `allowed: ${match.allowed.join(' ')}`;
};

test("the demo document becomes a catalogue; the POST on /v1.0/me shares the GET's permission", () => {
  const catalogue = read(readFileSync(new URL('../../../../../demo/openapi.yaml', import.meta.url), 'utf8'));
  assert.equal(permissionIdAt(catalogue, 'POST', '/v1.0/me'), permissionIdAt(catalogue, 'GET', '/v1.0/me'));
  const listed = catalogue.permissions.filter((permission) => permission.path === '/v1.0/me');
  assert.equal(listed.length, 1);
  assert.equal(catalogue.dialectOf('/public/v1/platforms'), 'loomta');
  assert.equal(catalogue.dialectOf('/public/v1/unknown'), 'loomta');
  assert.equal(catalogue.dialectOf('/v1.0/unknown'), 'lofty');
  assert.deepEqual([...catalogue.prefixes].toSorted(), ['/public/', '/v1.0/']);
  assert.deepEqual(catalogue.exactPaths, []);
  for (const permission of catalogue.permissions) assert.equal(catalogue.byId.get(permission.id), permission);
  assert.equal(
    catalogue.groups.reduce((sum, group) => sum + group.permissions.length, 0),
    catalogue.permissions.length,
  );
});

test('YAML and JSON are read alike, a byte order mark and comments included', () => {
  const yaml = '\uFEFF# ours\nopenapi: 3.0.3\npaths:\n  /pets:\n    get: { operationId: listPets }\n';
  assert.deepEqual(
    read(yaml).permissions,
    read(document({ '/pets': { get: { operationId: 'listPets' } } })).permissions,
  );
});

test('words and sensitivity come from the method, and from the extensions where they are given', () => {
  const catalogue = read(
    document(
      {
        '/v1/lead-notes': { get: {}, post: {} },
        '/v1/lead-notes/{id}': {
          delete: {},
          put: { deprecated: true },
          patch: { 'x-latchkey-sentence': 'Send a note', 'x-latchkey-sensitivity': 'sends' },
        },
        '/v1/people/{id}': { get: { tags: ['people'], summary: 'One person' } },
        '/v1/people': { get: { tags: ['people'] } },
      },
      { tags: [{ name: 'people', 'x-displayName': 'Colleagues' }] },
    ),
  );
  const words = catalogue.permissions.map((p) => [p.method, p.groupTitle, p.sentence, p.sensitivity]);
  assert.deepEqual(words, [
    ['GET', 'Lead notes', 'View lead notes', 'reads'],
    ['POST', 'Lead notes', 'Create lead notes', 'changes'],
    ['PUT', 'Lead notes', 'Change lead notes', 'changes'],
    ['PATCH', 'Lead notes', 'Send a note', 'sends'],
    ['DELETE', 'Lead notes', 'Delete lead notes', 'deletes'],
    ['GET', 'Colleagues', 'View colleagues (One person)', 'reads'],
    ['GET', 'Colleagues', 'View colleagues (GET /v1/people)', 'reads'],
  ]);
  assert.deepEqual(
    catalogue.groups.map((group) => group.group),
    ['people', 'lead-notes'],
  );
  assert.deepEqual(
    catalogue.permissions.filter((p) => p.deprecated).map((p) => p.method),
    ['PUT'],
  );
});

test('an operation without an id gets one from its method and path, the same each time', () => {
  const text = document({ '/v1.0/leads/{leadId}': { get: {} }, '/v1.0/leads': { get: {} } });
  const ids = read(text).permissions.map((permission) => permission.id);
  assert.deepEqual(ids, ['get.v1.0.leads.leadId', 'get.v1.0.leads']);
  assert.deepEqual(read(text).permissions, read(text).permissions);
});

test('the base path of the servers belongs to the path, and the nearest servers win', () => {
  const catalogue = read(
    document(
      {
        '/a': { get: { operationId: 'a' } },
        '/b': { servers: [{ url: '/own' }], get: { operationId: 'b' } },
        '/c': { get: { operationId: 'c', servers: [{ url: 'https://x.test' }] } },
      },
      { servers: [{ url: 'https://api.test/{stage}/v2/', variables: { stage: { default: 'live' } } }] },
    ),
  );
  assert.deepEqual(
    catalogue.permissions.map((permission) => permission.path),
    ['/live/v2/a', '/own/b', '/c'],
  );
  assert.equal(permissionIdAt(catalogue, 'GET', '/a'), 'unknown-path');
  assert.equal(permissionIdAt(catalogue, 'GET', '/live/v2/a'), 'a');
  assert.deepEqual(catalogue.exactPaths, ['/c']);
});

const LEADS = document({
  '/leads': { get: { operationId: 'list' }, post: { operationId: 'create' } },
  '/leads/{id}': { get: { operationId: 'get' }, delete: { operationId: 'delete' } },
  '/leads/search': { get: { operationId: 'search' } },
  '/leads/{id}/notes': { get: { operationId: 'notes' } },
  '/leads/{id}.csv': { get: { operationId: 'csv' } },
  '/leads/{id}/range/{from}...{to}': { get: { operationId: 'range' } },
});

test('a request path finds its endpoint on the raw bytes: static wins, nothing is decoded or folded [security 61]', () => {
  const catalogue = read(LEADS);
  const expected: Record<string, string> = {
    'GET /leads': 'list',
    'HEAD /leads': 'list',
    'POST /leads': 'create',
    'PUT /leads': 'allowed: GET HEAD POST',
    'GET /leads/7': 'get',
    'GET /leads/search': 'search',
    'DELETE /leads/search': 'allowed: GET HEAD',
    'GET /leads/search/notes': 'notes',
    'GET /leads/7.csv': 'csv',
    'GET /leads/.csv': 'get',
    'GET /leads/7/range/1...9': 'range',
    'GET /leads/7/range/1..9': 'unknown-path',
    'GET /leads/7/range/...9': 'unknown-path',
    'GET /leads/a%20b': 'get',
    'GET /leads/Search': 'unknown-path',
    'GET /leads/%73earch': 'unknown-path',
    'GET /leads/%zz': 'unknown-path',
    'GET /leads/': 'unknown-path',
    'GET /Leads': 'unknown-path',
    'GET /%6ceads': 'unknown-path',
    'GET /leads/7/': 'unknown-path',
    'GET /leads//notes': 'unknown-path',
    'GET /leads/7/notes/1': 'unknown-path',
    'GET /': 'unknown-path',
    'GET ': 'unknown-path',
    'get /leads': 'allowed: GET HEAD POST',
    'GET /constructor': 'unknown-path',
    'GET /leads/__proto__': 'get',
  };
  const found = Object.keys(expected).map((request): [string, string] => {
    const space = request.indexOf(' ');
    return [request, permissionIdAt(catalogue, request.slice(0, space), request.slice(space + 1))];
  });
  assert.deepEqual(Object.fromEntries(found), expected);
});

test('a path that starts with a parameter claims every path of a shared origin', () => {
  assert.deepEqual(read(document({ '/{tenant}/a': { get: {} }, '/b/c': { get: {} } })).prefixes, ['/']);
});

const BAD: Record<string, [text: string, says: RegExp]> = {
  'no document': ['', /not an object/],
  'broken YAML': ['openapi: [3', /cannot be read/],
  'broken JSON': ['{"openapi": ', /cannot be read/],
  'a list': ['[]', /not an object/],
  'nesting without end': ['['.repeat(200_000), /nested too deeply|cannot be read/],
  'aliases that multiply': [
    `a: &a [1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join()}]`).join('\n')}`,
    /cannot be read/,
  ],
  'too large': [' '.repeat(9_000_000), /at most/],
  'Swagger 2.0': ['swagger: "2.0"\npaths: {}', /swagger: Swagger 2\.0 is not read\. Convert/],
  'an unknown version': ['openapi: 4.0.0', /openapi: version "4\.0\.0" is not read/],
  'no version': ['info: {}', /openapi: the version is missing/],
  'no paths': [document({}), /paths: the document has no paths/],
  'a doubled id': [
    document({ '/a': { get: { operationId: 'x' } }, '/b': { get: { operationId: 'x' } } }),
    /paths\["\/b"\]\.get\.operationId: "x" is also the id of paths\["\/a"\]\.get/,
  ],
  'an id with a space': [document({ '/a': { get: { operationId: 'x y' } } }), /cannot be a permission id/],
  'an id that means everything': [
    document({ '/a': { get: { operationId: 'openApi' } } }),
    /every permission/,
  ],
  'parameters that differ in name only': [
    document({ '/a/{x}': { get: {} }, '/a/{y}': { post: {} } }),
    /"\/a\/\{y\}" and "\/a\/\{x\}" can mean the same request/,
  ],
  'paths that cross': [
    document({ '/a/{x}': { get: {} }, '/{y}/b': { get: {} } }),
    /can mean the same request/,
  ],
  'a reference to elsewhere': [
    document({ '/a': { $ref: 'https://evil.test/x.yaml#/a' } }),
    /paths\["\/a"\]: it refers to "https:\/\/evil\.test.* never followed/,
  ],
  'a reference to nowhere': [document({ '/a': { $ref: '#/components/x' } }), /which is not in the document/],
  'references in a circle': [
    document({ '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } }),
    /circle/,
  ],
  'a path without its slash': [document({ a: { get: {} } }), /does not start with/],
  'a path with a dot segment': [document({ '/a/../b': { get: {} } }), /dot segment/],
  'an empty segment': [document({ '/a//b': { get: {} } }), /empty segment/],
  'a brace alone': [document({ '/a/{b': { get: {} } }), /brace without its partner/],
  'a query in the path': [document({ '/a?b=1': { get: {} } }), /character that the gateway refuses/],
  'parameters without a gap': [document({ '/a/{b}{c}': { get: {} } }), /nothing between/],
  'an unknown dialect': [
    document({ '/a': { get: {}, 'x-latchkey-dialect': 'odd' } }),
    /one of lofty, loomta/,
  ],
  'an unknown sensitivity': [
    document({ '/a': { get: { 'x-latchkey-sensitivity': 'odd' } } }),
    /one of reads, changes, sends, deletes/,
  ],
  'an alias of nothing': [
    document({ '/a': { get: { 'x-latchkey-permission': 'none' } } }),
    /no operation has the operationId "none"/,
  ],
  'a server variable without a value': [
    document({ '/a': { get: {} } }, { servers: [{ url: 'https://x.test/{v}' }] }),
    /variable without a default/,
  ],
  'one request from two base paths': [
    document({ '/a/b': { get: {} }, '/b': { servers: [{ url: '/a' }], get: {} } }),
    /in the document twice/,
  ],
};

for (const [name, [text, says]] of Object.entries(BAD))
  test(`a document with ${name} is refused, saying where and how to put it right`, () => {
    assert.match(problemsOf(text), says);
  });

test('all problems of a document are told at once', () => {
  const text = document({ a: { get: {} }, '/b': { $ref: 'x' }, '/c': { get: { operationId: 'a b' } } });
  assert.equal(problemsOf(text).split('\n').length, 3);
});

test('an internal reference to a path is followed', () => {
  const text = document(
    { '/a': { $ref: '#/components/pathItems/shared' } },
    { components: { pathItems: { shared: { get: { operationId: 'shared' } } } } },
  );
  assert.equal(permissionIdAt(read(text), 'GET', '/a'), 'shared');
});

test('the example is the first endpoint that only reads and needs nothing filled in, one not on its way out before others', () => {
  const query = (required: boolean) => [{ name: 'q', in: 'query', required, schema: { type: 'string' } }];
  const paths = {
    '/v1/old': { get: { operationId: 'old', deprecated: true } },
    '/v1/sends': { get: { operationId: 'sends', 'x-latchkey-sensitivity': 'sends' } },
    '/v1/search': { get: { operationId: 'search', parameters: query(true) } },
    '/v1/below': { parameters: query(true), get: { operationId: 'below' } },
    '/v1/referred': { get: { operationId: 'referred', parameters: [{ $ref: '#/components/parameters/q' }] } },
    '/v1/one/{id}': { get: { operationId: 'one' } },
    '/v1/made': { post: { operationId: 'made' } },
    '/v1/relaxed': { parameters: query(true), get: { operationId: 'relaxed', parameters: query(false) } },
    '/v1/list': { get: { operationId: 'list' } },
  };
  const { permissions } = read(document(paths, { components: { parameters: { q: query(true)[0] } } }));
  assert.equal(exampleOf(permissions)?.id, 'relaxed');
  assert.equal(exampleOf(permissions, ['old', 'one', 'search', 'list'])?.id, 'list');
  assert.equal(exampleOf(permissions, ['old', 'one'])?.id, 'old');
  assert.equal(exampleOf(permissions, ['one', 'search', 'made', 'sends', 'below', 'referred']), undefined);
});
