// Document 004, "CLI device flow": start, approve, poll, the key that is handed out once, and the loomta command.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { decide, pollLoomta, sessionOf, startedLoomta, startLoomta } from './apps/devices.ts';
import { call, json, text } from './apps/tokens.ts';
import { createHome } from './cli/process.ts';
import { assertBody, assertJson, assertNotStored } from './expect.ts';
import { KEYS, revokeKey } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { approveTerminal, denyTerminal, openDevice, typeCode } from './person/terminal.ts';
import { customerKey, issuer, personAs } from './target.ts';

const owner = personAs('stranger');
const workspace = owner.workspaces[0] ?? { id: '', name: '' };
const PLATFORMS = '/public/v1/platforms';
const collected: string[] = [];

/** Ten keys an owner may have: each test gives its own back. */
const giveBack = async (key: string): Promise<void> => {
  await revokeKey(await signedInAs(owner), key);
};
after(async () => {
  for (const key of collected) await giveBack(key).catch(() => undefined);
});

const collect = async (deviceCode: string): Promise<string> => {
  const reply = await pollLoomta(deviceCode);
  assert.equal(reply.status, 200, reply.text);
  const key = text(json(reply)['api_key']);
  collected.push(key);
  return key;
};

const approveByApi = async (userCode: string) =>
  decide('approve', {
    session: await sessionOf(owner),
    workspaceId: workspace.id,
    body: { userCode },
  });

describe('document 004: start', () => {
  it('answers the documented fields, with 5 seconds and 600 seconds', async () => {
    const reply = await startLoomta();
    assert.equal(reply.status, 200, reply.text);
    assertJson(reply);
    assertNotStored(reply);
    const body = json(reply);
    assert.deepEqual(Object.keys(body).toSorted(), [
      'device_code',
      'expires_in',
      'interval',
      'user_code',
      'verification_uri',
      'verification_uri_complete',
    ]);
    assert.equal(body['interval'], 5);
    assert.equal(body['expires_in'], 600);
    assert.match(text(body['user_code']), /^LMT-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(body['verification_uri'], `${issuer}/cli-auth`);
    assert.equal(body['verification_uri_complete'], `${issuer}/cli-auth?code=${text(body['user_code'])}`);
  });

  it('makes device codes that cannot be guessed and never repeats a code [security 42]', async () => {
    const [one, two] = [await startedLoomta(), await startedLoomta()];
    assert.notEqual(one.deviceCode, two.deviceCode);
    assert.notEqual(one.userCode, two.userCode);
    assert.ok(one.deviceCode.length >= 22, 'fewer than 128 bits');
  });
});

describe('document 004: the person approves on the page', () => {
  it('pre-fills the code of the complete address, still asks, and a GET approves nothing [security 44]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const person = await signedInAs(owner);
    const first = await person.open(`/cli-auth?code=${userCode}`);
    assert.ok(first.forms.some((form) => form.fields.some((field) => field.value === userCode)));
    const page = await openDevice(person, `/cli-auth?code=${userCode}`);
    assert.ok(page.text.includes(userCode));
    assertBody(await pollLoomta(deviceCode), 400, { error: 'authorization_pending' });
  });

  it('names the app, the age and the origin of the request, and offers a way out [security 45]', async () => {
    const { userCode } = await startedLoomta();
    const page = await openDevice(await signedInAs(owner), `/cli-auth?code=${userCode}`);
    assert.match(page.text, /Is this code in your terminal\?/);
    assert.match(page.text, /loomta/);
    assert.match(page.text, /seconds? ago/);
    assert.match(page.text, /From (this computer|[0-9a-f]+[.:])/);
    const buttons = page.forms.flatMap((form) => form.buttons.map((button) => button.text));
    assert.ok(buttons.includes('Authorize') && buttons.includes('I did not start this'), buttons.join(' | '));
  });

  it('asks for sign-in first, then for the workspace, then mints a loomta_sk_ key for it', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const person = await signedInAs(owner);
    const page = await openDevice(person, `/cli-auth?code=${userCode}`);
    const done = await approveTerminal(person, page, workspace.name);
    assert.match(done.text, /Approved/);
    const key = await collect(deviceCode);
    assert.match(key, /^loomta_sk_/);
    assert.equal((await call(PLATFORMS, `Bearer ${key}`)).status, 200);
    assert.ok((await person.open(KEYS)).text.includes(key.slice(-4)));
    await giveBack(key);
  });

  it('takes a typed code in any case and without dashes', async () => {
    const { userCode } = await startedLoomta();
    const typed = userCode.toLowerCase().replaceAll('-', ' ');
    const page = await typeCode(await signedInAs(owner), '/cli-auth', typed);
    assert.ok(page.text.includes(userCode), page.text.slice(0, 300));
  });

  it('gives the terminal access_denied after I did not start this', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const person = await signedInAs(owner);
    const page = await openDevice(person, `/cli-auth?code=${userCode}`);
    assert.match((await denyTerminal(person, page)).text, /Denied/);
    assertBody(await pollLoomta(deviceCode), 400, { error: 'access_denied' });
  });

  it('shows a request that one person opened to nobody else [security 44]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    await openDevice(await signedInAs(owner), `/cli-auth?code=${userCode}`);
    const other = await openDevice(await signedInAs(personAs('vendor')), `/cli-auth?code=${userCode}`);
    assert.match(other.text, /No terminal waits with this code/);
    assertBody(await pollLoomta(deviceCode), 400, { error: 'authorization_pending' });
  });
});

