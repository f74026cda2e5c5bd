import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createAccess } from '../../domain/access/check.ts';
import { bodyOf } from '../../domain/mail/mail.ts';
import type { Role } from '../../domain/workspaces/workspace.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import type { Browser, Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const HOME = '/settings/workspaces';
const PROFILE = '/settings/profile';

describe('workspaces', () => {
  let portal: TestPortal;
  let ari: Person;
  let browser: Browser;
  let url: string;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    // Mails are throttled by the hour.
    portal.pass(3_600_000);
    ari = await portal.makePerson();
    browser = await portal.signedIn(ari);
    url = `${HOME}/${ari.workspace.publicId}`;
  });

  const join = async (role: Role): Promise<Person> => {
    const person = await portal.makePerson();
    const member = {
      id: await portal.domain.stores.nextId(),
      workspaceId: ari.workspace.id,
      userId: person.user.id,
      role,
      createdAtMs: portal.domain.now(),
    };
    await portal.domain.stores.workspaces.addMember(member, {
      verb: 'test',
      actor: { kind: 'system' },
      requestId: 'test',
      atMs: portal.domain.now(),
    });
    return { ...person, workspace: ari.workspace, member };
  };
  const roleOf = async (person: Person): Promise<Role | undefined> =>
    (await portal.domain.stores.workspaces.findMembership(person.user.id, ari.workspace.id))?.member.role;
  const mailsTo = async (email: string) =>
    (await portal.domain.stores.mails.list(undefined, 100)).filter(({ to }) => to === email);
  const invite = async (fields: Record<string, string>): Promise<Shown> =>
    browser.submit(await browser.get(url), `${url}/invitations`, { role: 'member', ...fields });

  it('makes one, whose maker owns it, and renames it', async () => {
    const page = await browser.get(HOME);
    assert.match(page.body, /Northside Realty/);
    const none = await browser.submit(page, HOME, { name: ' ' });
    assert.equal(none.status, 400);
    assert.match(none.body, /Enter a name\./);
    const made = await browser.submit(page, HOME, { name: 'Harbor \u202eHomes' });
    assert.equal(made.status, 303);
    const own = await portal.domain.stores.workspaces.membershipsOf(ari.user.id);
    const found = own.find(({ workspace }) => made.location === `${HOME}/${workspace.publicId}`);
    assert.equal(found?.member.role, 'owner');
    assert.equal(found.workspace.name, 'Harbor Homes');
    const one = await browser.get(made.location);
    assert.match(one.body, /Only you so far/);
    const rename = `${made.location}/rename`;
    assert.equal((await browser.submit(one, rename, { name: 'Harbor' })).location, made.location);
    assert.match((await browser.get(made.location)).body, /<h1><bdi dir="auto">Harbor<\/bdi><\/h1>/);
  });

  it('invites by mail, known address or not alike [security 59]; a newer link ends the older one; withdrawn is over', async () => {
    const sam = await portal.makePerson();
    for (const email of [sam.user.email, 'nobody@new.test']) {
      const sent = await invite({ email });
      assert.equal(sent.location, url);
      const [mail] = await mailsTo(email);
      assert.equal(mail?.subject, 'Join the workspace Northside Realty');
      assert.match(bodyOf(portal.domain, mail)?.text ?? '', /\/invitations\/lk_invite_/);
    }
    assert.match((await browser.get(url)).body, /nobody@new\.test/);
    await invite({ email: sam.user.email, role: 'admin' });
    const waiting = await portal.domain.stores.proofs.listWaiting(
      'workspace',
      ari.workspace.id,
      portal.domain.now(),
      50,
    );
    assert.deepEqual(
      new Map(waiting.map(({ email, role }) => [email, role] as const)),
      new Map([
        ['nobody@new.test', 'member'],
        [sam.user.email, 'admin'],
      ]),
    );
    const page = await browser.get(url);
    const gone = await browser.submit(page, `${url}/invitations/withdraw`, { email: 'nobody@new.test' });
    assert.equal(gone.location, url);
    assert.doesNotMatch((await browser.get(url)).body, /nobody@new\.test/);
    const twice = await browser.submit(page, `${url}/invitations/withdraw`, { email: 'nobody@new.test' });
    assert.equal(twice.status, 404);
  });

  it('names what is wrong with an invitation and keeps what was typed', async () => {
    assert.match((await invite({ email: '' })).body, /Enter an e-mail address\./);
    const odd = await invite({ email: 'not an address' });
    assert.equal(odd.status, 400);
    assert.match(odd.body, /value="not an address"/);
    const member = await join('member');
    const known = await invite({ email: member.user.email.toUpperCase() });
    assert.equal(known.status, 409);
    assert.match(known.body, /in the workspace already/);
    assert.equal((await invite({ email: 'x@new.test', role: 'emperor' })).status, 400);
  });

  it('an admin manages everybody but owners; a member sees members and manages nobody', async () => {
    const admin = await join('admin');
    const member = await join('member');
    const adminBrowser = await portal.signedIn(admin);
    const page = await adminBrowser.get(url);
    const role = (person: Person): string => `${url}/members/${person.user.publicId}/role`;
    assert.ok(page.body.includes(role(member)));
    assert.ok(!page.body.includes(role(ari)), 'owners are not theirs');
    assert.doesNotMatch(page.body, /name="role"\s+value="owner"/);
    assert.equal((await adminBrowser.submit(page, role(member), { role: 'admin' })).location, url);
    assert.equal(await roleOf(member), 'admin');
    const lifted = await adminBrowser.submit(page, role(member), { role: 'owner' });
    assert.equal(lifted.status, 403);
    assert.equal(await roleOf(member), 'admin');
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    assert.equal((await adminBrowser.post(role(ari), { csrf, role: 'member' })).status, 403);
    assert.equal((await adminBrowser.get(`${url}/members/${ari.user.publicId}/remove`)).status, 404);
    const [mail] = await mailsTo(member.user.email);
    assert.equal(mail?.subject, 'You are now an admin of Northside Realty');

    const plain = await join('member');
    const plainBrowser = await portal.signedIn(plain);
    const seen = await plainBrowser.get(url);
    assert.match(seen.body, /Ari Mendes/);
    assert.doesNotMatch(seen.body, /Invite somebody/);
    assert.equal((await plainBrowser.get(`${url}/members/${member.user.publicId}/remove`)).status, 404);
  });

  it('removing a member ends their keys there at once and tells them', async () => {
    const member = await join('member');
    const { text } = await portal.makeKey(member, 'opaque');
    const access = createAccess(portal.domain);
    const works = async (): Promise<boolean> =>
      (await access.checkApiKey(text, new Set(['opaque'] as const))).ok;
    assert.ok(await works());
    const remove = `${url}/members/${member.user.publicId}/remove`;
    const ask = await browser.get(remove);
    assert.match(ask.body, /end at once\. They are told by mail\./);
    assert.equal((await browser.submit(ask, remove)).location, url);
    assert.equal(await works(), false);
    assert.equal(await roleOf(member), undefined);
    const [mail] = await mailsTo(member.user.email);
    assert.equal(mail?.subject, 'You are no longer in Northside Realty');
    assert.equal((await browser.submit(ask, remove)).status, 404);
    assert.equal((await (await portal.signedIn(member)).get(url)).status, 404);
  });

  it('the only owner cannot leave or step down, and is told what to do; with another one they can', async () => {
    const leave = `${url}/leave`;
    const ask = await browser.get(leave);
    const refused = await browser.submit(ask, leave);
    assert.equal(refused.status, 409);
    assert.match(refused.body, /Make somebody else an owner first, then leave\./);
    const role = `${url}/members/${ari.user.publicId}/role`;
    assert.equal((await browser.submit(await browser.get(url), role, { role: 'member' })).status, 409);
    const second = await join('member');
    const lift = `${url}/members/${second.user.publicId}/role`;
    assert.equal((await browser.submit(await browser.get(url), lift, { role: 'owner' })).location, url);
    assert.equal((await browser.submit(ask, leave)).location, HOME);
    assert.equal(await roleOf(ari), undefined);
    assert.equal((await browser.get(url)).status, 404);
  });

  it('to everybody else the workspace does not exist, by any address or form [security 49]', async () => {
    const stranger = await portal.signedIn(await portal.makePerson());
    const member = await join('member');
    const paths = [url, `${url}/leave`, `${url}/members/${member.user.publicId}/remove`];
    for (const path of paths) assert.equal((await stranger.get(path)).status, 404, path);
    for (const path of [...paths, `${url}/invitations`, `${url}/rename`, `${url}/invitations/withdraw`]) {
      if (path === url) continue;
      assert.equal((await stranger.post(path, {})).status, 403, path);
      const cross = { 'sec-fetch-site': 'cross-site' };
      assert.equal((await browser.post(path, {}, cross)).status, 403, `${path} [security 13]`);
    }
    assert.equal((await portal.browser().get(url)).status, 303);
    assert.equal((await browser.get(`${HOME}/nonsense`)).status, 404);
  });
});

