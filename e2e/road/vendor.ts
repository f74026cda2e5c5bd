// A vendor who has never been here: what they do from sign-up to a published update, by the words on the pages.
import type { Page } from 'playwright-core';
import { drawLogo } from '../../demo/logo.ts';
import { follow, press } from '../visitor.ts';
import type { World } from '../world.ts';
import { mailTo } from './mail.ts';
import type { Credentials } from './vendor-app.ts';

export const NORA = {
  fullName: 'Nora Field',
  organization: 'Fieldworks',
  email: 'nora@fieldworks.test',
  phone: '+1 206 555 0199',
  password: 'tulip-anchor-quiet-58',
} as const;

const LOGO = drawLogo({ ground: '#1f5a80', mark: '#e4f0f7', shape: 'rings' });

export const signUp = async (world: World, page: Page): Promise<void> => {
  await page.goto(`${world.issuer}/sign-up`);
  await page.getByLabel('Full name').fill(NORA.fullName);
  await page.getByLabel('Organization').fill(NORA.organization);
  await page.getByLabel('E-mail').fill(NORA.email);
  await page.getByLabel('Phone').fill(NORA.phone);
  await page.getByLabel('Password', { exact: true }).fill(NORA.password);
  await press(page, 'Sign Up');
  await page.getByRole('heading', { level: 1, name: 'Enter the code from your mail' }).waitFor();
  const code = /\b\d{6}\b/.exec(await mailTo(world, NORA.email, 'Your sign-up code'))?.[0] ?? '';
  await page.getByLabel('Code').fill(code);
  await press(page, 'Verify');
  await page.getByRole('heading', { level: 1, name: 'My Authorization' }).waitFor();
};

const shown = (page: Page, name: string): Promise<string> =>
  page.getByRole('group', { name, exact: true }).locator('code').innerText();

/** Complete but for its flow; the contact comes from the sign-up. */
export const register = async (page: Page, name: string, redirectUri: string): Promise<Credentials> => {
  await follow(page, 'Register your first app');
  await page.getByLabel('App Name').fill(name);
  await page.getByLabel('Website').fill('https://fieldworks.example');
  await page.getByLabel('Description').fill('Plans visits on a map.');
  await page.getByLabel('App Logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: LOGO });
  await page.getByRole('radio', { name: 'On a server that can keep a secret' }).check();
  await page.getByLabel('Address', { exact: true }).fill(redirectUri);
  await press(page, 'Submit');
  await page.getByText('Copy the Client Secret now, it is shown once.').waitFor();
  return { clientId: await shown(page, 'Client ID'), clientSecret: await shown(page, 'Client Secret') };
};

/** From the dashboard to a tab of the app. */
export const openTab = async (world: World, page: Page, app: string, tab: string): Promise<void> => {
  await page.goto(`${world.issuer}/developer/authorizations`);
  await page.getByRole('link', { name: app }).first().click();
  await page.getByRole('navigation', { name: 'App' }).getByRole('link', { name: tab, exact: true }).click();
};

export const choosePermissions = async (page: Page, sentences: readonly string[]): Promise<void> => {
  for (const sentence of sentences) await page.getByRole('checkbox', { name: sentence, exact: true }).check();
  await press(page, 'Save');
};

export const inviteTester = async (page: Page, email: string): Promise<void> => {
  await page.getByLabel('E-mail').fill(email);
  await press(page, 'Invite');
  await page.getByRole('cell', { name: email }).or(page.getByText(email)).first().waitFor();
};

export const answerReviewer = async (page: Page): Promise<void> => {
  await page.getByLabel('What the app does for people').fill('Agents see which leads to visit on the way.');
  await page.getByLabel('Why each permission').fill('View leads: the map shows them.');
  await page.getByLabel('How the reviewer can try it').fill('fieldworks.example/demo, no sign-in needed');
};

export type Update = { readonly publish: RegExp; readonly note?: string; readonly told?: boolean };

/** On the page of all differences. */
export const submitUpdate = async (page: Page, { publish, note, told }: Update): Promise<void> => {
  if (note !== undefined) await page.getByLabel('Note to people').fill(note);
  await page.getByRole('radio', { name: publish }).check();
  if (told === true) await page.getByRole('checkbox', { name: /I have told my users/ }).check();
  await press(page, 'Submit update');
};
