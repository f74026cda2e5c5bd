// The example of the guide for authors of command-line tools, as they would try it: login, status, a call, logout.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openTerminal } from './terminal.ts';
import { chooseWorkspace, press, signIn } from './visitor.ts';
import { openWorld } from './world.ts';

const world = await openWorld();

test('examples/crm-cli signs in by the browser, says how, calls the API, and signs out at the server too', async () => {
  const terminal = await openTerminal(world.issuer);
  const before = await terminal.run('crm', 'me');
  assert.deepEqual([before.code, before.stdout], [1, '']);
  assert.match(before.stderr, /crm login/);

  const login = terminal.start('crm', 'login');
  const page = await world.newPage();
  await page.goto(await login.tells(/^(http:\/\/127\.0\.0\.1:\S+)$/m));
  await signIn(page, world.person('agent'));
  await chooseWorkspace(page, 'Northside Realty');
  await press(page, 'Authorize');
  await page.getByText('Signed in. Go back to your terminal.').waitFor();
  const signedIn = await login.ended;
  assert.equal(signedIn.code, 0, signedIn.stderr);

  const status = await terminal.run('crm', 'status');
  assert.match(status.stdout, /^Browser OAuth \(PKCE\): in use, ~\/\.config\/crm\/tokens\.json/);
  const me = await terminal.run('crm', 'me');
  assert.equal(me.code, 0, me.stderr);
  assert.match(me.stdout, /ari@demo\.test/);

  const logout = await terminal.run('crm', 'logout');
  assert.equal(logout.code, 0);
  assert.match(logout.stderr, /refresh token is revoked\.\n.*access token is revoked\./);
  assert.equal((await terminal.run('crm', 'status')).code, 1);
});

test('examples/crm-cli is under 60 lines', async () => {
  const text = await readFile(new URL('../examples/crm-cli/crm.mjs', import.meta.url), 'utf8');
  assert.ok(text.trimEnd().split('\n').length < 60);
});
