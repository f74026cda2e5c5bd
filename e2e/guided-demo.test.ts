// The demo's start page in a real browser: each step is ticked by what really happened, and one click changes who one is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseWorkspace, follow, heading, press, signIn } from './visitor.ts';
import { openWorld } from './world.ts';

const world = await openWorld();

test('the steps tick themselves, and the page says how soon the disconnected app was refused', async () => {
  const page = await world.newPage();
  const home = await page.context().newPage();
  await home.goto(world.issuer);
  const step = (title: string) => home.getByRole('listitem').filter({ hasText: title });
  const isDone = (title: string) => step(title).getByText('Done', { exact: true }).waitFor();
  assert.equal(await home.getByText('Done', { exact: true }).filter({ visible: true }).count(), 0);

  await follow(home, 'Run');
  await home.getByText('HTTP 401').waitFor();
  await isDone('Knock without a credential');
  assert.equal(await home.getByRole('table').getByRole('row').count(), 1 + 1);

  await page.goto(`${world.sampleAppUrl}/connect`);
  await signIn(page, world.person('agent'));
  await chooseWorkspace(page, 'Northside Realty');
  await press(page, 'Authorize');
  await page.waitForURL((url) => url.href.startsWith(world.sampleAppUrl));
  await isDone('Connect an app');
  await press(page, 'Delete a lead');
  await isDone('Ask for more than was granted');

  await home.getByRole('button', { name: 'Pause' }).click();
  await page.goto(`${world.issuer}/settings/integrations/authorizations`);
  await page.getByRole('link', { name: /Disconnect/ }).click();
  await press(page, 'Disconnect');
  await page.getByText('No app is connected').waitFor();
  await page.goto(world.sampleAppUrl);
  await press(page, 'Call again');
  assert.equal(await step('Cut it off').getByText('Done', { exact: true }).isVisible(), false, 'paused');
  await home.getByRole('button', { name: 'Go on' }).click();
  await isDone('Cut it off');
  await home.getByText(/^Refused \d+ m?s after you clicked/).waitFor();
});

test('one click in the bar becomes another person; pages that decide have no bar', async () => {
  const page = await world.newPage();
  await page.goto(world.issuer);
  await press(page, 'Vera');
  await page.getByText('Demo · you are Vera (vendor)').waitFor();
  assert.equal(await heading(page), 'A developer platform in front of your API');
  await press(page, 'Ari');
  await page.getByText('Demo · you are Ari (agent)').waitFor();
  await page.goto(`${world.sampleAppUrl}/connect`);
  assert.equal(await page.getByText('Switch to:').count(), 0);
});
