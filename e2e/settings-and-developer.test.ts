// API keys as Ari, and an app of her own as Vera.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseWorkspace, follow, heading, press, signIn } from './visitor.ts';
import type { Page } from 'playwright-core';
import { openWorld } from './world.ts';

const world = await openWorld();

/** A value to copy, in the group that is named for it. */
const shownSecret = (page: Page, name: string): Promise<string> =>
  page.getByRole('group', { name, exact: true }).locator('code').innerText();

const me = (key: string): Promise<Response> =>
  fetch(`${world.issuer}/v1.0/me`, { headers: { authorization: `token ${key}` } });

test('an API key is shown once, works at once, and fails at once when it is revoked', async () => {
  const page = await world.newPage();
  await page.goto(`${world.issuer}/settings/integrations/api`);
  await signIn(page, world.person('agent'));
  assert.equal(await heading(page), 'API keys');
  await follow(page, /Create API Key/);
  await page.getByLabel('Name', { exact: true }).fill('CI runner');
  await chooseWorkspace(page, 'Northside Realty');
  await page.getByRole('checkbox', { name: /Whoever holds this key/ }).check();
  await press(page, 'Create key');
  assert.equal(await heading(page), 'Your new API key');
  const key = await shownSecret(page, 'API key');
  assert.equal((await me(key)).status, 200);

  await follow(page, 'I have stored it');
  assert.equal((await page.content()).includes(key), false);
  const row = page.getByRole('row', { name: /CI runner/ });
  assert.match(await row.innerText(), /Active/);
  await row
    .getByRole('link', { name: /Revoke/ })
    .or(row.getByRole('button', { name: /Revoke/ }))
    .click();
  assert.match(await heading(page), /^Revoke CI runner\?$/);
  await press(page, 'Revoke key');
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  assert.equal((await me(key)).status, 401);
});

test('Vera registers an app and sees its Client ID and, once, its Client Secret', async () => {
  const page = await world.newPage();
  await page.goto(`${world.issuer}/developer/authorizations`);
  await signIn(page, world.person('vendor'));
  assert.equal(await heading(page), 'My Authorization');
  await follow(page, /Add More Authorizations/);
  await page.getByLabel('App Name').fill('Lead Mailer');
  await page.getByRole('radio', { name: /On a server that can keep a secret/ }).check();
  await page.getByLabel('Address', { exact: true }).fill('https://mailer.example/callback');
  await press(page, 'Submit');

  await page.getByText('Registered. Copy the Client Secret now, it is shown once.').waitFor();
  const clientId = await shownSecret(page, 'Client ID');
  const secret = await shownSecret(page, 'Client Secret');
  assert.match(clientId, /\S{8,}/);
  assert.match(secret, /\S{20,}/);

  await page.goto(`${world.issuer}/developer/authorizations`);
  const row = page.getByRole('row', { name: /Lead Mailer/ });
  assert.match(await row.innerText(), new RegExp(clientId));
  assert.match(await row.innerText(), /Development/);
  assert.equal((await page.content()).includes(secret), false);
});

test("another person's app and another role's page are the same 404", async () => {
  const page = await world.newPage();
  await page.goto(`${world.issuer}/settings/integrations/api`);
  await signIn(page, world.person('agent'));
  const answer = await page.goto(`${world.issuer}/developer/apps/00000000-0000-4000-8000-000000000000`);
  assert.equal(answer?.status(), 404);
});
