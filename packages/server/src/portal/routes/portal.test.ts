// What holds for every page, whatever it shows.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const KEYS = '/settings/integrations/api';
const NEW = `${KEYS}/new`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Every page that takes a form. */
const POSTS = [
  '/sign-in',
  '/sign-out',
  '/step-up',
  '/oauth/authorize',
  '/page/vendor-auth.html',
  '/cli-auth',
  '/device',
  NEW,
  `${KEYS}/key_x/revoke`,
  '/settings/integrations/authorizations/con_x/disconnect',
  '/settings/integrations/authorizations/con_x/allow-again',
  '/developer/apps/new',
  '/developer/apps/app_x/permissions',
  '/developer/apps/app_x/credentials',
  '/developer/apps/app_x/delete',
];

describe('every page', () => {
  let portal: TestPortal;
  let vera: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
    vera = await portal.makePerson();
    await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
  });
  after(() => portal.close());

  const form = async (): Promise<Record<string, string>> => {
    const page = await browser.get(NEW);
    const hidden = formsOf(page.body).find(({ action }) => action === NEW)?.hidden;
    return { ...hidden, name: 'CI', acknowledged: 'yes' };
  };
  const keys = async (): Promise<number> => (await portal.domain.stores.keys.listOf(vera.user.id)).length;

  it('refuses a form without its own token, from elsewhere, or as text/plain [security 13]', async () => {
    const { csrf = '' } = await form();
    for (const path of POSTS) {
      assert.equal((await browser.post(path, {})).status, 403, `${path} without a token`);
      if (path !== NEW)
        assert.equal((await browser.post(path, { csrf })).status, 403, `${path} with another's`);
      const plain = await browser.send('POST', path, `csrf=${csrf}`, { 'content-type': 'text/plain' });
      assert.equal(plain.status, 403, `${path} as text/plain`);
    }
    const good = await form();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:4001' },
      { origin: 'https://localhost:4000' },
    ])
      assert.equal((await browser.post(NEW, good, headers)).status, 403, JSON.stringify(headers));
    assert.equal(await keys(), 0);
    for (const headers of [
      { origin: 'null' },
      { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' },
    ])
      assert.equal((await browser.post(NEW, good, headers)).status, 200, JSON.stringify(headers));
    assert.equal((await browser.post(NEW, { ...good, csrf: '' }, { origin: 'null' })).status, 403);
  });

  it('refuses bad bodies with a page that says why, and does nothing [security 7]', async () => {
    const good = new URLSearchParams(await form()).toString();
    const before = await keys();
    for (const [body, type, status] of [
      [`${good}&name=twice`, FORM['content-type'], 400],
      [`${good}&admin=yes`, FORM['content-type'], 400],
      [`${good}&description=%ff`, FORM['content-type'], 400],
      [`${good}&description=%00`, FORM['content-type'], 400],
      [`${good}&description=${'x'.repeat(66_000)}`, FORM['content-type'], 413],
      [`${good}${'&x=1'.repeat(100)}`, FORM['content-type'], 400],
      ['{"name":"CI"}', 'application/json', 415],
      [good, '', 415],
    ] as const) {
      const answer = await browser.send('POST', NEW, body, type === '' ? {} : { 'content-type': type });
      assert.equal(answer.status, status, `${type} ${body.slice(-30)}`);
      assert.match(String(answer.headers['content-type']), /^text\/html/);
    }
    assert.equal(await keys(), before);
  });

  it('answers other methods with 405 and Allow, and HEAD like GET without a body', async () => {
    for (const [method, path, allow] of [
      ['DELETE', KEYS, 'GET, HEAD'],
      ['POST', KEYS, 'GET, HEAD'],
      ['GET', '/sign-out', 'POST'],
      ['PUT', NEW, 'GET, HEAD, POST'],
      ['OPTIONS', '/sign-in', 'GET, HEAD, POST'],
      ['PATCH', '/oauth/authorize', 'GET, HEAD, POST'],
    ] as const) {
      const answer = await browser.send(method, path, '');
      assert.equal(answer.status, 405, `${method} ${path}`);
      assert.equal(answer.headers['allow'], allow);
    }
    const head = await browser.send('HEAD', KEYS, '');
    assert.equal(head.status, 200);
    assert.equal(head.body, '');
    assert.match(String(head.headers['content-type']), /^text\/html/);
  });

  it('answers an unknown address with 404, also where only the method is odd', async () => {
    for (const path of [
      '/nothing',
      '/settings',
      '/developer/apps/x/y/z',
      '/assets/none.css',
      '/%',
      '/%00',
      '/%ff',
      '/..%2f',
      '/developer/apps/%E0%A4%A',
      '/developer/apps/%00',
    ])
      assert.equal((await browser.get(path)).status, 404, path);
    assert.equal((await browser.send('POST', '/nothing', '')).status, 404);
  });

  it('sends signed-out people to sign in, and back to a page that can be opened', async () => {
    const nobody = portal.browser();
    for (const path of POSTS.filter((one) => one !== '/sign-in')) {
      const sent = await nobody.post(path, {});
      assert.equal(sent.status, 303, path);
      assert.match(sent.location, /^\/sign-in\?return_to=%2F/);
      assert.doesNotMatch(sent.location, /sign-out|allow-again/);
    }
  });

  it('serves its own style sheet and scripts for ever', async () => {
    const page = await browser.get('/sign-in');
    const assets = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    assert.ok(assets.length >= 3);
    for (const path of assets) {
      const asset = await portal.browser().get(path);
      assert.equal(asset.status, 200, path);
      assert.match(String(asset.headers['cache-control']), /immutable/);
      assert.deepEqual(asset.setCookies, []);
    }
  });

  it('writes links from the configuration, whatever Host a request names [security 9]', async () => {
    const spoofed = await browser.get(NEW, { host: 'evil.example', 'x-forwarded-host': 'evil.example' });
    assert.equal(spoofed.status, 200);
    assert.doesNotMatch(spoofed.body, /evil/);
    const away = await portal.browser().get(KEYS, { host: 'evil.example' });
    assert.match(away.location, /^\/sign-in\?/);
  });

  it('a bug shows the request id and nothing else', async () => {
    const { stores } = portal.domain;
    const methods = { ...stores.keys };
    Object.assign(stores.keys, { listOf: () => Promise.reject(new Error('secret detail')) });
    const answer = await browser.get(KEYS);
    Object.assign(stores.keys, methods);
    assert.equal(answer.status, 500);
    assert.ok(answer.body.includes(String(answer.headers['x-request-id'])));
    assert.doesNotMatch(answer.body, /secret detail|listOf|\.ts/);
    assert.equal(portal.errors.length, 1);
    portal.errors.length = 0;
  });

  it('raw requests of any shape get an answer below 500', async () => {
    const port = Number(new URL(portal.url).port);
    const ask = (head: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(`${head}\r\nConnection: close\r\n\r\n`));
        let text = '';
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('close', () => resolve(text));
        socket.on('error', reject);
      });
    for (const head of [
      'GET / HTTP/1.0',
      'GET / HTTP/1.1\r\nHost: a b',
      'GET / HTTP/1.1\r\nHost: [',
      'GET / HTTP/1.1\r\nHost: x/../y',
      'GET //evil.example/ HTTP/1.1\r\nHost: x',
      'GET http://evil.example/sign-in HTTP/1.1\r\nHost: x',
      'GET /sign-in?return_to=%E0%A4%A HTTP/1.1\r\nHost: x',
      'GET /sign-in?as=__proto__ HTTP/1.1\r\nHost: x\r\nCookie: zone=%; latchkey-flash=constructor; latchkey-session=x',
      'OPTIONS * HTTP/1.1\r\nHost: x',
      'TRACE / HTTP/1.1\r\nHost: x',
    ]) {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(await ask(head))?.[1]);
      assert.ok(status >= 200 && status < 500, `${head} answered ${status}`);
    }
  });
});
