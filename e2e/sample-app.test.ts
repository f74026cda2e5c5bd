// The demo's five minutes in one browser: connect an app, see it refused, cut it off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseWorkspace, follow, heading, press, signIn } from './visitor.ts';
import { openWorld } from './world.ts';

const world = await openWorld();

test('a person connects the sample app, sees three leads and a refused delete, disconnects it, and its next call is 401', async () => {
  const page = await world.newPage();
  await page.goto(world.sampleAppUrl);
  await follow(page, 'Connect to Demo CRM');
  await signIn(page, world.person('agent'));

  assert.equal(await heading(page), 'Connect Pipeline Sync to Demo CRM');
  await chooseWorkspace(page, 'Northside Realty');
  await press(page, 'Authorize');

  await page.waitForURL((url) => url.href.startsWith(world.sampleAppUrl));
  assert.equal(await heading(page), 'Your leads');
  assert.equal(await page.getByRole('region', { name: 'Leads' }).getByRole('row').count(), 1 + 3);

  await press(page, 'Delete a lead');
  const refused = page.getByRole('article', { name: /^Delete a lead/ }).first();
  assert.match(await refused.getByRole('heading').first().innerText(), /403, refused/);
  assert.match(await refused.getByRole('region', { name: /^Answer/ }).innerText(), /200100/);

  await page.goto(`${world.issuer}/settings/integrations/authorizations`);
  const row = page.getByRole('row', { name: /Pipeline Sync/ });
  assert.match(await row.innerText(), /Northside Realty/);
  await row
    .getByRole('link', { name: /Disconnect/ })
    .or(row.getByRole('button', { name: /Disconnect/ }))
    .click();
  assert.match(await heading(page), /^Disconnect Pipeline Sync\?$/);
  await press(page, 'Disconnect');
  await page.getByText('No app is connected').waitFor();

  await page.goto(world.sampleAppUrl);
  await press(page, 'Call again');
  const again = page.getByRole('article').first();
  assert.match(await again.getByRole('heading').first().innerText(), /401, refused/);
});

test('Cancel on the consent page sends the person back to the app with access_denied, and connects nothing', async () => {
  const page = await world.newPage();
  await page.goto(`${world.sampleAppUrl}/connect`);
  await signIn(page, world.person('agent'));
  const answer = page.waitForRequest((request) => request.url().startsWith(`${world.sampleAppUrl}/callback`));
  await press(page, 'Cancel');
  const query = new URL((await answer).url()).searchParams;
  assert.equal(query.get('error'), 'access_denied');
  assert.equal(query.has('code'), false);
  await page.goto(`${world.issuer}/settings/integrations/authorizations`);
  await page.getByText('No app is connected').waitFor();
});

test('consent can be given by keyboard alone, and starts at its heading', async () => {
  const page = await world.newPage();
  await page.goto(`${world.sampleAppUrl}/connect`);
  const { email, password } = world.person('agent');
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type(email);
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '';
      return `${element?.tagName ?? ''} ${label || (element?.textContent ?? '')}`
        .replace(/[\u2066-\u2069]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    });
  const tabTo = async (wanted: RegExp): Promise<void> => {
    const seen: string[] = [];
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Tab');
      const here = await focused();
      if (wanted.test(here)) return;
      seen.push(here);
    }
    assert.fail(`Tab never reaches ${wanted}: ${seen.join(' | ')}`);
  };
  await tabTo(/^INPUT Password/);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Connect/ }).waitFor();
  assert.match(await focused(), /^H1 Connect/);
  // Tab enters the group of radios, arrows move in it.
  await tabTo(/^INPUT (Harbor Homes|Northside Realty)/);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('radio', { checked: true }).waitFor();
  await tabTo(/^BUTTON Authorize/);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href.startsWith(world.sampleAppUrl));
  assert.equal(await heading(page), 'Your leads');
});
