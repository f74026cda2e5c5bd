// The generated OpenAPI document holds to the rules of OpenAPI 3.1 that its readers stand on, and to the operations.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { catalogueFromOpenApi, problemText } from '../domain/permissions/from-openapi.ts';
import { describedOperations } from './describe.ts';
import { openApiDocument, openApiText } from './openapi.ts';
import { apiOperations, pathParameters } from './table.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Fields = { readonly [name: string]: Json };

const facts = { issuer: 'https://portal.example', brand: 'Demo CRM' };
const text = openApiText(facts);
const root = JSON.parse(text) as Fields;
const fields = (value: Json | undefined): Fields => {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return value as Fields;
};
const word = (value: Json | undefined): string => {
  assert.ok(typeof value === 'string');
  return value;
};
const list = (value: Json | undefined): readonly Json[] => {
  assert.ok(Array.isArray(value));
  return value as readonly Json[];
};

const walk = (value: Json, visit: (found: Fields, place: string) => void, place = '#'): void => {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Fields, place);
  for (const [name, inside] of Object.entries(value)) walk(inside as Json, visit, `${place}/${name}`);
};

const operationsIn = () =>
  Object.entries(fields(root['paths'])).flatMap(([path, item]) =>
    Object.entries(fields(item)).map(([method, operation]) => ({
      path,
      method,
      operation: fields(operation),
    })),
  );

const SCHEMA_WORDS = new Set([
  'type',
  'format',
  'description',
  'enum',
  'const',
  'default',
  'examples',
  'minLength',
  'maxLength',
  'pattern',
  'contentEncoding',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'properties',
  'required',
  'items',
  'anyOf',
  'additionalProperties',
  'title',
  '$ref',
  'propertyNames',
  'not',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'uniqueItems',
]);
const TYPES = new Set(['string', 'integer', 'number', 'boolean', 'array', 'object', 'null']);

const checkSchema = (schema: Fields, place: string): void => {
  for (const word of Object.keys(schema)) assert.ok(SCHEMA_WORDS.has(word), `${place}: ${word}`);
  if (schema['type'] !== undefined)
    assert.ok(TYPES.has(word(schema['type'])), `${place}: ${word(schema['type'])}`);
  if (schema['type'] === 'array') assert.ok(schema['items'] !== undefined, `${place}: items`);
  const properties = schema['properties'] === undefined ? {} : fields(schema['properties']);
  for (const name of schema['required'] === undefined ? [] : list(schema['required']))
    assert.ok(Object.hasOwn(properties, word(name)), `${place}: requires ${word(name)}`);
  for (const [name, inside] of Object.entries(properties)) checkSchema(fields(inside), `${place}.${name}`);
  if (schema['items'] !== undefined) checkSchema(fields(schema['items']), `${place}[]`);
  for (const one of schema['anyOf'] === undefined ? [] : list(schema['anyOf']))
    checkSchema(fields(one), place);
};

test('has the shape of an OpenAPI 3.1 document', () => {
  assert.match(word(root['openapi']), /^3\.1\.\d$/);
  assert.equal(typeof fields(root['info'])['title'], 'string');
  assert.equal(typeof fields(root['info'])['version'], 'string');
  assert.deepEqual(list(root['servers']), [{ url: facts.issuer }]);
  assert.deepEqual(
    Object.keys(root).filter(
      (name) => !['openapi', 'info', 'servers', 'tags', 'paths', 'components'].includes(name),
    ),
    [],
  );
});

test('holds every operation once, with an id of its own', () => {
  const ids = operationsIn().map(({ operation }) => operation['operationId']);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(new Set(ids), new Set(apiOperations.map(({ id }) => id)));
  const tags = list(root['tags']).map((tag) => fields(tag)['name']);
  for (const { operation } of operationsIn())
    for (const tag of list(operation['tags'])) assert.ok(tags.includes(tag), word(tag));
});

