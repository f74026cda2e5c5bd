// What a person does in the browser, by the words they read and never by ids or classes.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Person } from './world.ts';

export const heading = (page: Page): Promise<string> =>
  page
    .getByRole('heading', { level: 1 })
    .innerText()
    .then((text) => text.replace(/[\u2066-\u2069]/g, '').trim());

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

export const follow = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('link', { name }).first().click();

/** On the sign-in page. */
export const signIn = async (page: Page, { email, password }: Person): Promise<void> => {
  assert.match(await heading(page), /^Sign in to /);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Sign in');
};

/** On a page of decision; nothing is chosen beforehand. */
export const chooseWorkspace = async (page: Page, name: string): Promise<void> => {
  assert.equal(
    await page.getByRole('group', { name: 'Workspace' }).getByRole('radio', { checked: true }).count(),
    0,
    'no workspace is chosen for the person',
  );
  await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
};
