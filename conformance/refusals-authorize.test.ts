// Refusals of the authorization endpoint and of forged forms (protocol.md 15 and 10), exactly.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AGENT_WORKSPACE, ownApp, productionApp, publicApp, vendor } from './apps/known.ts';
import { authorizeAddress, createPkce, landed, s256, vendorAuthAddress } from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import { assertProblemPage } from './expect.ts';
import { readPage } from './http/page.ts';
import { clientIdOn, REGISTER, uniqueName } from './person/developer.ts';
import { signedInAs } from './person/sign-in.ts';
import { foreignRedirects } from './redirects.ts';
import { issuer, personAs } from './target.ts';

const agent = personAs('agent');
const stranger = personAs('stranger');
const CALLBACK = 'https://app.example/callback';
const open = async (address: string) => (await signedInAs(agent)).open(address);

describe('refusals of the authorization endpoint, on our own host', () => {
  it('an unknown app: a page, no redirect [security 5]', async () => {
    const unknown = { ...productionApp, clientId: 'nobody' };
    for (const address of [authorizeAddress(unknown), vendorAuthAddress(unknown)])
      assertProblemPage((await open(address)).reply, [400, 403]);
    assertProblemPage((await open('/oauth/authorize')).reply, [400, 403]);
    assertProblemPage((await open('/page/vendor-auth.html')).reply, [400, 403]);
  });

  it('a redirect that is not exactly a registered one: a page, no redirect, for every way to bend it [security 1]', async () => {
    const app = await ownApp('Bent', { redirectUri: CALLBACK });
    const person = await signedInAs(vendor);
    assert.equal((await person.open(authorizeAddress(app))).reply.status, 200);
    const cases = foreignRedirects(CALLBACK);
    assert.ok(cases.length >= 60, `${cases.length} cases`);
    for (const redirectUri of cases) {
      const { reply } = await person.open(authorizeAddress({ ...app, redirectUri }));
      assert.equal(reply.status, 400, redirectUri);
      assertProblemPage(reply, [400]);
    }
  });

  it('several registered redirects and none named: a page, no redirect', async () => {
    const person = await signedInAs(vendor);
    const reply = await person.forge(await person.open(REGISTER), 'Submit', {
      filled: { name: uniqueName('Two Ways'), kind: 'confidential', redirectUri: CALLBACK },
      fields: (fields) => fields.append('redirectUri', 'https://app.example/other'),
    });
    const clientId = clientIdOn({ ...readPage(reply.text), url: new URL(issuer), reply, left: undefined });
    const page = await person.open(`/page/vendor-auth.html?clientId=${clientId}`);
    assertProblemPage(page.reply, [400]);
    assert.match(page.text, /This link must say where to return\./);
    const address = `/oauth/authorize?response_type=code&client_id=${clientId}`;
    assertProblemPage((await person.open(address)).reply, [400]);
  });

  it('a person who is no tester of an app in development: a page, with the way back by access_denied [security 40]', async () => {
    const person = await signedInAs(stranger);
    const page = await person.open(authorizeAddress(publicApp, { ...s256(createPkce()), state: 'st' }));
    assertProblemPage(page.reply, [403]);
    const back = landed(await person.press(page, /^Back to/));
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('state'), 'st');
  });

  it('the same parameter twice: a page, no redirect [security 7]', async () => {
    const twice = `${authorizeAddress(productionApp)}&client_id=${productionApp.clientId}`;
    assertProblemPage((await open(twice)).reply, [400]);
    assertProblemPage((await open(`${authorizeAddress(productionApp)}&redirect_uri=x`)).reply, [400]);
  });
});

describe('refusals of the authorization endpoint, by redirect once it is proven', () => {
  const errorFor = async (app: App, more: Readonly<Record<string, string>>) => {
    const back = landed(await open(authorizeAddress(app, { state: 'keep me', ...more })));
    assert.ok(back.href.startsWith(`${app.redirectUri}?`), back.href);
    assert.equal(back.searchParams.get('state'), 'keep me');
    assert.equal(back.searchParams.get('iss'), issuer);
    assert.equal(back.searchParams.get('code'), null);
    return back.searchParams.get('error');
  };

  it('a response_type that does not exist here: unsupported_response_type [security 6]', async () => {
    for (const type of ['token', 'id_token', 'code token', 'none'])
      assert.equal(await errorFor(productionApp, { response_type: type }), 'unsupported_response_type', type);
  });

  it('no response_type: invalid_request', async () => {
    assert.equal(await errorFor(productionApp, { response_type: '' }), 'invalid_request');
  });

  it('a challenge that is missing for a public app, plain, too short or malformed: invalid_request [security 16]', async () => {
    const { challenge, verifier } = createPkce();
    const cases = [
      {},
      { code_challenge: verifier, code_challenge_method: 'plain' },
      { code_challenge: challenge },
      { code_challenge: challenge.slice(1), code_challenge_method: 'S256' },
      { code_challenge: `${challenge.slice(1)}=`, code_challenge_method: 'S256' },
      { code_challenge: challenge, code_challenge_method: 's256' },
    ];
    for (const more of cases)
      assert.equal(await errorFor(publicApp, more), 'invalid_request', JSON.stringify(more));
  });

  it('a permission that the app does not have: invalid_scope [security 50]', async () => {
    for (const scope of ['leads.delete', 'me.get leads.delete', 'nothing'])
      assert.equal(await errorFor(productionApp, { scope }), 'invalid_scope', scope);
  });

  it('Cancel: access_denied with state and iss', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(authorizeAddress(productionApp, { state: 'keep me' }));
    const back = landed(await person.press(page, 'Cancel'));
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('state'), 'keep me');
    assert.equal(back.searchParams.get('iss'), issuer);
  });
});

describe('forged forms', () => {
  it('a form without its token, from another site or with a foreign Origin: refused, and nothing happens [security 13]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const filled = page.forms.some((form) => form.fields.some(({ type }) => type === 'radio'))
      ? { workspace: AGENT_WORKSPACE }
      : {};
    const forgeries = [
      { fields: (fields: URLSearchParams) => fields.delete('csrf') },
      { fields: (fields: URLSearchParams) => fields.set('csrf', 'A'.repeat(43)) },
      { headers: { 'sec-fetch-site': 'cross-site' } },
      { headers: { origin: 'https://evil.example' } },
    ];
    for (const forgery of forgeries) {
      const reply = await person.forge(page, 'Authorize', { filled, ...forgery });
      assert.equal(reply.headers.location, undefined);
      assert.equal(reply.status, 403, reply.text.slice(0, 200));
    }
  });

  it("one person's form in another's session: refused, nothing connected [security 15]", async () => {
    const page = await (await signedInAs(agent)).open(vendorAuthAddress(productionApp));
    const other = await signedInAs(stranger);
    const reply = await other.forge(page, 'Authorize', { filled: { workspace: AGENT_WORKSPACE } });
    assert.equal(reply.headers.location, undefined);
    assert.ok(reply.status === 403 || reply.status === 400, String(reply.status));
  });

  it('consent for a workspace that is not theirs: refused [security 50]', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(vendorAuthAddress(productionApp));
    const reply = await person.forge(page, 'Authorize', {
      filled: { workspace: AGENT_WORKSPACE },
      fields: (fields) => fields.set('workspace', stranger.workspaces[0]?.id ?? ''),
    });
    assert.equal(reply.headers.location, undefined);
    assert.ok(reply.status >= 400 && reply.status < 500, String(reply.status));
  });
});
