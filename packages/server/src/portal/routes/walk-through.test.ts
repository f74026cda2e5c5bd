// The walk-through's page over HTTP: whose values stand in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import { startPortal } from './testing/portal.ts';
import { makeCompleteApp } from './testing/review-road.ts';

const API = 'https://api.crm.test';

test('where the gateway has an origin of its own, walk-through and snippets call it there, and only that page may', async () => {
  const portal = await startPortal(databases, undefined, { gateway: { origin: API } });
  try {
    const vera = await portal.makePerson();
    const vendor = await portal.makeVendor(vera);
    const { app } = await makeCompleteApp(portal, vendor.id, vera);
    const browser = await portal.signedIn(vera);
    const page = await browser.get(`/developer/apps/${app.publicId}/walk-through`);
    assert.match(page.body, new RegExp(`data-call="${API}/v1\\.0/me"`));
    assert.match(page.body, new RegExp(`curl -i --config - &#39;${API}/v1\\.0/me`));
    assert.ok(
      page.body.includes(`${portal.domain.settings.issuer}/oauth/token`),
      'tokens come from the issuer',
    );
    const policy = (url: string) =>
      browser.get(url).then(({ headers }) => String(headers['content-security-policy']));
    assert.match(await policy(page.url), /connect-src 'self' https:\/\/api\.crm\.test;/);
    assert.match(await policy(`/developer/apps/${app.publicId}`), /connect-src 'self';/);
  } finally {
    await portal.close();
  }
});
