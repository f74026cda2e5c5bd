import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import { databases } from '../../storage/testing/databases.ts';
import { pngOf } from '../../testing/pictures.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const NEW = '/developer/apps/new';

describe('the logo of an app', () => {
  let portal: TestPortal;
  let vendor: Vendor;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    const vera = await portal.makePerson();
    vendor = await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
  });

  const multipart = async (
    url: string,
    fields: readonly (readonly [string, string])[],
    file?: { readonly name?: string; readonly type?: string; readonly body: Uint8Array },
    page?: Shown,
  ): Promise<Shown> => {
    const shown = page ?? (await browser.get(url));
    const form = formsOf(shown.body).find(({ action }) => action === url) ?? assert.fail();
    const data = new FormData();
    for (const [name, value] of [...Object.entries(form.hidden), ...fields]) data.append(name, value);
    if (file !== undefined)
      data.append(
        'logo',
        new Blob([new Uint8Array(file.body)], { type: file.type ?? 'image/png' }),
        file.name ?? 'logo.png',
      );
    const request = new Request('http://x.test', { method: 'POST', body: data });
    return browser.send('POST', url, new Uint8Array(await request.arrayBuffer()), {
      'content-type': request.headers.get('content-type') ?? '',
    });
  };
  const whole = [
    ['name', 'Pipeline Sync'],
    ['kind', 'confidential'],
    ['redirectUri', 'https://pipelinesync.example/cb'],
  ] as const;
  const onlyApp = async (): Promise<App> => {
    const [app] = await portal.domain.stores.apps.listOf(vendor.id);
    return app ?? assert.fail();
  };

  it('is uploaded with the registration, re-encoded, and shown from our origin', async () => {
    const original = pngOf(512, 512);
    const answer = await multipart(NEW, whole, { body: original });
    assert.equal(answer.status, 200);
    const { logoHash, publicId } = await onlyApp();
    assert.ok(logoHash);
    const url = `/logos/${logoHash}`;
    const picture = await browser.get(url);
    assert.equal(picture.status, 200);
    assert.equal(picture.headers['content-type'], 'image/png');
    assert.equal(picture.headers['x-content-type-options'], 'nosniff');
    assert.equal(picture.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.match(String(picture.headers['content-security-policy']), /sandbox/);
    assert.deepEqual(picture.setCookies, []);
    for (const page of ['/developer/authorizations', `/developer/apps/${publicId}`])
      assert.ok((await browser.get(page)).body.includes(url), page);
    assert.equal((await browser.get(`/logos/${'0'.repeat(64)}`)).status, 404);
    assert.equal((await browser.get('/logos/..%2f..%2fkeys.json')).status, 404);
  });

  it('stands on the consent page', async () => {
    await multipart(NEW, whole, { body: pngOf(64, 64) });
    const app = await onlyApp();
    const page = await browser.get(`/page/vendor-auth.html?clientId=${app.clientId}`);
    assert.equal(page.status, 200);
    assert.ok(page.body.includes(`/logos/${app.logoHash ?? '?'}`));
  });

  it('survives other mistakes in the form, and is replaced in the settings', async () => {
    const back = await multipart(NEW, [['name', ''], ...whole.slice(1)], { body: pngOf(64, 64) });
    assert.equal(back.status, 400);
    assert.match(back.body, /This picture is used/);
    const sent = await multipart(NEW, whole, undefined, back);
    assert.equal(sent.status, 200);
    const app = await onlyApp();
    assert.ok(app.logoHash);
    const settings = `/developer/apps/${app.publicId}/settings`;
    const changed = await multipart(settings, [...whole.slice(0, 1), ...whole.slice(2)], {
      body: pngOf(300, 64),
    });
    assert.equal(changed.status, 303);
    const after = await onlyApp();
    assert.ok(after.logoHash !== undefined && after.logoHash !== app.logoHash);
  });

  it('is refused beside its field when it is no picture that we take [security 54]', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const [file, words] of [
      [{ body: svg, type: 'image/svg+xml', name: 'logo.svg' }, /Use a PNG, JPEG or WebP picture/],
      [{ body: svg, type: 'image/png', name: 'logo.png' }, /Use a PNG, JPEG or WebP picture/],
      [{ body: Buffer.concat([pngOf(64, 64), Buffer.alloc(1_048_576)]) }, /at most 1 MB/],
      [{ body: pngOf(16, 16, { width: 30_000, height: 30_000 }) }, /16 to 4,096 pixels/],
    ] as const) {
      const answer = await multipart(NEW, whole, file);
      assert.equal(answer.status, 400);
      assert.match(answer.body, words);
      assert.match(answer.body, /href="#app-logo"/);
      assert.match(answer.body, /value="Pipeline Sync"/, 'what was typed stays');
    }
    assert.deepEqual(await portal.domain.stores.apps.listOf(vendor.id), []);
  });

  it('cannot be a file that nobody uploaded', async () => {
    for (const logoHash of ['0'.repeat(64), '../../etc/passwd', 'x']) {
      const answer = await multipart(NEW, [...whole, ['logoHash', logoHash]]);
      assert.equal(answer.status, 400);
    }
    assert.deepEqual(await portal.domain.stores.apps.listOf(vendor.id), []);
  });

  it('comes in strict and bounded forms only [security 7, 13]', async () => {
    const type = 'multipart/form-data; boundary=XX';
    const part = (head: string, body: string): string =>
      `--XX\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
    const csrf =
      formsOf((await browser.get(NEW)).body).find(({ action }) => action === NEW)?.hidden['csrf'] ?? '';
    const token = part('name="csrf"', csrf);
    for (const [body, status] of [
      ['', 400],
      ['no form at all', 400],
      [token, 400],
      [`${token}${part('name="name"', 'a')}${part('name="name"', 'b')}--XX--\r\n`, 400],
      [`${token}${part('name="surprise"', 'a')}--XX--\r\n`, 400],
      [`${token}${part('name="name"; filename="a.txt"', 'a')}--XX--\r\n`, 400],
      [`${token}${part('name="name"', 'a\u0000b')}--XX--\r\n`, 400],
      [`${token}${part('name="description"', 'x'.repeat(70_000))}--XX--\r\n`, 413],
      [`${part('name="name"', 'a')}--XX--\r\n`, 403],
      [`${part('name="csrf"', 'x'.repeat(43))}--XX--\r\n`, 403],
    ] as const) {
      const answer = await browser.send('POST', NEW, body, { 'content-type': type });
      assert.equal(answer.status, status, JSON.stringify(body.slice(0, 120)));
    }
    const huge = await browser.send('POST', NEW, 'x'.repeat(4_200_000), { 'content-type': type });
    assert.equal(huge.status, 413);
    const noBoundary = await browser.send('POST', NEW, token, { 'content-type': 'multipart/form-data' });
    assert.equal(noBoundary.status, 400);
    const elsewhere = await browser.send('POST', '/developer/team', `${token}--XX--\r\n`, {
      'content-type': type,
    });
    assert.equal(elsewhere.status, 415, 'only where a picture belongs');
    assert.deepEqual(portal.errors, []);
  });
});