describe('the profile', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());

  it('changes name and time zone, and refuses what is neither', async () => {
    const ari = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    const page = await browser.get(PROFILE);
    assert.ok(page.body.includes(ari.user.email));
    assert.ok(page.body.includes(`href="${PROFILE}/email"`));
    const saved = await browser.submit(page, PROFILE, {
      fullName: ' Ari  M. ',
      timeZone: 'America/New_York',
    });
    assert.equal(saved.location, PROFILE);
    const user = await portal.domain.stores.users.find(ari.user.id);
    assert.equal(user?.fullName, 'Ari M.');
    assert.equal(user.timeZone, 'America/New_York');
    for (const [fields, words] of [
      [{ fullName: ' ', timeZone: 'UTC' }, /Enter your name\./],
      [{ fullName: 'x'.repeat(121), timeZone: 'UTC' }, /120 characters or fewer/],
      [{ fullName: 'Ari', timeZone: 'Nowhere/City' }, /Choose a time zone/],
    ] as const) {
      const refused = await browser.submit(page, PROFILE, fields);
      assert.equal(refused.status, 400);
      assert.match(refused.body, words);
    }
    assert.equal((await browser.post(PROFILE, { fullName: 'x' })).status, 403, '[security 13]');
    assert.equal((await portal.browser().get(PROFILE)).status, 303);
  });
});

