// Document 003, the older vendor article: the API key page, registration and dashboard, Basic with a raw form body, the raw key.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { AGENT_WORKSPACE, ownApp, productionApp, vendor } from './apps/known.ts';
import {
  authorize,
  askVendorToken,
  bearer,
  call,
  json,
  landed,
  text,
  tokensOf,
  vendorAuthAddress,
} from './apps/tokens.ts';
import type { App, Fields } from './apps/tokens.ts';
import { assertBadCredentials, assertOAuthError } from './expect.ts';
import { basic, exchange } from './http/exchange.ts';
import type { Reply } from './http/exchange.ts';
import {
  appAddress,
  clientIdOn,
  DASHBOARD,
  register,
  REGISTER,
  secretOn,
  uniqueName,
} from './person/developer.ts';
import {
  CONNECTIONS,
  createKey,
  disconnect,
  keyOn,
  KEYS,
  openCreateKey,
  revokeKey,
} from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { issuer, personAs } from './target.ts';

const agent = personAs('agent');

const codeOf = async (app: App = productionApp, who = agent): Promise<string> => {
  const person = await signedInAs(who);
  const page = await person.open(vendorAuthAddress(app));
  return text(landed(await authorize(person, page, AGENT_WORKSPACE)).searchParams.get('code'));
};

describe('document 003: API keys', () => {
  const made: string[] = [];
  const newKey = async (): Promise<string> => {
    const page = await createKey(await signedInAs(agent), {
      name: 'Conformance',
      workspace: AGENT_WORKSPACE,
    });
    const key = keyOn(page);
    made.push(key);
    return key;
  };
  after(async () => {
    for (const key of made) await revokeKey(await signedInAs(agent), key).catch(() => undefined);
  });

  it('shows the API key page at Settings, Integrations, API', async () => {
    const page = await (await signedInAs(agent)).open(KEYS);
    assert.equal(page.reply.status, 200);
    assert.match(page.text, /Settings.*Integrations.*API/);
  });

  it('makes a key that works as token, shown whole on one page', async () => {
    const key = await newKey();
    assert.equal((await call('/v1.0/me', `token ${key}`)).status, 200);
    const list = await (await signedInAs(agent)).open(KEYS);
    assert.ok(!list.reply.text.includes(key));
    assert.ok(list.text.includes(key.slice(-4)));
  });

  it('makes no key without the acknowledgment that whoever holds it can act as its maker', async () => {
    const person = await signedInAs(agent);
    const page = await openCreateKey(person);
    const reply = await person.forge(page, 'Create key', {
      filled: { name: 'Unacknowledged' },
      fields: (fields) => fields.delete('acknowledged'),
    });
    assert.ok(reply.status >= 400 && reply.status < 500, String(reply.status));
    assert.ok(!(await person.open(KEYS)).text.includes('Unacknowledged'));
  });

  it('takes the key alone in Authorization, as the printed /v1.0/me samples send it', async () => {
    const reply = await exchange(issuer, '/v1.0/me', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await newKey() },
    });
    assert.equal(reply.status, 200, reply.text);
    assert.equal(json(reply)['email'], agent.email);
  });

  it('refuses a key sent as Bearer, and says how to send it', async () => {
    const reply = await call('/v1.0/me', bearer(await newKey()));
    assertBadCredentials(reply);
    assert.match(text(json(reply)['message']), /token/);
  });

  it('ends a revoked key at once [security 58]', async () => {
    const key = await newKey();
    assert.equal((await call('/v1.0/me', `token ${key}`)).status, 200);
    await revokeKey(await signedInAs(agent), key);
    assertBadCredentials(await call('/v1.0/me', `token ${key}`));
  });
});

