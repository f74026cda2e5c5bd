// Names that disguise themselves or bring markup, on every page that shows them and in every header that could carry them
// [security 45].
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTalk, type Talk } from '../../api/testing/talk.ts';
import { makeWorld, type World } from '../../api/testing/world.ts';
import { databases } from '../../storage/testing/databases.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const NAME = '\u202egpj."><script>alert(1)</script>\r\nBcc: x@evil.test';
const OVERRIDES = /[\u202a-\u202e\u200b\u2066\u2067]/u;

describe('a name that disguises itself', () => {
  let portal: TestPortal;
  let talk: Talk;
  let world: World;
  let app: string;
  before(async () => {
    portal = await startPortal(databases);
    talk = createTalk(portal);
    world = await makeWorld(portal);
    const cookie = await talk.cookieOf(world.people.vendor);
    const made = await talk.post(
      '/api/apps',
      { name: NAME, kind: 'confidential', redirectUris: ['https://app.example/cb'], contactName: NAME },
      { cookie },
    );
    assert.equal(made.status, 200, made.text);
    app = (made.body['app'] as { readonly id: string }).id;
    for (const person of [world.people.vendor, world.people.user]) {
      const own = { cookie: await talk.cookieOf(person) };
      const profile = { fullName: NAME.slice(0, 90), timeZone: 'UTC' };
      assert.equal((await talk.post('/api/me', profile, own)).status, 204);
      assert.equal((await talk.post('/api/workspaces', { name: NAME }, own)).status, 200);
    }
    const key = { name: NAME, operations: ['apps.list'] };
    assert.equal((await talk.post('/api/management-keys', key, { cookie })).status, 200);
  });
  after(() => portal.close());

  it('is plain text on every page, without what could turn it round [security 45]', async () => {
    const { vendor, user, operator } = world.people;
    const pages = {
      vendor: [
        '/developer/authorizations',
        '/developer/team',
        '/developer/management-keys',
        '/settings/workspaces',
        ...['', '/permissions', '/review', '/history', '/settings', '/credentials', '/delete', '/testing']
          .concat(['/transfer', '/usage', '/requests', '/walk-through'])
          .map((tab) => `/developer/apps/${app}${tab}`),
      ],
      user: ['/settings/workspaces', '/settings/profile', '/settings/integrations/api/new'],
      operator: [
        '/operate/apps',
        `/operate/apps/${app}`,
        '/operate/people',
        '/operate/workspaces',
        '/operate/audit',
      ],
    };
    for (const [persona, paths] of Object.entries(pages)) {
      const person = { vendor, user, operator }[persona as keyof typeof pages];
      for (const path of paths) {
        const shown = await talk.get(path, { cookie: await talk.cookieOf(person) });
        assert.equal(shown.status, 200, path);
        // What somebody typed stands in its own field as it was typed.
        const text = shown.text.replaceAll(/<(?:input|textarea)\b[^>]*>/g, '');
        assert.ok(!text.includes('<script>alert'), path);
        assert.doesNotMatch(text, OVERRIDES, path);
      }
    }
  });

  it('is one line in the subject of a mail, whoever it is about [security 45]', async () => {
    portal.pass(3_600_000);
    const cookie = await talk.cookieOf(world.people.vendor);
    for (const path of [`/api/apps/${app}/testers`, `/api/apps/${app}/transfer`, '/api/vendor/invitations'])
      assert.equal((await talk.post(path, { email: world.freshEmail() }, { cookie })).status, 204);
    const mails = await portal.domain.stores.mails.list(undefined, 50);
    assert.ok(mails.length >= 3);
    for (const { subject, to } of mails) {
      assert.doesNotMatch(subject, /[\r\n]/);
      assert.doesNotMatch(subject, OVERRIDES);
      assert.doesNotMatch(to, /[\r\n,;<>]/);
    }
  });
});
