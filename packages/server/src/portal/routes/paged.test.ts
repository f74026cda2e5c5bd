// A person's own long lists over HTTP: each thing stands on one page, and the way on and back is there.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import type { Browser } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const KEYS = '/settings/integrations/api';
const CONNECTIONS = '/settings/integrations/authorizations';

const nextOf = (body: string): string | undefined =>
  /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');

describe('a long list', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
  });
  after(() => portal.close());

  /** What each of two pages shows; the second is the last one and leads back. */
  const twoPages = async (path: string): Promise<readonly [string, string]> => {
    const first = (await browser.get(path)).body;
    const second = (await browser.get(nextOf(first) ?? assert.fail('no next page'))).body;
    assert.equal(nextOf(second), undefined);
    assert.match(second, new RegExp(`href="${path}">`));
    return [first, second];
  };

  it('of past API keys comes in parts, closed at first and open where it goes on; those that work stay in sight', async () => {
    const live = await portal.makeKey(ari, 'opaque');
    const past: string[] = [];
    for (let number = 1; number <= 27; number += 1) {
      const { key } = await portal.makeKey(ari, 'opaque', portal.domain.now() + 1);
      past.push(key.publicId);
      portal.pass(2);
    }
    const [first, second] = await twoPages(KEYS);
    for (const body of [first, second]) {
      assert.match(body, /Show 27 past keys/);
      assert.ok(body.includes(`${KEYS}/${live.key.publicId}"`));
    }
    assert.match(first, /<details class="more" ?>/);
    assert.match(second, /<details class="more" open ?>/);
    const on = (body: string): readonly string[] => past.filter((id) => body.includes(`${KEYS}/${id}"`));
    assert.deepEqual([on(first).length, on(second).length], [25, 2]);
    assert.deepEqual([...on(second), ...on(first)].sort(), past.toSorted());
  });

  it('of connected apps comes in parts', async () => {
    for (let number = 1; number <= 26; number += 1) {
      const { app, secret = '' } = await portal.makeApp();
      const answer = await portal.post('/oauth/token', {
        grant_type: 'authorization_code',
        code: await portal.makeCode(app, ari),
        redirect_uri: app.redirectUris[0] ?? '',
        client_id: app.clientId,
        client_secret: secret,
      });
      assert.equal(answer.status, 200);
    }
    const shown = (body: string): readonly string[] => [
      ...new Set(body.match(/authorizations\/[^/"]+\/disconnect/g)),
    ];
    const [first, second] = (await twoPages(CONNECTIONS)).map(shown);
    assert.deepEqual([first?.length, second?.length], [25, 1]);
    assert.equal(new Set([...(first ?? []), ...(second ?? [])]).size, 26);
    assert.deepEqual(shown((await browser.get(`${CONNECTIONS}?after=made-up`)).body), first);
  });
});