describe('document 004: approve by API', () => {
  it('takes session, x-organization-id and userCode, and answers approved with the workspace', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    const reply = await approveByApi(userCode);
    assertBody(reply, 200, { status: 'approved', organizationId: workspace.id });
    await giveBack(await collect(deviceCode));
  });

  it('answers the same approve again before collection, and mints one key', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    assert.equal((await approveByApi(userCode)).status, 200);
    assertBody(await approveByApi(userCode), 200, { status: 'approved', organizationId: workspace.id });
    await giveBack(await collect(deviceCode));
  });

  it('scopes the key to the chosen workspace', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    await approveByApi(userCode);
    const key = await collect(deviceCode);
    const list = await (await signedInAs(owner)).open(KEYS);
    assert.ok(list.text.includes(workspace.name));
    const platforms = await call(PLATFORMS, `Bearer ${key}`);
    assert.ok(Array.isArray(json(platforms)['platforms']));
    await giveBack(key);
  });
});

describe('document 004: polling', () => {
  it('answers authorization_pending with 400 while nobody approved', async () => {
    const { deviceCode } = await startedLoomta();
    assertBody(await pollLoomta(deviceCode), 400, { error: 'authorization_pending' });
  });

  it('answers slow_down to a poll within the interval [security 43]', async () => {
    const { deviceCode } = await startedLoomta();
    assertBody(await pollLoomta(deviceCode), 400, { error: 'authorization_pending' });
    assertBody(await pollLoomta(deviceCode), 400, { error: 'slow_down' });
  });

  it('answers an approved request at once, however fast the polls were', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    await pollLoomta(deviceCode);
    await pollLoomta(deviceCode);
    assert.equal((await approveByApi(userCode)).status, 200);
    await giveBack(await collect(deviceCode));
  });

  it('hands the key out exactly once, then answers access_denied [security 47]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    await approveByApi(userCode);
    const reply = await pollLoomta(deviceCode);
    assertNotStored(reply);
    assert.deepEqual(Object.keys(json(reply)).toSorted(), ['api_key', 'status']);
    assert.equal(json(reply)['status'], 'approved');
    const key = text(json(reply)['api_key']);
    assertBody(await pollLoomta(deviceCode), 400, { error: 'access_denied' });
    await giveBack(key);
  });

  it('answers access_denied to an unknown device code [security 48]', async () => {
    assertBody(await pollLoomta(`lk_dc_${'A'.repeat(43)}`), 400, { error: 'access_denied' });
  });

  it('ends a revoked key at once with invalid_api_key [security 58]', async () => {
    const { deviceCode, userCode } = await startedLoomta();
    await approveByApi(userCode);
    const key = await collect(deviceCode);
    assert.equal((await call(PLATFORMS, `Bearer ${key}`)).status, 200);
    await giveBack(key);
    const after = await call(PLATFORMS, `Bearer ${key}`);
    assertBody(after, 401, { code: 'invalid_api_key', message: 'The API key is invalid.' });
  });
});

