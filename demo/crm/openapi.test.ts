import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import type { Running } from '../listen.ts';
import type { Json, JsonObject } from '../lossless-json.ts';
import { demoApps } from '../people.ts';
import { routes } from './routes.ts';
import { schemaErrors } from './schema-check.ts';
import { startCrm } from './server.ts';
import { caller, harbor, leadsOf, olive, textOf } from './testing.ts';

type Operation = JsonObject & { readonly operationId: string; readonly responses: JsonObject };
type Listed = {
  readonly method: string;
  readonly path: string;
  readonly item: JsonObject;
  readonly is: Operation;
};

const document = parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8'), {
  intAsBigInt: false,
}) as JsonObject & { readonly paths: Readonly<Record<string, JsonObject>> };

const methods = ['get', 'put', 'post', 'delete'];
const operations: readonly Listed[] = Object.entries(document.paths).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[method];
    return operation === undefined
      ? []
      : [{ method: method.toUpperCase(), path, item, is: operation as Operation }];
  }),
);

const at = (pointer: string): JsonObject =>
  pointer
    .split('/')
    .slice(1)
    .reduce<JsonObject>((node, key) => node[key] as JsonObject, document);

const resolved = (node: JsonObject): JsonObject => {
  const ref = node['$ref'];
  return typeof ref === 'string' ? at(ref) : node;
};

const schemaOf = (operationId: string, status: number): JsonObject => {
  const operation = operations.find(({ is }) => is.operationId === operationId);
  const response = operation?.is.responses[String(status)];
  assert.ok(response !== undefined, `${operationId} documents ${status}`);
  const content = resolved(response as JsonObject)['content'] as JsonObject;
  return (content['application/json'] as JsonObject)['schema'] as JsonObject;
};

const fits = (operationId: string, status: number, body: Json): void =>
  assert.deepEqual(schemaErrors(schemaOf(operationId, status), body, resolved), [], operationId);

describe('openapi.yaml', () => {
  test('lists exactly the endpoints that the CRM serves', () => {
    const served = Object.entries(routes).flatMap(([path, byMethod]) =>
      Object.keys(byMethod).map((method) => `${method} ${path}`),
    );
    assert.deepEqual(operations.map(({ method, path }) => `${method} ${path}`).sort(), served.sort());
  });

  test('gives every operation a unique id, a group, a summary, a sensitivity and the errors that it can answer', () => {
    const names = (document['tags'] as unknown as JsonObject[]).map((tag) => tag['name']);
    const ids = operations.map(({ is }) => is.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const { is } of operations) {
      assert.match(is.operationId, /^[a-z]+\.[a-z-]+$/);
      const tags = is['tags'] as readonly Json[];
      assert.equal(tags.length, 1);
      assert.ok(names.includes(tags[0]));
      assert.ok(typeof is['summary'] === 'string' && is['summary'].length > 8);
      assert.ok(['reads', 'changes', 'sends', 'deletes'].includes(textOf(is['x-latchkey-sensitivity'])));
      assert.ok('200' in is.responses && '401' in is.responses);
    }
  });

  test('makes POST /v1.0/me no permission of its own but an alias of the GET', () => {
    const aliases = operations.filter(({ is }) => is['x-latchkey-permission'] !== undefined);
    assert.deepEqual(
      aliases.map(({ method, path, is }) => [method, path, is['x-latchkey-permission'], is['deprecated']]),
      [['POST', '/v1.0/me', 'me.get', true]],
    );
  });

  test('says which dialect each path speaks', () => {
    assert.equal(document['x-latchkey-dialect'], 'lofty');
    for (const { path, item } of operations) {
      assert.equal(item['x-latchkey-dialect'], path.startsWith('/public/') ? 'loomta' : undefined);
    }
  });

  test('holds every permission that a demo app asks for, and deleting leads is none of them', () => {
    const ids = new Set(operations.map(({ is }) => is.operationId));
    for (const app of demoApps) {
      for (const id of app.permissions) assert.ok(ids.has(id), `${app.name} asks for ${id}`);
      assert.ok(!app.permissions.includes('leads.delete'));
    }
  });

  test('has only examples that fit their schemas', () => {
    let seen = 0;
    const visit = (node: Json | undefined): void => {
      if (typeof node !== 'object' || node === null) return;
      const { schema, example, examples } = node as JsonObject;
      const values = Object.values((examples ?? {}) as JsonObject).map(
        (one) => (one as JsonObject)['value'] ?? null,
      );
      for (const value of example === undefined ? values : [example]) {
        if (schema === undefined) continue;
        assert.deepEqual(schemaErrors(schema as JsonObject, value, resolved), [], JSON.stringify(value));
        seen += 1;
      }
      for (const inner of Object.values(node)) visit(inner);
    };
    visit(document);
    assert.ok(seen > 12);
  });
});

describe('the demo CRM answers as openapi.yaml says', () => {
  let crm: Running;
  let call: ReturnType<typeof caller>;
  before(async () => {
    crm = await startCrm({ port: 0 });
    call = caller(crm.url, { workspace: harbor, user: olive });
  });
  after(() => crm.close());

  const check = async (
    operationId: string,
    target: string,
    body?: Json,
    status = 200,
  ): Promise<JsonObject> => {
    const operation = operations.find(({ is }) => is.operationId === operationId);
    const reply = await call(operation?.method ?? '', target, body);
    assert.equal(reply.status, status, reply.text);
    fits(operationId, status, reply.json);
    return reply.json;
  };

  test('on success, for every operation', async () => {
    const done = new Set<string>();
    const run = (id: string, target: string, body?: Json): Promise<JsonObject> => {
      done.add(id);
      return check(id, target, body);
    };
    await run('me.get', '/v1.0/me');
    await run('me.get-by-post', '/v1.0/me');
    await run('members.list', '/v1.0/members');
    await run('org.get', '/v1.0/org');
    await run('leads.list', '/v1.0/leads?limit=100');
    const { leadId } = await run('leads.create', '/v1.0/leads', { firstName: 'Ana', birthday: null });
    const lead = `/v1.0/leads/${textOf(leadId)}`;
    await run('leads.get', lead);
    await run('leads.update', lead, { tags: ['New tag'], city: 'Kent' });
    await run('leads.assign', `${lead}/assignment`, { assignedUserId: olive });
    await run('leads.delete', lead, { reason: 'Test' });
    const { subscribeId } = await run('webhooks.create', '/v1.0/webhook', {
      listId: 12,
      callbackUrl: 'https://hooks.example/',
    });
    await run('webhooks.list', '/v1.0/webhooks');
    await run('webhooks.delete', `/v1.0/webhook/${textOf(subscribeId)}`);
    const { platforms } = await run('platforms.list', '/public/v1/platforms');
    const [platform] = platforms as unknown as JsonObject[];
    await run('platforms.schema', `/public/v1/platforms/${textOf(platform?.['id'])}/schema`);
    assert.deepEqual([...done].sort(), operations.map(({ is }) => is.operationId).sort());
  });

  test('on refusals', async () => {
    const [lead] = leadsOf(await call('GET', '/v1.0/leads?limit=1'));
    await check('leads.list', '/v1.0/leads?limit=0', undefined, 400);
    await check('leads.create', '/v1.0/leads', {}, 400);
    await check('leads.delete', `/v1.0/leads/${textOf(lead?.['leadId'])}`, undefined, 400);
    await check('leads.get', '/v1.0/leads/1', undefined, 404);
    await check('webhooks.delete', '/v1.0/webhook/1', undefined, 404);
    await check('platforms.schema', '/public/v1/platforms/x/schema', undefined, 400);
  });
});