describe('the workspace that a person looks at', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  const KEYS = '/settings/integrations/api';
  const SWITCH = `${HOME}/switch`;

  it('is chosen in the top bar where there are several, and lists show only what belongs to it', async () => {
    const ari = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    assert.ok(!(await browser.get(KEYS)).body.includes(SWITCH), 'nothing to choose between');
    const harbor = await portal.makeWorkspace(ari, 'Harbor Homes', 'owner');
    await portal.makeKey(ari, 'signed');
    const all = await browser.get(KEYS);
    assert.match(all.body, /Script/);
    const chosen = await browser.submit(all, SWITCH, { workspace: harbor.publicId });
    assert.equal(chosen.location, KEYS);
    const one = await browser.get(KEYS);
    assert.doesNotMatch(one.body, />Script</);
    assert.match(one.body, /Only what belongs to/);
    assert.equal((await browser.submit(one, SWITCH, { workspace: 'all' })).location, KEYS);
    assert.match((await browser.get(KEYS)).body, />Script</);
  });

  it('is none of other people’s, and choosing it leads to no page but ours [security 5]', async () => {
    const ari = await portal.makePerson();
    const sam = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    await portal.makeWorkspace(ari, 'Harbor Homes', 'owner');
    const page = await browser.get(KEYS);
    await browser.submit(page, SWITCH, { workspace: sam.workspace.publicId });
    assert.doesNotMatch((await browser.get(KEYS)).body, /Only what belongs to/);
    const away = await browser.submit(page, SWITCH, { workspace: 'all', return_to: 'https://evil.test/' });
    assert.equal(away.location, '/');
    assert.equal((await browser.post(SWITCH, { workspace: 'all' })).status, 403, '[security 13]');
  });

  it('one key has a page that says who acknowledged it from where; other people get no page [security 49]', async () => {
    const ari = await portal.makePerson();
    const browser = await portal.signedIn(ari);
    const { key } = await portal.makeKey(ari, 'opaque');
    const link = `${KEYS}/${key.publicId}`;
    assert.ok((await browser.get(KEYS)).body.includes(`href="${link}"`));
    const page = await browser.get(link);
    assert.match(page.body, /Acknowledged/);
    assert.match(page.body, /127\.0\.0\.1/);
    assert.match(page.body, /Cannot be shown again\./);
    const stranger = await portal.signedIn(await portal.makePerson());
    assert.equal((await stranger.get(link)).status, 404);
  });
});
