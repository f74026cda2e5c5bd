// The reference of the management API: every operation and every error on a page of ours, where their links say.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openApiDocument } from '../../api/openapi.ts';
import { describedOperations } from '../../api/describe.ts';
import { databases } from '../../storage/testing/databases.ts';
import { startPortal, type TestPortal } from '../routes/testing/portal.ts';

describe('/docs/api over HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());

  it('has each operation with its address, fields, request, answer and refusals', async () => {
    const browser = portal.browser();
    const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'");
    for (const op of describedOperations()) {
      const page = await browser.get(`/docs/api/${op.id}`);
      assert.equal(page.status, 200, op.id);
      const section = plain(page.body);
      assert.ok(section.includes(`${op.method} ${op.path}`), op.id);
      for (const name of [...op.pathFields, ...Object.keys(op.input.properties ?? {})])
        assert.ok(section.includes(`>${name}</code>`), `${op.id} ${name}`);
      assert.ok(section.includes(`curl ${op.method === 'POST' ? '-X POST ' : ''}http`), op.id);
      for (const { code, common } of op.errors)
        if (!common) assert.ok(section.includes(`>${code}</code>`), `${op.id} ${code}`);
    }
  });

  it('prints addresses with values that look like those of the answers, not with names of fields', async () => {
    const browser = portal.browser();
    for (const op of describedOperations().filter(({ pathFields }) => pathFields.length > 0)) {
      const { body } = await browser.get(`/docs/api/${op.id}`);
      const address = /curl (?:-X POST )?http:\/\/[^/]+(\/[^\s<]*)/.exec(body)?.[1] ?? assert.fail(op.id);
      const parts = op.path.split('/');
      assert.equal(address.split('/').length, parts.length, op.id);
      for (const [index, value] of address.split('/').entries()) {
        const field = /^\{(\w+)\}$/.exec(parts[index] ?? '')?.[1];
        assert.notEqual(value, field, op.id);
      }
    }
  });

  it('every docs link of an error leads to its place', async () => {
    const browser = portal.browser();
    const document = JSON.stringify(openApiDocument({ issuer: portal.domain.settings.issuer, brand: 'x' }));
    const links = new Set(
      [...document.matchAll(/"docs":"https?:\/\/[^/"]+([^"]+)"/g)].map(([, link = '']) => link),
    );
    assert.ok(links.size > 50, `${links.size}`);
    const pages = new Map<string, string>();
    for (const link of links) {
      const [path = '', anchor = ''] = link.split('#');
      if (!pages.has(path)) pages.set(path, (await browser.get(path)).body);
      const wanted = anchor === '' ? `>${path.split('/').at(-1) ?? ''}</code>` : `id="${anchor}"`;
      assert.ok(pages.get(path)?.includes(wanted), link);
    }
  });

  it('serves the OpenAPI document to everybody, and 404 for an operation that is none', async () => {
    const browser = portal.browser();
    const document = await browser.get('/api/openapi.json');
    assert.equal(document.status, 200);
    assert.equal(document.headers['content-type'], 'application/json');
    assert.equal((JSON.parse(document.body) as { openapi: string }).openapi, '3.1.0');
    assert.ok(document.body.length < 400_000);
    for (const path of ['/docs/api/nothing', '/docs/api/apps/x'])
      assert.equal((await browser.get(path)).status, 404);
  });
});