describe('document 003: registration and dashboard', () => {
  const wanted = (name: string) => ({
    name,
    kind: 'confidential' as const,
    redirectUri: 'https://oauth2.example.com/code',
  });

  it('offers + Add More Authorizations, which leads to the registration form', async () => {
    const person = await signedInAs(vendor);
    const page = await person.follow(await person.open(DASHBOARD), 'Add More Authorizations');
    assert.equal(page.url.pathname, REGISTER);
  });

  it('asks for the documented fields and ends with Submit', async () => {
    const page = await (await signedInAs(vendor)).open(REGISTER);
    const fields = [
      'App Name',
      'Website',
      'Authorized Redirect URL',
      'Description',
      'Primary Contact Name',
      'Primary Email',
      'Primary Phone Number',
    ];
    for (const field of fields) assert.ok(page.text.includes(field), `${field} is missing`);
    assert.ok(page.forms.some((form) => form.buttons.some((button) => button.text === 'Submit')));
  });

  it('registers an app with every field and lists it on the dashboard', async () => {
    const person = await signedInAs(vendor);
    const name = uniqueName('Complete');
    const page = await register(person, {
      ...wanted(name),
      more: {
        website: 'https://complete.example',
        description: 'Everything filled in.',
        contactName: 'Vera Lindqvist',
        contactEmail: 'contact@complete.example',
        contactPhone: '+1 206 555 0127',
      },
    });
    const clientId = clientIdOn(page);
    const dashboard = await person.open(DASHBOARD);
    for (const shown of [name, 'complete.example', 'oauth2.example.com', clientId, 'Everything filled in.'])
      assert.ok(dashboard.text.includes(shown), `${shown} is missing`);
    assert.ok(dashboard.text.includes('contact@complete.example'));
  });

  it('registers several applications for one developer', async () => {
    const person = await signedInAs(vendor);
    const names = [uniqueName('One of many'), uniqueName('One of many')];
    const ids: string[] = [];
    for (const name of names) ids.push(clientIdOn(await register(person, wanted(name))));
    assert.notEqual(ids[0], ids[1]);
    const dashboard = await person.open(DASHBOARD);
    for (const name of names) assert.ok(dashboard.text.includes(name));
  });

  it('shows the documented columns', async () => {
    const page = await (await signedInAs(vendor)).open(DASHBOARD);
    const columns = [
      'App',
      'Website',
      'Authorized Redirect URL',
      'Client ID',
      'Client Secret',
      'Description',
      'Primary Contact Info',
      'Status',
    ];
    const heads = [...page.reply.text.matchAll(/<th\b[^>]*>([\s\S]*?)<\/th>/g)].map(([, words = '']) =>
      words.replaceAll(/<[^>]*>/g, '').trim(),
    );
    assert.deepEqual(heads.filter((head) => columns.includes(head)).slice(0, columns.length), columns);
  });

  it('shows the client secret whole once and masked on the dashboard', async () => {
    const person = await signedInAs(vendor);
    const name = uniqueName('Masked');
    const secret = text(secretOn(await register(person, wanted(name))));
    const dashboard = await person.open(DASHBOARD);
    assert.ok(!dashboard.reply.text.includes(secret));
    assert.ok(dashboard.text.includes(secret.slice(-4)));
    const credentials = await person.open(`${await appAddress(person, name)}/credentials`);
    assert.ok(!credentials.reply.text.includes(secret));
  });

  it('refuses redirect addresses that could be abused, and registers nothing [security 3] [security 4]', async () => {
    const person = await signedInAs(vendor);
    const refused = [
      'javascript:alert(1)',
      'JavaScript://x.example/%0aalert(1)',
      'data:text/html,hi',
      'http://app.example/callback',
      'https://app.example/callback#part',
      'https://app.example/callback?code=1',
      'https://app.example/callback?state=1',
      'https://app.example/callback?error=1',
      'https://*.app.example/callback',
      'https://user:pass@app.example/callback',
      'not an address',
    ];
    for (const redirectUri of refused) {
      const name = uniqueName('Abuser');
      const page = await register(person, { ...wanted(name), redirectUri });
      assert.ok(page.reply.status >= 400 && page.reply.status < 500, `${redirectUri}: ${page.reply.status}`);
      assert.equal(secretOn(page), undefined, redirectUri);
    }
    assert.ok(!(await person.open(DASHBOARD)).text.includes('Abuser'));
  });

  it('shows vendor pages to the vendor alone [security 49]', async () => {
    const owner = await signedInAs(vendor);
    const name = uniqueName('Private');
    await register(owner, wanted(name));
    const address = await appAddress(owner, name);
    for (const role of ['agent', 'stranger'] as const) {
      const page = await (await signedInAs(personAs(role))).open(address);
      assert.equal(page.reply.status, 404, role);
      assert.ok(!page.text.includes(name));
    }
  });
});

