import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { App } from '../../domain/apps/app.ts';
import { databases } from '../../storage/testing/databases.ts';
import type { Person } from '../../testing/service.ts';
import { formsOf, type Browser } from './testing/browser.ts';
import { startPortal, type TestPortal } from './testing/portal.ts';

const REDIRECT = 'https://app.example/callback';
const ISSUER = 'http://localhost:4000';

const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: 0 } as const;

describe('consent', () => {
  let portal: TestPortal;
  let ari: Person;
  let app: App;
  let browser: Browser;
  before(async () => {
    portal = await startPortal(databases);
    ari = await portal.makePerson();
    app = (await portal.makeApp()).app;
  });
  after(() => portal.close());
  beforeEach(async () => {
    browser = await portal.signedIn(ari);
  });

  const linkTo = (to: App = app, more = ''): string =>
    `/oauth/authorize?response_type=code&client_id=${to.clientId}&redirect_uri=${encodeURIComponent(REDIRECT)}&state=a%20b%26c${more}`;
  const change = async (changes: Partial<App>, of = app): Promise<void> => {
    const now = await portal.domain.stores.apps.find(of.id);
    assert.ok(now);
    const next = { ...now, ...changes, version: now.version + 1 };
    assert.ok(await portal.domain.stores.apps.replace(next, now.version, trace));
  };

  it('asks a signed-out person to sign in first, names the app, and comes back to the same request', async () => {
    const stranger = portal.browser();
    const sent = await stranger.get(linkTo());
    assert.equal(sent.status, 303);
    assert.equal(sent.location, `/sign-in?return_to=${encodeURIComponent(linkTo())}`);
    const signIn = await stranger.get(sent.location);
    assert.match(signIn.body, /to connect/);
    assert.match(signIn.body, /Pipeline Sync/);
    const pair = { email: ari.user.email, password: ari.password };
    assert.equal((await stranger.submit(signIn, '/sign-in', pair)).location, linkTo());
  });

  it('redirects with code, state and issuer by 303 after Authorize', async () => {
    const page = await browser.get(linkTo());
    assert.equal(page.status, 200);
    assert.match(page.body, /Pipeline Sync/);
    const answer = await browser.submit(page, linkTo(), {
      decision: 'authorize',
      workspace: ari.workspace.publicId,
    });
    assert.equal(answer.status, 303);
    const to = new URL(answer.location);
    assert.equal(to.origin + to.pathname, REDIRECT);
    assert.match(to.searchParams.get('code') ?? '', /^lk_code_/);
    assert.equal(to.searchParams.get('state'), 'a b&c');
    assert.equal(to.searchParams.get('iss'), ISSUER);
  });

  it('redirects with access_denied, the state and no code after Cancel', async () => {
    const page = await browser.get(linkTo());
    const answer = await browser.submit(page, linkTo(), { decision: 'cancel' });
    assert.equal(answer.status, 303);
    const to = new URL(answer.location);
    assert.equal(to.searchParams.get('error'), 'access_denied');
    assert.equal(to.searchParams.get('state'), 'a b&c');
    assert.equal(to.searchParams.has('code'), false);
  });

  it('takes the documented link with clientId alone', async () => {
    const link = `/page/vendor-auth.html?clientId=${app.clientId}`;
    const page = await browser.get(link);
    assert.equal(page.status, 200);
    const fields = { decision: 'authorize', workspace: ari.workspace.publicId };
    const answer = await browser.submit(page, link, fields);
    const to = new URL(answer.location);
    assert.match(to.searchParams.get('code') ?? '', /^lk_code_/);
    assert.equal(to.searchParams.has('state'), false);
  });

  it('sends no form-action, and the headers of a page that decides something [security 11, 12]', async () => {
    for (const page of [
      await browser.get(linkTo()),
      await browser.get('/sign-in'),
      await browser.get('/cli-auth'),
    ]) {
      const policy = String(page.headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /form-action/);
      assert.equal(page.headers['x-frame-options'], 'DENY');
      assert.equal(page.headers['referrer-policy'], 'no-referrer');
      assert.equal(page.headers['cache-control'], 'no-store');
      assert.ok(page.headers['x-request-id']);
    }
    const settings = await browser.get('/settings/integrations/api');
    assert.match(String(settings.headers['content-security-policy']), /form-action 'self'/);
  });

  it('never redirects before app and address are proven [security 5]', async () => {
    const good = `client_id=${app.clientId}`;
    const evil = encodeURIComponent('https://evil.example/');
    for (const [query, status, words] of [
      [`response_type=code&client_id=unknown&redirect_uri=${evil}`, 400, /names no app we know/],
      ['response_type=code', 400, /names no app we know/],
      [`response_type=code&${good}&redirect_uri=${evil}`, 400, /has not registered/],
      [`response_type=code&${good}&${good}`, 400, /cannot be read/],
      [`response_type=code&${good}&state=%ff`, 400, /cannot be read/],
      [`response_type=code&${good}&state=%00`, 400, /cannot be read/],
      [`response_type=code&${good}&state=${'x'.repeat(3000)}`, 400, /cannot be read/],
    ] as const) {
      for (const who of [browser, portal.browser()]) {
        const page = await who.get(`/oauth/authorize?${query}`);
        assert.equal(page.status, status, query);
        assert.match(page.body, words);
        assert.equal(page.location, '');
        assert.doesNotMatch(page.body, /href="https:\/\/evil/);
      }
    }
  });

  it('says what is missing when the app has several addresses and the link names none', async () => {
    const several = (await portal.makeApp({ redirectUris: [REDIRECT, 'https://app.example/other'] })).app;
    const page = await browser.get(`/page/vendor-auth.html?clientId=${several.clientId}`);
    assert.equal(page.status, 400);
    assert.match(page.body, /must say where to return/);
  });

  it('redirects errors of the request to the proven address', async () => {
    const token = await browser.get(linkTo().replace('response_type=code', 'response_type=token'));
    assert.equal(token.status, 303);
    const to = new URL(token.location);
    assert.equal(to.searchParams.get('error'), 'unsupported_response_type');
    assert.equal(to.searchParams.get('state'), 'a b&c');
    const pub = (await portal.makeApp({ kind: 'public' })).app;
    const plain = await browser.get(linkTo(pub));
    assert.equal(new URL(plain.location).searchParams.get('error'), 'invalid_request');
  });

  it('stays closed for people outside the team of a development app, and offers only the way back [security 40]', async () => {
    const { app: early } = await portal.makeApp({ status: 'development' });
    const page = await browser.get(linkTo(early));
    assert.equal(page.status, 403);
    assert.match(page.body, /still in development and not open to you/);
    const back = await browser.submit(page, linkTo(early));
    assert.equal(back.status, 303);
    assert.equal(new URL(back.location).searchParams.get('error'), 'access_denied');
    // The token of that page is good for the way back only.
    const [form] = formsOf(page.body);
    const forced = await browser.post(linkTo(early), {
      ...form?.hidden,
      decision: 'authorize',
      workspace: ari.workspace.publicId,
    });
    assert.equal(forced.status, 403);
    assert.equal(forced.location, '');
  });

  it('refuses a suspended app on our host', async () => {
    const { app: bad } = await portal.makeApp();
    await change({ suspendedAtMs: 1 }, bad);
    const page = await browser.get(linkTo(bad));
    assert.equal(page.status, 403);
    assert.match(page.body, /cannot be connected at the moment/);
    assert.equal(page.location, '');
  });

  it('asks for a workspace when there are several, and takes none of somebody else', async () => {
    const many = await portal.makePerson();
    await portal.makeWorkspace(many, 'Harbor Homes', 'member');
    const other = await portal.signedIn(many);
    const page = await other.get(linkTo());
    assert.match(page.body, /Harbor Homes/);
    for (const workspace of ['', ari.workspace.publicId, 'nonsense']) {
      const again = await other.submit(page, linkTo(), { decision: 'authorize', workspace });
      assert.equal(again.status, 400);
      assert.match(again.body, /Choose a workspace\./);
      assert.equal(again.location, '');
    }
  });

  it('shows the page again when what it showed has changed since', async () => {
    const { app: moving } = await portal.makeApp();
    const page = await browser.get(linkTo(moving));
    await change({ name: 'Another Name' }, moving);
    const again = await browser.submit(page, linkTo(moving), {
      decision: 'authorize',
      workspace: ari.workspace.publicId,
    });
    assert.equal(again.status, 200);
    assert.match(again.body, /Another Name/);
    assert.equal(again.location, '');
  });

  it('is out of date after ten minutes', async () => {
    const page = await browser.get(linkTo());
    portal.pass(600_001);
    const late = await browser.submit(page, linkTo(), {
      decision: 'authorize',
      workspace: ari.workspace.publicId,
    });
    assert.equal(late.status, 403);
    assert.match(late.body, /This page is out of date\./);
    assert.match(late.body, /Start again/);
  });

  it('cannot be answered after somebody else signed in [security 15]', async () => {
    const mallory = await portal.makePerson();
    const page = await browser.get(linkTo());
    await portal.signIn(browser, mallory);
    const fields = { decision: 'authorize', workspace: mallory.workspace.publicId };
    const answer = await browser.submit(page, linkTo(), fields);
    assert.equal(answer.status, 403);
    assert.match(answer.body, /This page is out of date\./);
    assert.equal(answer.location, '');
  });

  it('binds the form to its request: a token for one request answers no other [security 13]', async () => {
    const page = await browser.get(linkTo());
    const [form] = formsOf(page.body);
    const fields = { ...form?.hidden, decision: 'authorize', workspace: ari.workspace.publicId };
    for (const target of [linkTo(app, '&scope=openApi'), linkTo().replace('a%20b', 'stolen')]) {
      const answer = await browser.post(target, fields);
      assert.equal(answer.status, 403, target);
      assert.equal(answer.location, '');
    }
    const { csrf: _csrf, ...without } = fields as Record<string, string>;
    assert.equal((await browser.post(linkTo(), without)).status, 403);
    const tampered = { ...fields, shown: 'x' } as Record<string, string>;
    assert.equal((await browser.post(linkTo(), tampered)).status, 403);
    assert.equal((await browser.post(linkTo(), fields as Record<string, string>)).status, 303);
  });

  it('shows the page to a public app each time: no consent is remembered [security 14]', async () => {
    const { app: pub } = await portal.makeApp({ kind: 'public' });
    const link = linkTo(
      pub,
      `&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256`,
    );
    for (let time = 0; time < 2; time += 1) {
      const page = await browser.get(link);
      assert.equal(page.status, 200);
      const fields = { decision: 'authorize', workspace: ari.workspace.publicId };
      assert.equal((await browser.submit(page, link, fields)).status, 303);
    }
  });

  it('lets lofty-cli come back by hand: Authorize leads to the page that shows its code and state', async () => {
    const parameters = new URLSearchParams({
      response_type: 'code',
      client_id: 'lofty-cli',
      redirect_uri: `${ISSUER}/oauth/code`,
      state: 'of-the-terminal',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    const link = `/oauth/authorize?${parameters}`;
    const page = await browser.get(link);
    assert.equal(page.status, 200);
    const fields = { decision: 'authorize', workspace: ari.workspace.publicId };
    const to = new URL((await browser.submit(page, link, fields)).location);
    assert.equal(to.origin + to.pathname, `${ISSUER}/oauth/code`);
    const shown = await browser.get(to.pathname + to.search);
    assert.ok(shown.body.includes(`${to.searchParams.get('code')}#of-the-terminal`));
    assert.match(shown.body, /data-copy="code"/);
    assert.match(shown.body, /give the code to nobody/);
  });

  it('shows a code for carrying by hand while it lives, and never a dead one', async () => {
    const code = await portal.makeCode(app, ari);
    const page = await portal.browser().get(`/oauth/code?code=${code}&state=xyz`);
    assert.equal(page.status, 200);
    assert.ok(page.body.includes(`${code}#xyz`));
    portal.pass(60_000);
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
    assert.equal((await portal.browser().get(`/oauth/code?code=${code}`)).status, 410);
    assert.equal((await portal.browser().get('/oauth/code')).status, 410);
    assert.match((await portal.browser().get('/oauth/code?error=access_denied')).body, /Not authorized/);
  });
});
