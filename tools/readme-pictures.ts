// The pictures of the README, taken from a real demo: starts one on free ports, signs its people in, and writes
// docs/pictures/*.png at twice the density. Run: node --conditions=@latchkey/source tools/readme-pictures.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startDemo, type Demo } from '../demo/start.ts';
import { launchChromium } from '../packages/server/src/testing/chromium.ts';
import { smallerPng } from './png/smaller-png.ts';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
/** Of a page at the top of the README: more would be slow to load. */
const longestBytes = 150_000;

type Picture = {
  readonly name: string;
  readonly email: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly open: (page: Page, demo: Demo) => Promise<void>;
};

const pictures: readonly Picture[] = [
  {
    name: 'consent',
    email: 'ari@demo.test',
    viewport: { width: 500, height: 940 },
    async open(page, { issuer, file }) {
      const app = file.apps.find(({ kind }) => kind === 'confidential');
      await page.goto(`${issuer}/page/vendor-auth.html?clientId=${app?.clientId ?? ''}`);
      await page.getByRole('radio', { name: 'Northside Realty' }).check();
    },
  },
  {
    name: 'app',
    email: 'vera@demo.test',
    viewport: { width: 1080, height: 800 },
    async open(page, { issuer }) {
      await page.goto(`${issuer}/developer/authorizations`);
      await page.getByRole('link', { name: 'Open House' }).first().click();
      await page.getByRole('link', { name: 'Permissions' }).first().click();
    },
  },
];

const signIn = async (page: Page, { issuer, file }: Demo, email: string): Promise<void> => {
  const person = file.people.find((one) => one.email === email);
  await page.goto(`${issuer}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(person?.password ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
};

const take = async (
  browser: Browser,
  demo: Demo,
  picture: Picture,
  colorScheme: 'light' | 'dark',
): Promise<string> => {
  const { name, email, viewport, open } = picture;
  const context = await browser.newContext({
    viewport,
    colorScheme,
    deviceScaleFactor: 2,
    timezoneId: 'UTC',
  });
  try {
    const page = await context.newPage();
    await signIn(page, demo, email);
    await open(page, demo);
    await page.evaluate(() => document.fonts.ready);
    const png = smallerPng(await page.screenshot());
    if (png.length > longestBytes) throw new Error(`${name}-${colorScheme}.png has ${png.length} bytes`);
    writeFileSync(`${folder}${name}-${colorScheme}.png`, png);
    return `${name}-${colorScheme}.png ${Math.round(png.length / 1024)} KB`;
  } finally {
    await context.close();
  }
};

mkdirSync(folder, { recursive: true });
const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-pictures-'));
const demo = await startDemo({ dataFolder, port: 0 });
const browser = await launchChromium();
try {
  for (const picture of pictures)
    for (const scheme of ['light', 'dark'] as const) console.log(await take(browser, demo, picture, scheme));
} finally {
  await browser.close();
  await demo.close();
  rmSync(dataFolder, { recursive: true });
}
