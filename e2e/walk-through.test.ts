// An app's walk-through in a real browser: the real endpoints answer, and no secret is shown whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { press } from './visitor.ts';
import { openWorld } from './world.ts';

const world = await openWorld();

test('the walk-through connects, exchanges, calls and refreshes at the real endpoints, with secrets masked', async () => {
  const page = await world.newPage();
  await page.goto(world.issuer);
  await press(page, 'Vera');
  await page.goto(`${world.issuer}/developer/authorizations`);
  await page.getByRole('link', { name: 'Pipeline Sync' }).first().click();
  await page.getByRole('link', { name: 'Walk-through' }).click();
  await page.getByRole('heading', { name: 'Ask a person' }).waitFor();
  await press(page, 'Call');
  await page.getByText('Do the step before first.').waitFor();

  const opened = page.context().waitForEvent('page');
  await press(page, 'Open the consent page');
  const consent = await opened;
  await consent.getByRole('button', { name: 'Authorize' }).waitFor();
  const workspace = consent.getByRole('radio').first();
  if ((await workspace.count()) > 0) await workspace.check();
  const landed = consent.waitForRequest((request) => request.url().includes('/callback?'));
  await press(consent, 'Authorize');

  const address = (await landed).url();
  const secret = world.clientSecret('Pipeline Sync');
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