describe('document 004: the loomta command', () => {
  const home = () => createHome('loomta-cli', { LOOMTA_API_URL: issuer });
  const document = (stdout: string): Readonly<Record<string, unknown>> => {
    assert.equal(stdout.trim().split('\n').length, 1, 'one JSON document on stdout');
    return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  };

  it('auth:login opens the browser at the complete address, polls, and saves the key [security 47]', async () => {
    const loomta = await home();
    const login = loomta.start(['auth:login'], { BROWSER: loomta.browser });
    const [, userCode = ''] = await login.says(/^(LMT-\S+)$/m);
    await login.says(/Opened /);
    const address = await loomta.opened();
    assert.equal(address, `${issuer}/cli-auth?code=${userCode}`);
    const person = await signedInAs(owner);
    await approveTerminal(person, await openDevice(person, address), workspace.name);
    const ended = await login.ended;
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(document(ended.stdout)['status'], 'authenticated');
    const saved = JSON.parse(await loomta.read('.loomta/credentials.json')) as Record<string, string>;
    assert.equal(saved['apiUrl'], issuer);
    const key = text(saved['apiKey']);
    assert.match(key, /^loomta_sk_/);
    assert.ok(!ended.stderr.includes(key) && !ended.stdout.includes(key));
    assert.equal((await stat(join(loomta.folder, '.loomta'))).mode & 0o777, 0o700);
    assert.equal((await stat(join(loomta.folder, '.loomta/credentials.json'))).mode & 0o777, 0o600);
    const listed = await loomta.run(['platforms:list']);
    assert.equal(listed.code, 0, listed.stderr);
    assert.ok(Array.isArray(document(listed.stdout)['platforms']));
    const status = await loomta.run(['auth:status']);
    assert.equal(document(status.stdout)['source'], 'file');
    await giveBack(key);
    const revoked = await loomta.run(['auth:status']);
    assert.equal(revoked.code, 1);
    assert.match(revoked.stderr, /"code":"invalid_api_key"/);
  });

  it('auth:login --no-browser prints the address and the code and opens nothing', async () => {
    const loomta = await home();
    const login = loomta.start(['auth:login', '--no-browser'], { BROWSER: loomta.browser });
    const [, userCode = ''] = await login.says(/^(LMT-\S+)$/m);
    await login.says(new RegExp(RegExp.escape(`${issuer}/cli-auth`)));
    await assert.rejects(loomta.opened());
    const person = await signedInAs(owner);
    await approveTerminal(person, await typeCode(person, '/cli-auth', userCode), workspace.name);
    const ended = await login.ended;
    assert.equal(ended.code, 0, ended.stderr);
    const saved = JSON.parse(await loomta.read('.loomta/credentials.json')) as Record<string, string>;
    await giveBack(text(saved['apiKey']));
  });

  it('auth:login ends with access_denied in JSON on stderr when the person denies, and saves nothing', async () => {
    const loomta = await home();
    const login = loomta.start(['auth:login', '--no-browser']);
    const [, userCode = ''] = await login.says(/^(LMT-\S+)$/m);
    const person = await signedInAs(owner);
    await denyTerminal(person, await typeCode(person, '/cli-auth', userCode));
    const ended = await login.ended;
    assert.equal(ended.code, 1);
    assert.equal(ended.stdout, '');
    const last = ended.stderr.trim().split('\n').at(-1) ?? '';
    const error = JSON.parse(last) as { readonly error: { readonly code: string } };
    assert.equal(error.error.code, 'access_denied');
    await assert.rejects(loomta.read('.loomta/credentials.json'));
  });

  it('auth:login --api-key checks the key before saving it; LOOMTA_API_KEY wins; auth:logout deletes the file and revokes nothing', async () => {
    const { key } = customerKey('opaque');
    const loomta = await home();
    const wrong = await loomta.run(['auth:login', '--api-key', '-'], {}, `loomta_sk_${'A'.repeat(43)}`);
    assert.equal(wrong.code, 1);
    await assert.rejects(loomta.read('.loomta/credentials.json'));
    const login = await loomta.run(['auth:login', '--api-key', '-'], {}, key);
    assert.equal(login.code, 0, login.stderr);
    const byEnv = await loomta.run(['auth:status'], { LOOMTA_API_KEY: key });
    assert.equal(document(byEnv.stdout)['source'], 'env');
    const logout = await loomta.run(['auth:logout']);
    assert.equal(logout.code, 0);
    await assert.rejects(loomta.read('.loomta/credentials.json'));
    const none = await loomta.run(['platforms:list']);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /"code":"not_authenticated"/);
    assert.equal((await call(PLATFORMS, `Bearer ${key}`)).status, 200);
  });

  it('answers bad input with JSON on stderr, nothing on stdout and exit code 1', async () => {
    const loomta = await home();
    const wrong = [['auth:lgoin'], ['auth:login', '--api-key'], ['platforms:list', 'x'], ['--nope'], []];
    for (const argv of wrong) {
      const ended = await loomta.run(argv);
      assert.equal(ended.code, 1, `${argv.join(' ')}: ${ended.stderr}`);
      assert.equal(ended.stdout, '');
      const error = JSON.parse(ended.stderr.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
      assert.ok(error['error'], ended.stderr);
    }
  });
});
