// The operators' pages over HTTP: who may, what each does, and what none of them shows.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTalk, type Talk } from '../../api/testing/talk.ts';
import { apiOperations } from '../../api/table.ts';
import { publicId } from '../../domain/connections/grant.ts';
import { bodyOf, mailTo } from '../../domain/mail/mail.ts';
import { offerOperatorClaim } from '../../domain/operate/claim.ts';
import type { PlatformRole } from '../../domain/users/user.ts';
import { loggedPath } from '../../http/logged-path.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person, TestApp } from '../../testing/service.ts';
import type { Browser } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const DAY_MS = 86_400_000;

describe('operating', () => {
  let portal: TestPortal;
  let talk: Talk;
  let olive: Person;
  let rory: Person;
  let vera: Person;
  let ari: Person;
  let app: TestApp;
  let operator: Browser;
  let failedMail: number;

  const trace = () =>
    ({ verb: 'test.make', actor: { kind: 'system' }, requestId: 'test', atMs: portal.domain.now() }) as const;

  const staff = async (platformRole: PlatformRole, fullName: string): Promise<Person> => {
    const { domain } = portal;
    const person = await portal.makePerson();
    const id = await domain.stores.nextId();
    const named = { id, publicId: publicId(domain, 'usr'), email: `${publicId(domain, 'x')}@crm.test` };
    const user = { ...person.user, ...named, platformRole, fullName };
    await domain.stores.users.create(user, trace());
    return { ...person, user };
  };

  const makeFailedMail = async (): Promise<number> => {
    const { domain } = portal;
    const mail = mailTo(domain, 'lost@crm.test', 'sign-up', {
      subject: 'Your code',
      text: 'canary-code-774411',
      html: '<p>canary-code-774411</p>',
    });
    await domain.stores.mails.queue({ ...trace(), mails: [mail] }, { kind: 'user', id: ari.user.id });
    const [queued] = await domain.stores.mails.list(undefined, 1);
    assert.ok(queued);
    await domain.stores.mails.failed(queued.id, domain.now(), '550 No such mailbox', undefined);
    return queued.id;
  };

  before(async () => {
    portal = await startPortal(databases);
    talk = createTalk(portal);
    olive = await staff('operator', 'Olive Tan');
    rory = await staff('reviewer', 'Rory Blake');
    vera = await portal.makePerson();
    await portal.makeVendor(vera);
    ari = await portal.makePerson();
    app = await portal.makeApp();
    operator = await portal.signedIn(olive);
    failedMail = await makeFailedMail();
  });
  after(() => portal.close());

  const pages = (): readonly string[] => {
    const [person, one, id] = [ari.user.publicId, ari.workspace.publicId, app.app.publicId];
    return [
      '/operate/people',
      `/operate/people/${person}`,
      `/operate/people/${person}/disable`,
      `/operate/people/${person}/enable`,
      `/operate/people/${person}/import-key`,
      `/operate/people/${person}/role`,
      '/operate/workspaces',
      `/operate/workspaces/${one}`,
      '/operate/apps',
      `/operate/apps/${id}`,
      `/operate/apps/${id}/suspend`,
      `/operate/apps/${id}/lift`,
      `/operate/apps/${id}/limit`,
      '/operate/permissions',
      '/operate/mail',
      '/operate/audit',
      '/operate/audit.csv',
      '/operate/audit.json',
    ];
  };

  it('is there for operators only: nobody is asked to sign in, everybody else gets the 404 of no page [security 40]', async () => {
    const nobody = portal.browser();
    const others = await Promise.all([ari, vera, rory].map((person) => portal.signedIn(person)));
    for (const path of pages()) {
      assert.equal((await operator.get(path)).status, 200, path);
      assert.match((await nobody.get(path)).location, /^\/sign-in\?return_to=%2Foperate/, path);
      for (const browser of others) {
        const [shown, none] = [await browser.get(path), await browser.get('/operate-nothing')];
        assert.equal(shown.status, 404, path);
        const same = (body: string): string =>
          body.replace(/<time[\s\S]*?<\/time>|id="request-id">[^<]*/g, '');
        assert.equal(same(shown.body), same(none.body), path);
        assert.equal((await browser.post(path, {})).status, 404, `POST ${path}`);
        assert.doesNotMatch(none.body, /\/operate\//, 'no navigation');
      }
    }
    assert.match((await operator.get('/operate/people')).body, /href="\/operate\/audit"/);
    assert.equal((await operator.get('/operate')).location, '/operate/people');
  });

  it('is the same by the management API, for every operation', async () => {
    const ids: Readonly<Record<string, string>> = {
      person: ari.user.publicId,
      workspace: ari.workspace.publicId,
      app: app.app.publicId,
      mail: String(failedMail),
    };
    const ours = apiOperations.filter(({ id }) => /^(?:audit|operate)\./.test(id) && id !== 'operate.claim');
    assert.equal(ours.length, 15);
    const cookies = await Promise.all([ari, vera, rory].map((person) => talk.cookieOf(person)));
    for (const { id, http } of ours) {
      const path = http[1].replace(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? '');
      const ask = (cookie?: string) => {
        const headers = { ...(cookie === undefined ? {} : { cookie }), 'content-type': 'application/json' };
        return talk.send(http[0], path, http[0] === 'POST' ? '{}' : '', headers);
      };
      assert.equal((await ask()).status, 401, id);
      for (const cookie of cookies) assert.equal((await ask(cookie)).status, 404, id);
      const read = http[0] === 'GET' ? await ask(await talk.cookieOf(olive)) : undefined;
      assert.ok(read === undefined || read.status === 200, `${id}: ${read?.text}`);
    }
  });

  it('finds people by a part of name or address, and shows counts behind one, not what is secret', async () => {
    const list = await operator.get(`/operate/people?q=${encodeURIComponent(ari.user.email.slice(0, 12))}`);
    assert.match(list.body, new RegExp(ari.user.publicId));
    assert.doesNotMatch(list.body, new RegExp(vera.user.publicId));
    assert.match((await operator.get('/operate/people?q=no-such-person')).body, /Nothing found/);
    const { text } = await portal.makeKey(ari, 'opaque');
    const shown = await operator.get(`/operate/people/${ari.user.publicId}`);
    assert.match(shown.body, /Northside Realty/);
    assert.match(shown.body, /Active API keys<\/dt>\s*<dd>1<\/dd>/);
    assert.ok(!shown.body.includes(text) && !shown.body.includes(ari.user.passwordHash));
    assert.equal((await operator.get('/operate/people?after=usr_made-up')).status, 400);
    assert.equal((await operator.get('/operate/people/usr_made-up')).status, 404);
  });

  it('keeps a person out at once and lets them in again; never the operator themself', async () => {
    const sam = await portal.makePerson();
    const browser = await portal.signedIn(sam);
    const url = `/operate/people/${sam.user.publicId}`;
    const out = await operator.submit(await operator.get(`${url}/disable`), `${url}/disable`);
    assert.equal(out.location, url);
    assert.match((await browser.get('/settings/integrations/api')).location, /^\/sign-in/);
    assert.match((await operator.get(url)).body, /Kept out/);
    const twice = await operator.submit(await operator.get(`${url}/disable`), `${url}/disable`);
    assert.equal(twice.status, 409);
    await operator.submit(await operator.get(`${url}/enable`), `${url}/enable`);
    assert.equal((await browser.get('/settings/integrations/api')).status, 200);
    const own = `/operate/people/${olive.user.publicId}`;
    assert.doesNotMatch((await operator.get(own)).body, /\/disable/);
    assert.equal((await operator.submit(await operator.get(`${own}/disable`), `${own}/disable`)).status, 409);
    assert.equal((await portal.domain.stores.users.find(olive.user.id))?.disabledAtMs, undefined);
  });

  it('makes a person a reviewer and an operator, tells them by mail, and takes it back; never one’s own role', async () => {
    const nora = await portal.makePerson();
    const browser = await portal.signedIn(nora);
    const url = `/operate/people/${nora.user.publicId}`;
    const give = async (role: string) =>
      operator.submit(await operator.get(`${url}/role`), `${url}/role`, { role });
    const opened = async () =>
      (await Promise.all(['/review', '/operate/people'].map((path) => browser.get(path)))).map(
        ({ status }) => status,
      );
    assert.match((await operator.get(url)).body, /\/role"[\s\S]*Change role/);
    assert.deepEqual(await opened(), [404, 404]);
    assert.equal((await give('reviewer')).location, url);
    assert.deepEqual(await opened(), [200, 404]);
    assert.match((await operator.get(url)).body, /Role<\/dt>\s*<dd>Reviewer/);
    assert.equal((await give('reviewer')).status, 409, 'twice');
    assert.equal((await give('queen')).status, 400);
    assert.equal((await give('operator')).location, url);
    assert.deepEqual(await opened(), [404, 200]);
    assert.equal((await give('none')).location, url);
    assert.deepEqual(await opened(), [404, 404]);

    const mails = await portal.domain.stores.mails.list(undefined, 10);
    const told = mails.filter(({ to, purpose }) => to === nora.user.email && purpose === 'role-changed');
    assert.deepEqual(
      told.map(({ subject }) => subject.replace(portal.domain.settings.brand.name, 'BRAND')),
      ['Your role at BRAND has ended', 'You are an operator of BRAND now', 'You review apps for BRAND now'],
    );
    const log = await operator.get(`/operate/audit?verb=operate.set-role&subject=${nora.user.publicId}`);
    assert.match(log.body, /before: none; after: reviewer/);

    const own = `/operate/people/${olive.user.publicId}`;
    assert.doesNotMatch((await operator.get(own)).body, /\/role"/);
    const down = await operator.submit(await operator.get(`${own}/role`), `${own}/role`, { role: 'none' });
    assert.equal(down.status, 409);
    assert.match(down.body, /Ask another operator/);
    assert.equal((await operator.get('/operate/people')).status, 200);
  });

  it('imports a key from before in the name of a member: it works, is listed as theirs, and is never shown again', async () => {
    const kim = await portal.makePerson();
    const url = `/operate/people/${kim.user.publicId}`;
    const text = `old-key.${kim.user.publicId}.0123456789`;
    const send = async (fields: Record<string, string>) =>
      operator.submit(await operator.get(`${url}/import-key`), `${url}/import-key`, fields);
    assert.match((await operator.get(url)).body, /import-key/);
    const nowhere = await send({ key: text, name: '' });
    assert.equal(nowhere.status, 400);
    assert.match(nowhere.body, /Choose a workspace/);
    assert.ok(!nowhere.body.includes(text), 'the key is not sent back');
    const workspace = kim.workspace.publicId;
    const short = await send({ workspace, key: 'too-short', name: 'Website form' });
    assert.equal(short.status, 400);
    assert.match(short.body, /20 to 2048 letters[\s\S]*value="Website form"/);
    const elsewhere = await send({ workspace: ari.workspace.publicId, key: text, name: '' });
    assert.equal(elsewhere.status, 404);
    assert.match(elsewhere.body, /No member of this workspace/);
    assert.equal((await send({ workspace, key: text, name: 'Website form' })).location, url);
    assert.equal((await send({ workspace, key: text, name: '' })).status, 409, 'the same key twice');
    const list = await (await portal.signedIn(kim)).get('/settings/integrations/api');
    assert.match(list.body, /Website form[\s\S]*Legacy Token[\s\S]*6789[\s\S]*Active/);
    assert.ok(!list.body.includes(text));
    const log = await operator.get(`/operate/audit?actor=${olive.user.email}&verb=keys.import-legacy`);
    assert.equal(log.body.match(/keys\.import-legacy<\/code>/g)?.length, 1);
    assert.ok(!log.body.includes(text));
  });

  it('sets the limit of one app, and takes it back', async () => {
    const url = `/operate/apps/${app.app.publicId}`;
    const { vendors } = portal.domain.stores;
    const vendor = (await vendors.find(app.app.vendorId ?? assert.fail())) ?? assert.fail();
    await vendors.change({ ...vendor, contactEmail: 'contact@vendor.test' }, trace());
    const now = async () => (await portal.domain.stores.apps.find(app.app.id))?.rateLimitPerMinute;
    const first = await operator.get(`${url}/limit`);
    assert.equal((await operator.submit(first, `${url}/limit`, { limit: '900' })).location, url);
    assert.equal(await now(), 900);
    assert.match((await operator.get(url)).body, /900 \(set by an operator\)/);
    assert.equal((await operator.submit(first, `${url}/limit`, { limit: '5' })).status, 409, 'an older page');
    const [told] = await portal.domain.stores.mails.list(undefined, 1);
    assert.equal(told?.purpose, 'app-limit-changed');
    assert.equal(told.to, 'contact@vendor.test');
    assert.match((told && bodyOf(portal.domain, told)?.text) ?? '', /Its limit is 900 requests a minute\./);
    const { body } = await operator.get(`${url}/limit`);
    assert.match(body, /In force: 900 \(set by an operator\)\./);
    const nils = await portal.makePerson();
    await portal.domain.stores.vendors.addToTeam(app.app.vendorId ?? assert.fail(), nils.user.id, trace());
    const team = await portal.signedIn(nils);
    const page = `/developer/apps/${app.app.publicId}`;
    assert.match((await team.get(page)).body, /900 requests\/min/);
    assert.match(
      (await team.get(`${page}/history`)).body,
      /An operator[\s\S]*Set the requests a minute[\s\S]*of its mode → 900/,
    );

    for (const limit of ['0', '-3', '1e3', 'many', '1000001', '9'.repeat(30)]) {
      const wrong = await operator.submit(await operator.get(`${url}/limit`), `${url}/limit`, { limit });
      assert.equal(wrong.status, 400, limit);
      assert.match(wrong.body, /whole number from 1/);
    }
    assert.equal(await now(), 900);
    await operator.submit(await operator.get(`${url}/limit`), `${url}/limit`, { limit: '' });
    assert.equal(await now(), undefined);
  });

  it('suspends an app with a reason and lifts it, both in the log', async () => {
    const url = `/operate/apps/${app.app.publicId}`;
    const bare = await operator.submit(await operator.get(`${url}/suspend`), `${url}/suspend`, {
      reason: ' ',
    });
    assert.equal(bare.status, 400);
    assert.match(bare.body, /Give a reason/);
    await operator.submit(await operator.get(`${url}/suspend`), `${url}/suspend`, { reason: 'Sends spam.' });
    assert.match((await operator.get('/operate/apps?status=suspended')).body, new RegExp(app.app.publicId));
    await operator.submit(await operator.get(`${url}/lift`), `${url}/lift`, { reason: 'They stopped.' });
    const log = await operator.get(`/operate/audit?subject=${app.app.publicId}&verb=apps`);
    assert.match(log.body, /apps\.lift[\s\S]*They stopped\.[\s\S]*apps\.suspend[\s\S]*Sends spam\./);
    assert.match((await operator.get('/operate/apps?status=suspended')).body, /Nothing found/);
  });

  it('asks for the password again before any step, and does nothing until then', async () => {
    const late = await portal.signedIn(olive);
    const url = `/operate/apps/${app.app.publicId}/suspend`;
    const form = await late.get(url);
    portal.pass(601_000);
    assert.match((await late.get(url)).location, /^\/step-up\?return_to=%2Foperate%2Fapps/);
    assert.match((await late.submit(form, url, { reason: 'Late.' })).location, /^\/step-up/);
    assert.equal((await portal.domain.stores.apps.find(app.app.id))?.suspendedAtMs, undefined);
    operator = await portal.signedIn(olive);
  });

  it('lists mails without a word of what they say, and tries a given-up one again once [security 32]', async () => {
    const list = await operator.get('/operate/mail');
    assert.match(list.body, /lost@crm\.test[\s\S]*550 No such mailbox/);
    assert.doesNotMatch(list.body, /canary-code/);
    const json = await talk.get('/api/operate/mails', { cookie: await talk.cookieOf(olive) });
    assert.doesNotMatch(json.text, /canary-code|"body"|"html"/);
    const again = await operator.submit(list, '/operate/mail');
    assert.equal(again.location, '/operate/mail');
    const mail = await portal.domain.stores.mails.find(failedMail);
    assert.equal(mail?.failedAtMs, undefined);
    assert.equal(mail?.nextAttemptAtMs, portal.domain.now());
    assert.equal((await operator.submit(list, '/operate/mail')).status, 409, 'the same button twice');
  });

  it('counts how many apps hold each permission', async () => {
    const heldBy = async (id: string): Promise<number> => {
      const answer = await talk.get('/api/operate/permissions', { cookie: await talk.cookieOf(olive) });
      const held = answer.body['permissions'] as { id: string; apps: number }[];
      assert.equal(held.length, portal.domain.permissions.length);
      return held.find((one) => one.id === id)?.apps ?? -1;
    };
    const [held, other] = [await heldBy('leads.list'), await heldBy('leads.delete')];
    await portal.makeApp();
    assert.equal(await heldBy('leads.list'), held + 1);
    assert.equal(await heldBy('leads.delete'), other);
  });

  it('shows members of a workspace', async () => {
    const shown = await operator.get(`/operate/workspaces/${ari.workspace.publicId}`);
    assert.match(shown.body, new RegExp(`${ari.user.email}[\\s\\S]*Owner`));
  });

  describe('the audit log', () => {
    it('filters by who, what, on what and when, and goes on page by page', async () => {
      const out = await operator.get(`/operate/audit?actor=${olive.user.email}&verb=operate.disable-person`);
      assert.equal(out.body.match(/operate\.disable-person<\/code>/g)?.length, 1);
      const tomorrow = new Date(portal.domain.now() + DAY_MS).toISOString().slice(0, 10);
      assert.match((await operator.get(`/operate/audit?from=${tomorrow}`)).body, /No events match/);
      assert.match(
        (await operator.get('/operate/audit?subject=nobody@nowhere.test')).body,
        /No events match/,
      );
      const wrong = await operator.get('/operate/audit?from=2026-02-31');
      assert.equal(wrong.status, 400);
      assert.match(wrong.body, /Enter a day such as/);

      const cookie = await talk.cookieOf(olive);
      const seen: string[] = [];
      let after = '';
      do {
        const { body } = await talk.get(`/api/audit?limit=7&verb=test${after && `&after=${after}`}`, {
          cookie,
        });
        seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
        after = (body['next'] as string | null) ?? '';
      } while (after !== '');
      const whole = await talk.get('/api/audit/export?verb=test', { cookie });
      assert.deepEqual(
        seen,
        (whole.body['items'] as { id: string }[]).map(({ id }) => id),
      );
      assert.equal(whole.body['complete'], true);
      assert.ok(seen.length > 7);
    });

    it('is taken away as CSV and JSON, of the filter only; no cell is run by a spreadsheet', async () => {
      const mallory = await staff('none', 'Mallory');
      const detail = { note: 'a "quoted", thing' };
      await portal.domain.stores.users.setDisabled(mallory.user.id, true, {
        ...trace(),
        verb: '=cmd',
        detail,
      });
      const csv = await operator.get(`/operate/audit.csv?subject=${mallory.user.publicId}`);
      assert.match(String(csv.headers['content-disposition']), /^attachment; filename="audit-.*\.csv"$/);
      assert.equal(csv.headers['content-type'], 'text/csv; charset=utf-8');
      const [head = '', disabled = '', created = '', end] = csv.body.split('\r\n');
      assert.match(head, /^id,at,operation,actor_kind,/);
      assert.match(disabled, /,'=cmd,system,,,user,/);
      assert.match(disabled, /,"\{""note"":""a \\""quoted\\"", thing""\}"$/);
      assert.match(created, /,test\.make,/);
      assert.equal(end, '');
      const json = await operator.get(`/operate/audit.json?subject=${mallory.user.publicId}`);
      const { items, complete } = JSON.parse(json.body) as {
        items: { subject: unknown }[];
        complete: boolean;
      };
      assert.equal(complete, true);
      assert.equal(items.length, 2);
      assert.deepEqual(items[0]?.subject, {
        kind: 'user',
        id: mallory.user.publicId,
        name: mallory.user.email,
      });
    });
  });
});

describe('the first operator', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());

  const offered = async (): Promise<string> =>
    new URL((await offerOperatorClaim(portal.domain)) ?? assert.fail('no link')).pathname;
  const fields = { fullName: 'Olive Tan', email: 'olive@crm.test', password: 'ample violet crane 41' };

  it('comes by the newest unexpired link only; made-up, overtaken and old ones are answered alike [security 67]', async () => {
    const old = await offered();
    const next = await offered();
    const bodies = new Set<string>();
    portal.pass(3_600_000);
    for (const path of [old, next, '/operate/claim/lk_claim_made-up', '/operate/claim/x']) {
      const shown = await portal.browser().get(path);
      assert.equal(shown.status, 404);
      bodies.add(shown.body);
    }
    assert.equal(bodies.size, 1);
  });

  it('gives a name, an address and a password that holds, and is in at once; one of ten who try wins [security 67]', async () => {
    const link = await offered();
    const browsers = Array.from({ length: 10 }, () => portal.browser());
    const forms = await Promise.all(browsers.map((browser) => browser.get(link)));
    const [first] = browsers;
    const [form] = forms;
    assert.ok(first && form);
    const weak = await first.submit(form, link, { ...fields, password: 'password12' });
    assert.equal(weak.status, 400);
    assert.match(weak.body, /easily guessed/);
    assert.equal((await first.submit(form, link, {})).status, 400);
    assert.equal((await portal.browser().post(link, fields)).status, 403, 'without the form');
    const answers = await Promise.all(
      browsers.map((browser, index) =>
        browser.submit(forms[index] ?? form, link, { ...fields, email: `olive${index}@crm.test` }),
      ),
    );
    const winners = answers.filter(({ status }) => status === 303);
    assert.equal(winners.length, 1);
    assert.ok(answers.every(({ status }) => status === 303 || status === 404));
    const winner = browsers[answers.findIndex(({ status }) => status === 303)];
    assert.equal((await winner?.get('/operate/people'))?.status, 200);
    assert.equal((await portal.browser().get(link)).status, 404, 'used');
    assert.equal(await offerOperatorClaim(portal.domain), undefined, 'no more links');
  });

  it('leaves no link in the log [security 31]', async () => {
    const path = '/operate/claim/lk_claim_AQAAAAAAAAB-x_y';
    assert.equal(loggedPath(path), '/operate/claim/lk_claim_…');
    assert.equal(loggedPath('/reset/lk_reset_abc-_1/x'), '/reset/lk_reset_…/x');
    assert.equal(loggedPath('/operate/people/usr_1'), '/operate/people/usr_1');
  });
});
