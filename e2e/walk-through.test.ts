// An app's walk-through in a real browser: the real endpoints answer, and no secret is shown whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { press } from './visitor.ts';
import { openWorld } from './world.ts';

const world = await openWorld();

const walkThroughOf = async (app: string): Promise<Page> => {
  const page = await world.newPage();
  await page.goto(world.issuer);
  await press(page, 'Vera');
  await page.goto(`${world.issuer}/developer/authorizations`);
  await page.getByRole('link', { name: app }).first().click();
  await page.getByRole('link', { name: 'Walk-through' }).click();
  await page.getByRole('heading', { name: 'Ask a person' }).waitFor();
  return page;
};

const openConsent = async (page: Page): Promise<Page> => {
  const opened = page.context().waitForEvent('page');
  await press(page, 'Open the consent page');
  const consent = await opened;
  await consent.getByRole('button', { name: 'Authorize' }).waitFor();
  const workspace = consent.getByRole('radio').first();
  if ((await workspace.count()) > 0) await workspace.check();
  return consent;
};

test('the walk-through connects, exchanges, calls and refreshes at the real endpoints, with secrets masked', async () => {
  const page = await walkThroughOf('Pipeline Sync');
  await press(page, 'Call');
  await page.getByText('Do the step before first.').waitFor();

  const consent = await openConsent(page);
  const landed = consent.waitForRequest((request) => request.url().includes('/callback?'));
  await press(consent, 'Authorize');

  const address = (await landed).url();
  const secret = world.clientSecret('Pipeline Sync');
  await page.getByLabel('Address you landed on').fill(address);
  await press(page, 'Exchange the code');
  await page.getByText('Enter the Client Secret.').waitFor();
  await page.getByLabel('Client Secret').fill(secret);
  await page.getByLabel('Address you landed on').fill(address.replace(/state=[^&]*/, 'state=another'));
  await press(page, 'Exchange the code');
  await page.getByText(/its state is not the one sent/).waitFor();
  await page.getByLabel('Address you landed on').fill(address);
  await press(page, 'Exchange the code');
  await page.getByText(/"access_token": "••••/).waitFor();
  await press(page, 'Call');
  await page.getByText(/^HTTP 200[^]*x-ratelimit-limit/).waitFor();
  await press(page, 'Refresh');
  await page
    .locator('#walk-refreshed')
    .getByText(/^HTTP 200/)
    .waitFor();

  const shown = await page.locator('main').innerText();
  const code = new URL(address).searchParams.get('code') ?? '';
  assert.ok(code.length > 20 && secret.length > 20);
  for (const whole of [secret, code]) assert.ok(!shown.includes(whole));
  assert.match(shown, /client_secret=••••/);
  assert.doesNotMatch(shown, /[A-Za-z0-9_-]{60}/, 'no token stands there whole');
});

test('an app in development needs no address that runs: the echo page hands the answer back, and the flow goes through', async () => {
  const page = await walkThroughOf('Open House');
  assert.ok(await page.getByRole('radio', { name: /To our echo page/ }).isChecked());
  assert.equal(await page.getByLabel('Address you landed on').isVisible(), false);
  const echo = await openConsent(page);
  await press(page, 'Exchange the code');
  await page.getByText('No answer has come to the echo page yet.').waitFor();

  const landed = echo.waitForRequest((request) => request.url().includes('/developer/echo?'));
  await press(echo, 'Authorize');
  const code = new URL((await landed).url()).searchParams.get('code') ?? '';
  assert.ok(code.length > 20);
  await echo.getByText('The walk-through took it over.').waitFor();
  assert.equal(new URL(echo.url()).search, '', 'the code is no longer in the address');
  assert.ok(!(await echo.content()).includes(code));

  await page
    .locator('#walk-asked')
    .getByText(/^HTTP 303[^]*\/developer\/echo[^]*code=••••/)
    .waitFor();
  await press(page, 'Exchange the code');
  await page.getByText(/"access_token": "••••/).waitFor();
  await press(page, 'Call');
  await page
    .locator('#walk-called')
    .getByText(/^HTTP 200/)
    .waitFor();
  assert.ok(!(await page.content()).includes(code));
});
