// Both command-line tools from nothing to data, through the real browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openTerminal } from './terminal.ts';
import { chooseWorkspace, heading, press, signIn } from './visitor.ts';
import { openWorld } from './world.ts';

const world = await openWorld();

/** A link only fills in the field; the person goes on. */
const continueWith = async (page: Page, code: string): Promise<void> => {
  assert.equal(await page.getByLabel('Code from your terminal').inputValue(), code);
  await press(page, 'Continue');
};

test('lofty-cli: login-browser is authorized in the browser, then leads list shows three leads', async () => {
  const terminal = await openTerminal(world.issuer);
  const login = terminal.start('lofty-cli', 'auth', 'login-browser');
  const page = await world.newPage();
  await page.goto(await login.tells(/^(http:\/\/127\.0\.0\.1:\S+)$/m));
  await signIn(page, world.person('agent'));
  assert.match(await heading(page), /^Connect lofty-cli to Demo CRM$/);
  await chooseWorkspace(page, 'Northside Realty');
  await press(page, 'Authorize');
  await page.getByText('Signed in. Go back to your terminal.').waitFor();

  const { code, stderr } = await login.ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Signed in as Ari Mendes \(ari@demo\.test\), workspace Northside Realty/);

  const list = await terminal.run('lofty-cli', 'leads', 'list', '--limit', '3', '--json');
  assert.equal(list.code, 0, list.stderr);
  const answered: unknown = JSON.parse(list.stdout);
  const leads = Array.isArray(answered) ? answered : (answered as { leads: unknown[] }).leads;
  assert.equal(leads.length, 3);
});

test('lofty-cli: with --no-browser the short code is typed in a browser elsewhere', async () => {
  const terminal = await openTerminal(world.issuer);
  const login = terminal.start('lofty-cli', 'auth', 'login-browser', '--no-browser');
  const address = await login.tells(/^(http:\/\/\S+\/device)$/m);
  const code = await login.tells(/^(LFT-\S+)$/m);
  const page = await world.newPage();
  await page.goto(address);
  await signIn(page, world.person('agent'));
  // As a person types it: capitals and dashes do not matter.
  await page.getByLabel('Code from your terminal').fill(code.toLowerCase().replaceAll('-', ''));
  await press(page, 'Continue');
  assert.equal(await heading(page), 'Is this code in your terminal?');
  await page.getByText(code).first().waitFor();
  await chooseWorkspace(page, 'Harbor Homes');
  await press(page, 'Authorize');
  await page.getByText('Approved.').first().waitFor();
  const ended = await login.ended;
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stderr, /Harbor Homes/);
});

test('loomta: auth:login is approved in the browser, then platforms:list answers', async () => {
  const terminal = await openTerminal(world.issuer);
  const login = terminal.start('loomta', 'auth:login');
  const code = await login.tells(/^(LMT-\S+)$/m);
  const page = await world.newPage();
  await page.goto(`${world.issuer}/cli-auth?code=${code}`);
  await signIn(page, world.person('agent'));
  await continueWith(page, code);
  assert.equal(await heading(page), 'Is this code in your terminal?');
  await page.getByText(code).first().waitFor();
  await chooseWorkspace(page, 'Northside Realty');
  await press(page, 'Authorize');
  await page.getByText('Approved.').first().waitFor();

  const { code: exit, stdout, stderr } = await login.ended;
  assert.equal(exit, 0, stderr);
  assert.equal((JSON.parse(stdout) as { status: string }).status, 'authenticated');

  const list = await terminal.run('loomta', 'platforms:list');
  assert.equal(list.code, 0, list.stderr);
  assert.equal(typeof JSON.parse(list.stdout), 'object');
});

test('loomta: "I did not start this" ends the login in the terminal, which gets nothing', async () => {
  const terminal = await openTerminal(world.issuer);
  const login = terminal.start('loomta', 'auth:login');
  const code = await login.tells(/^(LMT-\S+)$/m);
  const page = await world.newPage();
  await page.goto(`${world.issuer}/cli-auth?code=${code}`);
  await signIn(page, world.person('agent'));
  await continueWith(page, code);
  await press(page, 'I did not start this');
  await page.getByText('Denied.').first().waitFor();
  const { code: exit, stdout } = await login.ended;
  assert.equal(exit, 1);
  assert.equal(stdout, '');
  assert.notEqual((await terminal.run('loomta', 'platforms:list')).code, 0);
});
