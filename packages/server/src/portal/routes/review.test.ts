import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import type { Vendor } from '../../domain/vendors/vendor.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser, type Shown } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';
import {
  connect,
  hasForm,
  makeCompleteApp,
  makePlatformPerson,
  openOf,
  submitWithList,
  type LiveApp,
} from './testing/review-road.ts';

const answers = {
  purpose: 'Agents see their leads on a board.',
  permissionReasons: 'List of leads: the board.',
  howToTry: 'https://app.example/demo',
  recording: '',
};

describe('the road to production and its reviewers', () => {
  let portal: TestPortal;
  let vera: Person;
  let rory: Person;
  let vendor: Vendor;
  let browser: Browser;
  let desk: Browser;
  before(async () => {
    portal = await startPortal(databases);
  });
  after(() => portal.close());
  beforeEach(async () => {
    vera = await portal.makePerson();
    rory = await makePlatformPerson(portal, 'reviewer');
    vendor = await portal.makeVendor(vera);
    browser = await portal.signedIn(vera);
    desk = await portal.signedIn(rory);
  });

  const make = (fields: Partial<App> = {}): Promise<LiveApp> =>
    makeCompleteApp(portal, vendor.id, vera, fields);
  const urlOf = ({ app }: LiveApp): string => `/developer/apps/${app.publicId}`;
  const now = async ({ app }: LiveApp): Promise<App> => (await portal.domain.stores.apps.find(app.id)) ?? app;
  const submit = async (live: LiveApp, fields: Record<string, string> = answers): Promise<Shown> => {
    const url = `${urlOf(live)}/review`;
    return browser.submit(await browser.get(url), url, fields);
  };
  const reviewUrl = async (live: LiveApp): Promise<string> =>
    `/review/${(await openOf(portal, live.app)).id}`;
  const decide = async (live: LiveApp, verb: 'approve' | 'decline', reason?: string): Promise<Shown> => {
    const url = await reviewUrl(live);
    return desk.submit(
      await desk.get(url),
      `${url}/${verb}`,
      reason === undefined ? {} : { reason, intent: 'decline' },
    );
  };
  const proposeMore = async (live: LiveApp, publish: 'at-once' | 'by-hand' = 'by-hand'): Promise<Shown> => {
    const permissions = `${urlOf(live)}/permissions`;
    const chosen = ['me.get', 'leads.list', 'leads.create'];
    const saved = await submitWithList(
      browser,
      await browser.get(permissions),
      permissions,
      chosen.map((id) => ['permission', id] as const),
    );
    assert.equal(saved.location, `${urlOf(live)}/edit`);
    const changes = `${urlOf(live)}/edit/changes`;
    const fields = { ...answers, note: 'It can now add leads.', publish, told: 'yes' };
    return browser.submit(await browser.get(changes), changes, fields);
  };

  it('changes an app in development at once, with every problem at its field and nobody’s change overwritten', async () => {
    const live = await make();
    const url = `${urlOf(live)}/settings`;
    const page = await browser.get(url);
    const fields = [
      ['name', 'Pipeline Sync Two'],
      ['website', 'https://two.example'],
      ['description', 'Two.'],
      ['contactName', 'Vera'],
      ['contactEmail', 'vera@two.example'],
      ['contactPhone', ''],
    ] as const;
    const send = (shown: Shown, uri: string) =>
      submitWithList(browser, shown, url, [...fields, ['redirectUri', uri]]);
    const bad = await send(page, 'http://two.example/cb');
    assert.equal(bad.status, 400);
    assert.match(bad.body, /Use https\. Plain http works only for localhost\./);
    assert.equal((await send(page, 'https://two.example/cb')).location, url);
    const changed = await now(live);
    assert.deepEqual([changed.name, changed.redirectUris], ['Pipeline Sync Two', ['https://two.example/cb']]);
    const late = await send(page, 'https://late.example/cb');
    assert.equal(late.status, 409);
    assert.match(late.body, /Somebody changed this app since you opened the page/);
    assert.deepEqual((await now(live)).redirectUris, ['https://two.example/cb']);
  });

  it('says what a submission still lacks and takes none before, and names unanswered questions', async () => {
    const live = await make({ description: '', contactName: '' });
    const page = await browser.get(`${urlOf(live)}/review`);
    assert.match(page.body, /Describe the app/);
    assert.match(page.body, /Name a contact/);
    assert.match(page.body, /aria-disabled="true"/);
    const early = await submit(live);
    assert.equal(early.status, 409);
    assert.match(early.body, /still missing/);
    assert.equal((await now(live)).status, 'development');
    const whole = await make();
    const unanswered = await submit(whole, { ...answers, purpose: ' ', recording: 'nowhere' });
    assert.equal(unanswered.status, 400);
    assert.match(unanswered.body, /Write at least a sentence\./);
    assert.match(unanswered.body, /such as https:\/\/example\.com\/recording/);
  });

  it('locks fields and permissions during review, but never secret rotation; withdrawing opens them again', async () => {
    const live = await make();
    const [settings, permissions] = [`${urlOf(live)}/settings`, `${urlOf(live)}/permissions`];
    const before = [await browser.get(settings), await browser.get(permissions)] as const;
    const review = `${urlOf(live)}/review`;
    const form = await browser.get(review);
    assert.equal((await browser.submit(form, review, answers)).location, review);
    assert.equal((await browser.submit(form, review, answers)).status, 409, 'a second press');
    for (const [index, url] of [settings, permissions].entries()) {
      assert.equal(hasForm((await browser.get(url)).body, url), false, url);
      assert.match((await browser.get(url)).body, /Locked during review/);
      const fields: readonly (readonly [string, string])[] =
        url === settings
          ? [
              ['name', 'Sneaky'],
              ['redirectUri', 'https://sneaky.example/'],
            ]
          : [['permission', 'me.get']];
      const kept = await submitWithList(browser, before[index] ?? assert.fail(), url, fields);
      assert.equal(kept.status, 409, 'a form of before');
    }
    assert.equal((await now(live)).name, live.app.name);
    const credentials = `${urlOf(live)}/credentials`;
    assert.equal(
      (await browser.submit(await browser.get(credentials), credentials, { oldEnds: 'now' })).status,
      200,
    );
    const waiting = await browser.get(`${urlOf(live)}/review`);
    assert.match(waiting.body, /<strong>Under Review<\/strong> since/);
    assert.match(waiting.body, /No answer by then\? Write to <a href="mailto:/);
    assert.equal(
      (await browser.submit(waiting, `${urlOf(live)}/review/withdraw`)).location,
      `${urlOf(live)}/review`,
    );
    assert.equal(hasForm((await browser.get(settings)).body, settings), true);
  });

  it('a reviewer takes, notes, declines with a reason; the vendor reads it verbatim, resubmits, and is approved', async () => {
    const live = await make({ name: 'Waits For Somebody' });
    await submit(live);
    const queue = await desk.get('/review');
    assert.match(queue.body, /Waits For Somebody/);
    const url = await reviewUrl(live);
    assert.equal((await desk.submit(queue, `${url}/take`)).location, url);
    const page = await desk.get(url);
    for (const words of [
      /You are deciding version/,
      /Agents see their leads on a board/,
      /vendor’s first app/,
    ])
      assert.match(page.body, words);
    await desk.submit(page, `${url}/notes`, { text: 'Between us: looks fine.' });
    assert.match((await desk.get(url)).body, /Between us: looks fine\./);

    const silent = await decide(live, 'decline', '  ');
    assert.equal(silent.status, 400);
    assert.match(silent.body, /Write the reason/);
    const preview = await desk.submit(page, `${url}/decline`, { reason: 'Not <yet>.', intent: 'preview' });
    assert.match(preview.body, /&gt; Not &lt;yet&gt;\./);
    assert.equal((await now(live)).status, 'under-review', 'a preview decides nothing');
    assert.match((await desk.get(`${url}?template=redirect`)).body, /People would be sent to a host/);
    assert.equal((await decide(live, 'decline', 'Not <yet>.\n- Name the host')).location, '/review');

    const declined = await browser.get(`${urlOf(live)}/review`);
    assert.match(declined.body, /Not &lt;yet&gt;\./);
    assert.match(declined.body, /<li>Name the host<\/li>/);
    assert.match(declined.body, /Resubmit/);
    const dashboard = await browser.get('/developer/authorizations?status=rejected');
    assert.match(dashboard.body, /Resubmit/);
    for (const page of [declined, await browser.get(`${urlOf(live)}/history`), dashboard])
      assert.doesNotMatch(page.body, /Between us/, 'the vendor never sees notes');

    assert.equal((await submit(live)).status, 303);
    assert.equal((await decide(live, 'approve')).location, '/review');
    assert.equal((await now(live)).status, 'production');
    const history = (await browser.get(`${urlOf(live)}/history`)).body;
    for (const words of [
      /Approved the app for production/,
      /Declined the app/,
      /A reviewer/,
      /Submitted for review/,
      /Not &lt;yet&gt;\./,
    ])
      assert.match(history, words);
    assert.doesNotMatch(history, /Rory/);
  });

  it('an update stays a draft, says whom it signs out, wears the amber badge, and is published by the vendor', async () => {
    const live = await make({ status: 'production', name: 'Breaks Soon' });
    const ari = await portal.makePerson();
    await connect(portal, live, ari);
    const changes = `${urlOf(live)}/edit/changes`;
    const permissions = `${urlOf(live)}/permissions`;
    await submitWithList(browser, await browser.get(permissions), permissions, [
      ['permission', 'me.get'],
      ['permission', 'leads.list'],
      ['permission', 'leads.create'],
    ]);
    const shown = await browser.get(changes);
    assert.match(shown.body, /Adding 1 permission signs out all 2 connections/);
    const untold = await browser.submit(shown, changes, { ...answers, publish: 'by-hand' });
    assert.equal(untold.status, 400);
    assert.match(untold.body, /people lose access until they authorize again/);
    const long = await browser.submit(shown, changes, {
      ...answers,
      publish: 'by-hand',
      told: 'yes',
      note: 'x'.repeat(281),
    });
    assert.equal(long.status, 400);
    assert.equal((await proposeMore(live)).location, `${urlOf(live)}/review`);

    const badge = /Update Submitted — Re-authorization Required/;
    for (const url of [urlOf(live), '/developer/authorizations'])
      assert.match((await browser.get(url)).body, badge);
    assert.match((await desk.get('/review?kind=breaking')).body, /2 connections to authorize again/);
    assert.equal(hasForm((await browser.get(`${urlOf(live)}/edit`)).body, `${urlOf(live)}/edit`), false);
    assert.equal((await decide(live, 'approve')).location, '/review');
    assert.equal((await now(live)).epoch, 1, 'it waits for the vendor');

    const publish = `${urlOf(live)}/edit/publish`;
    const confirm = await browser.get(publish);
    assert.match(confirm.body, /2 connections are signed out/);
    assert.equal((await browser.submit(confirm, publish)).location, `${urlOf(live)}/review`);
    assert.equal((await now(live)).epoch, 2);
    assert.equal((await browser.submit(confirm, publish)).status, 409, 'pressed twice');

    const agent = await portal.signedIn(ari);
    const list = await agent.get('/settings/integrations/authorizations');
    assert.match(list.body, /Authorize again/);
    const consent = await agent.get(`/page/vendor-auth.html?clientId=${live.app.clientId}`);
    assert.match(consent.body, /needs your permission again/);
    assert.match(consent.body, /It can now add leads\./);
    assert.match(consent.body, /New<\/span>/);
    assert.match(consent.body, /Already allowed/);
  });

  it('cancels an update in review, and publishes at once where the vendor chose so', async () => {
    const live = await make({ status: 'production' });
    await proposeMore(live);
    const cancel = `${urlOf(live)}/edit/cancel`;
    const page = await desk.get(await reviewUrl(live));
    const approveUrl = `${await reviewUrl(live)}/approve`;
    assert.equal((await browser.submit(await browser.get(cancel), cancel)).status, 303);
    assert.equal((await desk.submit(page, approveUrl)).status, 409, 'what is gone cannot be approved');
    assert.equal((await now(live)).epoch, 1);
    await proposeMore(live, 'at-once');
    assert.equal((await decide(live, 'approve')).status, 303);
    assert.equal((await now(live)).epoch, 2);
    const history = (await browser.get(`${urlOf(live)}/history`)).body;
    assert.match(history, /Approved the update, which was published at once[^]*Cancelled an update/);
  });

  it('a page of an earlier version decides nothing and is answered by the present one [security 51]', async () => {
    const live = await make();
    await submit(live);
    const url = await reviewUrl(live);
    const old = await desk.get(url);
    await browser.submit(await browser.get(`${urlOf(live)}/review`), `${urlOf(live)}/review/withdraw`);
    await submit(live, { ...answers, purpose: 'Something else entirely.' });
    for (const [verb, fields] of [
      ['approve', {}],
      ['decline', { reason: 'No.', intent: 'decline' }],
    ] as const) {
      const answer = await desk.submit(old, `${url}/${verb}`, fields);
      assert.equal(answer.status, 409);
      assert.match(answer.body, /This changed at .* Read version/s);
      assert.match(answer.body, /Something else entirely\./);
    }
    // The hash of the new version in the form of the old one is no form of ours.
    const hash = (await openOf(portal, live.app)).versionHash;
    assert.equal((await desk.submit(old, `${url}/approve`, { versionHash: hash })).status, 403);
    assert.equal((await now(live)).status, 'under-review');
  });

  it('nobody sets a status by adding it to a form, and a forged or foreign form changes nothing [security 13, 53]', async () => {
    const live = await make();
    const settings = `${urlOf(live)}/settings`;
    const page = await browser.get(settings);
    for (const [name, value] of [
      ['status', 'production'],
      ['epoch', '9'],
      ['vendorId', '1'],
      ['permissionSetId', '1'],
    ] as const) {
      const answer = await submitWithList(browser, page, settings, [
        ['name', 'X'],
        ['redirectUri', 'https://x.example/'],
        [name, value],
      ]);
      assert.equal(answer.status, 400, name);
    }
    await submit(live);
    const url = await reviewUrl(live);
    const forms: readonly (readonly [Browser, string, Record<string, string>])[] = [
      [browser, `${urlOf(live)}/review`, answers],
      [browser, `${urlOf(live)}/review/withdraw`, {}],
      [browser, settings, { name: 'X', redirectUri: 'https://x.example/' }],
      [browser, `${urlOf(live)}/edit`, { name: 'X' }],
      [browser, `${urlOf(live)}/edit/publish`, {}],
      [desk, `${url}/approve`, {}],
      [desk, `${url}/decline`, { reason: 'No' }],
      [desk, `${url}/take`, { from: '' }],
      [desk, `${url}/notes`, { text: 'x' }],
    ];
    const [anyToken = ''] = formsOf((await browser.get(settings)).body).map(
      (form) => form.hidden['csrf'] ?? '',
    );
    for (const [who, action, fields] of forms) {
      const open = (await openOf(portal, live.app)).version;
      for (const csrf of ['', anyToken]) {
        const answer = await who.post(action, { ...fields, csrf });
        assert.ok([403, 404].includes(answer.status), `${action} ${answer.status}`);
      }
      const plain = await who.send('POST', action, 'csrf=x', { 'content-type': 'text/plain' });
      assert.ok([403, 404].includes(plain.status), `${action} as text`);
      assert.equal((await openOf(portal, live.app)).version, open, action);
    }
    assert.deepEqual([(await now(live)).status, (await now(live)).name], ['under-review', live.app.name]);
  });

  it('pages and forms of review are the reviewers’ alone, those of an app its team’s; a reviewer of the team decides nothing [security 49, 53]', async () => {
    const live = await make({ status: 'production' });
    await proposeMore(live);
    const url = await reviewUrl(live);
    const rival = await portal.makePerson();
    await portal.makeVendor(rival);
    const others = [
      browser,
      await portal.signedIn(rival),
      await portal.signedIn(await makePlatformPerson(portal, 'operator')),
    ];
    for (const other of others)
      for (const path of ['/review', url, '/review/999999999', `${url}/approve`])
        assert.equal((await other.get(path)).status, 404, path);
    for (const other of [...others.slice(1), desk])
      for (const path of ['/review', '/edit', '/edit/changes', '/edit/publish', '/history', '/settings'])
        assert.equal((await other.get(`${urlOf(live)}${path}`)).status, 404, path);
    for (const path of ['/review/0', '/review/x', '/review/99999999999999999999'])
      assert.equal((await desk.get(path)).status, 404, path);

    const { stores } = portal.domain;
    const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 't', atMs: 0 } as const;
    const kept = await desk.get(url);
    assert.ok(await stores.vendors.addToTeam(vendor.id, rory.user.id, trace));
    const own = await desk.get(url);
    assert.match(own.body, /You belong to this vendor\./);
    assert.equal(hasForm(own.body, `${url}/approve`), false);
    const refused = await desk.submit(kept, `${url}/approve`);
    assert.equal(refused.status, 403);
    assert.match(refused.body, /You belong to this vendor\./);
    assert.equal((await now(live)).epoch, 1);
  });

  it('of two reviewers one holds it: the other reads, takes over by name, and only then decides', async () => {
    const live = await make();
    await submit(live);
    const url = await reviewUrl(live);
    const second = await portal.signedIn(await makePlatformPerson(portal, 'reviewer'));
    const [mine, theirs] = [await desk.get(url), await second.get(url)];
    const answersOf = await Promise.all([
      desk.submit(mine, `${url}/take`),
      second.submit(theirs, `${url}/take`),
    ]);
    assert.deepEqual(new Set(answersOf.map(({ status }) => status)), new Set([303, 409]));
    const [holder, other, kept] = answersOf[0].status === 303 ? [desk, second, theirs] : [second, desk, mine];
    const refused = await other.submit(kept, `${url}/approve`);
    assert.equal(refused.status, 409);
    assert.match(refused.body, /Another reviewer took this/);
    const page = await other.get(url);
    assert.equal(hasForm(page.body, `${url}/approve`), false);
    assert.equal((await other.submit(page, `${url}/take`)).location, url);
    assert.equal((await holder.submit(await holder.get(url), `${url}/take`)).status, 303);
    assert.equal((await other.get(url)).status, 200);
  });

  it('says Late after three business days', async () => {
    const live = await make({ name: 'Forgotten One' });
    await submit(live);
    assert.doesNotMatch((await desk.get(await reviewUrl(live))).body, />Late</);
    portal.pass(8 * 86_400_000);
    desk = await portal.signedIn(rory);
    assert.match((await desk.get(await reviewUrl(live))).body, />Late</);
  });
});
