// Somebody who connects an app, and ends it again.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { chooseWorkspace, heading, press, signIn } from '../visitor.ts';
import type { Person, World } from '../world.ts';
import { linkIn, mailTo } from './mail.ts';
import type { Tokens, VendorApp } from './vendor-app.ts';

export const signedInAs = async (world: World, person: Person): Promise<Page> => {
  const page = await world.newPage();
  await page.goto(`${world.issuer}/settings/integrations/authorizations`);
  await signIn(page, person);
  await page.getByRole('heading', { level: 1, name: 'Connected apps' }).waitFor();
  return page;
};

export const acceptTesting = async (world: World, page: Page, email: string, app: string): Promise<void> => {
  await page.goto(linkIn(await mailTo(world, email, `Try ${app} before others do`)));
  await press(page, 'Accept');
  await page.getByRole('heading', { level: 1, name: 'Try an app before others do' }).waitFor({
    state: 'detached',
  });
};

/** From the app's own button to the app's own page. */
export const connect = async (page: Page, app: VendorApp, workspace?: string): Promise<Tokens> => {
  const { url, tokens } = app.begin();
  await page.goto(url);
  if (workspace !== undefined) await chooseWorkspace(page, workspace);
  await press(page, 'Authorize');
  await page.waitForURL((at) => at.href.startsWith(app.origin));
  const got = await tokens();
  assert.equal(await heading(page), 'Connected');
  return got;
};

export const disconnect = async (world: World, page: Page, app: string): Promise<void> => {
  await page.goto(`${world.issuer}/settings/integrations/authorizations`);
  const row = page.getByRole('row', { name: new RegExp(app) });
  await row
    .getByRole('link', { name: /Disconnect/ })
    .or(row.getByRole('button', { name: /Disconnect/ }))
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /^Disconnect/ }).waitFor();
  await press(page, 'Disconnect');
  await page.getByRole('heading', { level: 1, name: 'Connected apps' }).waitFor();
};