test('every reference leads to something in the document', () => {
  let count = 0;
  walk(root, (found, place) => {
    const ref = found['$ref'];
    if (typeof ref !== 'string') return;
    count += 1;
    assert.match(ref, /^#\//, place);
    let at: Json | undefined = root;
    for (const part of ref.slice(2).split('/'))
      at = fields(at)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    assert.ok(at !== undefined, `${place}: ${ref}`);
  });
  assert.ok(count > 100);
});

test('every parameter of a path is declared once and required, and no other is', () => {
  for (const { path, method, operation } of operationsIn()) {
    assert.match(path, /^\/api(\/([a-z-]+|\{\w+\}))+$/);
    assert.ok(['get', 'post'].includes(method));
    const parameters = list(operation['parameters']).map(fields);
    const inPath = parameters.filter((one) => one['in'] === 'path');
    assert.deepEqual(new Set(inPath.map((one) => one['name'])), new Set(pathParameters(path)), path);
    for (const one of inPath) assert.equal(one['required'], true);
    const names = parameters.map((one) => `${word(one['in'])} ${word(one['name'])}`);
    assert.equal(new Set(names).size, names.length);
    assert.equal(operation['requestBody'] === undefined, method === 'get', path);
    for (const one of parameters) checkSchema(fields(one['schema']), `${path} ${word(one['name'])}`);
  }
});

test('no two paths differ in the names of their parameters alone', () => {
  const shapes = Object.keys(fields(root['paths'])).map((path) => path.replaceAll(/\{\w+\}/g, '{}'));
  assert.equal(new Set(shapes).size, shapes.length);
});

test('every operation says what it answers and refuses, with schemas of known words', () => {
  const schemes = Object.keys(fields(fields(root['components'])['securitySchemes']));
  for (const { path, operation } of operationsIn()) {
    const responses = fields(operation['responses']);
    assert.ok(
      Object.keys(responses).some((status) => /^20[04]$/.test(status)),
      path,
    );
    assert.ok(Object.hasOwn(responses, '400'), path);
    for (const [status, response] of Object.entries(responses)) {
      assert.match(status, /^[2-5]\d\d$/);
      assert.equal(typeof fields(response)['description'], 'string');
      const content = fields(response)['content'];
      if (content !== undefined)
        checkSchema(fields(fields(fields(content)['application/json'])['schema']), path);
    }
    for (const wanted of list(operation['security']))
      for (const name of Object.keys(fields(wanted))) assert.ok(schemes.includes(name));
    if (operation['requestBody'] !== undefined) {
      const media = fields(fields(fields(operation['requestBody'])['content'])['application/json']);
      checkSchema(fields(media['schema']), path);
      assert.equal(fields(media['schema'])['additionalProperties'], false, `${path} takes unknown fields`);
    }
  }
});

test('every example is good: inputs pass the operation itself, answers its schema', () => {
  const byId = new Map(apiOperations.map((op) => [op.id, op]));
  for (const op of describedOperations()) {
    const { input, output } = byId.get(op.id) ?? assert.fail();
    const parts = Object.fromEntries(op.pathFields.map((name) => [name, 'app_5Ww2dQ0cX1k']));
    const parsed = v.safeParse(input, { ...op.inputExample, ...parts });
    assert.ok(
      parsed.success,
      `${op.id}: ${JSON.stringify(op.inputExample)} ${JSON.stringify(parsed.issues?.map(({ message, path }) => [path?.[0]?.key, message]))}`,
    );
    const answer = v.safeParse(output, op.outputExample);
    assert.ok(answer.success, `${op.id}: ${JSON.stringify(op.outputExample)}`);
  }
});

test('our own reader of OpenAPI documents takes it, and finds the same operations', () => {
  const read = catalogueFromOpenApi(text);
  assert.ok('catalogue' in read, 'problems' in read ? read.problems.map(problemText).join('\n') : '');
  assert.deepEqual(
    new Set(read.catalogue.permissions.map(({ id, method, path }) => `${id} ${method} ${path}`)),
    new Set(apiOperations.map(({ id, http: [method, path] }) => `${id} ${method} ${path}`)),
  );
});

test('what needs a fresh authentication is for no key, and every rule of the table is told', () => {
  for (const op of apiOperations) if (op.stepUp) assert.equal(op.sessionOnly, true, op.id);
  const document = openApiDocument(facts);
  const security = (id: string) =>
    operationsIn().find(({ operation }) => operation['operationId'] === id)?.operation['security'];
  assert.deepEqual(security('apps.list'), [{ session: [] }, { managementKey: [] }]);
  assert.deepEqual(security('keys.create'), [{ session: [] }]);
  assert.deepEqual(security('sessions.sign-in'), []);
  assert.equal(document.components.securitySchemes.session.name, '__Host-latchkey-session');
});
