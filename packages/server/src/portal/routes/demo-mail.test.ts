import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

describe('the demo’s outbox', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases, { sampleAppUrl: 'http://127.0.0.1:4001', people: [] });
  });
  after(() => portal.close());

  it('shows what would be mailed, in text with its links, and as HTML in which nothing runs', async () => {
    const browser = portal.browser();
    assert.match((await browser.get('/demo/mail')).body, /No mail yet/);
    const ari = await portal.makePerson();
    await browser.submit(await browser.get('/reset'), '/reset', { email: ari.user.email });
    const list = await browser.get('/demo/mail');
    const url = /href="(\/demo\/mail\/\d+)"/.exec(list.body)?.[1] ?? assert.fail();
    assert.match(list.body, /Set a new password/);
    assert.ok(list.body.includes(ari.user.email));
    const mail = await browser.get(url);
    assert.match(mail.body, /<a href="http:\/\/localhost:4000\/reset\/lk_reset_[\w-]{48}"/);
    const asHtml = await browser.get(`${url}/html`);
    assert.equal(asHtml.status, 200);
    const policy = String(asHtml.headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /sandbox/);
    assert.doesNotMatch(policy, /script-src|allow-scripts/);
    assert.match(asHtml.body, /Test CRM/);
  });

  it('has pages for long outboxes, and nothing for made-up numbers', async () => {
    const browser = portal.browser();
    for (let index = 0; index < 55; index += 1) {
      portal.pass(600_000);
      await browser.submit(await browser.get('/reset'), '/reset', { email: `${randomUUID()}@x.test` });
    }
    const first = await browser.get('/demo/mail');
    const next = /href="(\/demo\/mail\?before=\d+)"/.exec(first.body)?.[1] ?? assert.fail();
    const second = await browser.get(next);
    const rows = (body: string): number => [...body.matchAll(/href="\/demo\/mail\/\d+"/g)].length;
    assert.equal(rows(first.body), 50);
    assert.ok(rows(second.body) >= 5);
    assert.doesNotMatch(second.body, /rel="next"/);
    for (const url of [
      '/demo/mail/999999999',
      '/demo/mail/x',
      '/demo/mail/9007199254740993',
      '/demo/mail/x/html',
    ])
      assert.equal((await browser.get(url)).status, 404, url);
  });

  it('does not exist outside the demo', async () => {
    const plain = await startPortal(databases);
    const ari = await plain.makePerson();
    const browser = plain.browser();
    await browser.submit(await browser.get('/reset'), '/reset', { email: ari.user.email });
    const [mail] = await plain.domain.stores.mails.list(undefined, 1);
    for (const url of ['/demo/mail', `/demo/mail/${mail?.id ?? 0}`, `/demo/mail/${mail?.id ?? 0}/html`])
      assert.equal((await browser.get(url)).status, 404, url);
    await plain.close();
  });
});