describe('document 003: OAuth as the article prints it', () => {
  const post = (app: App, body: string): Promise<Reply> =>
    exchange(issuer, '/api/user-web/oauth/token', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: basic(app.clientId, app.clientSecret ?? ''),
      },
      body,
    });

  it('takes client_id as well as clientId in the consent link', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(`/page/vendor-auth.html?client_id=${productionApp.clientId}`);
    const back = landed(await authorize(person, page, AGENT_WORKSPACE));
    assert.ok(back.searchParams.get('code'));
  });

  it('returns the denied status in the redirect URL', async () => {
    const person = await signedInAs(agent);
    const page = await person.open(`/page/vendor-auth.html?client_id=${productionApp.clientId}`);
    assert.equal(landed(await person.press(page, 'Cancel')).searchParams.get('error'), 'access_denied');
  });

  it('exchanges a code by the printed form body, with its empty client_id beside Basic', async () => {
    const { redirectUri } = productionApp;
    const body = `code=${await codeOf()}&client_id=&redirect_uri=${redirectUri.replaceAll(':', '%3A')}&grant_type=authorization_code`;
    const reply = await post(productionApp, body);
    assert.equal(reply.status, 200, reply.text);
    const fields = json(reply);
    assert.equal(fields['scope'], 'openApi');
    assert.equal(fields['token_type'], 'Bearer');
  });

  it('refreshes by the printed form body', async () => {
    const { refresh } = tokensOf(
      await post(
        productionApp,
        `code=${await codeOf()}&redirect_uri=${encodeURIComponent(productionApp.redirectUri)}&grant_type=authorization_code`,
      ),
    );
    const reply = await post(productionApp, `refresh_token=${refresh}&grant_type=refresh_token`);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(json(reply)['refresh_token'], refresh);
  });

  it('accepts Basic alone as naming the client', async () => {
    const fields: Fields = {
      code: await codeOf(),
      redirect_uri: productionApp.redirectUri,
      grant_type: 'authorization_code',
    };
    assert.equal((await askVendorToken(productionApp, { body: fields })).status, 200);
  });

  it('refuses a wrong Basic secret with 401 and a Basic challenge, and keeps the code [security 37]', async () => {
    const code = await codeOf();
    const body = `code=${code}&redirect_uri=${encodeURIComponent(productionApp.redirectUri)}&grant_type=authorization_code`;
    assertOAuthError(await post({ ...productionApp, clientSecret: 'wrong' }, body), 401, 'invalid_client');
    assert.equal((await post(productionApp, body)).status, 200);
  });

  it('lets an agent disconnect an app, and offers nothing to rotate its token', async () => {
    const app = await ownApp('Listed');
    const person = await signedInAs(vendor);
    const body = {
      code: await codeOf(app, vendor),
      redirect_uri: app.redirectUri,
      grant_type: 'authorization_code',
    };
    const { access } = tokensOf(await askVendorToken(app, { body }));
    const list = await person.open(CONNECTIONS);
    const detail = await person.follow(list, app.name);
    const controls = [...detail.links, ...detail.forms.flatMap((form) => form.buttons)].map(
      ({ text }) => text,
    );
    assert.ok(controls.some((words) => words.startsWith('Disconnect')));
    assert.ok(!controls.some((words) => /rotate|renew|roll|token/i.test(words)));
    await disconnect(person, app.name);
    assertBadCredentials(await call('/v1.0/me', bearer(access)));
    assert.ok(!(await person.open(CONNECTIONS)).text.includes(app.name));
  });
});
