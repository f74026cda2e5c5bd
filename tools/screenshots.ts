// `npm run screenshots`: pictures of every page into .cache/screenshots, light, dark and 390 px wide: the previews with
// their sample data, and each page that the people of a running demo reach. `npm run screenshots -- WORD` takes only
// pages whose name holds the word.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startDemo } from '../demo/start.ts';
import { walkDemo } from '../e2e/demo-pages.ts';
import { startPreview } from '../packages/server/src/portal/testing/preview.ts';
import { nowMs } from '../packages/server/src/portal/testing/samples.ts';
import { previews } from '../packages/server/src/portal/testing/views.ts';
import { launchChromium } from '../packages/server/src/testing/chromium.ts';

const folder = fileURLToPath(new URL('../.cache/screenshots/', import.meta.url));
const word = process.argv[2] ?? '';
const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 780 };

type Subject = { readonly name: string; readonly url: string };

/** One load for all three: scheme and width change under the page, as they do for people. */
const take = async (page: Page, { name, url }: Subject): Promise<void> => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(wide);
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  const picture = (variant: string) =>
    page.screenshot({ path: join(folder, `${name}-${variant}.png`), fullPage: true });
  await picture('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(narrow);
  await picture('narrow');
};

type Cookies = ReadonlyMap<string, string>;
type World = { readonly origin: string; readonly cookies?: Cookies; readonly atMs?: number };

/** Two at a time, each in a window of its own: of two pages in one window only one is drawn without delay. */
const takeAll = async (browser: Browser, subjects: readonly Subject[], world: World): Promise<number> => {
  const wanted = subjects.filter(({ name }) => name.includes(word));
  const waiting = [...wanted];
  const worker = async (): Promise<void> => {
    const context = await browser.newContext({ timezoneId: 'UTC', reducedMotion: 'reduce' });
    const cookies = [...(world.cookies ?? [])].map(([name, value]) => ({ name, value, url: world.origin }));
    await context.addCookies(cookies);
    if (world.atMs !== undefined) await context.clock.setFixedTime(world.atMs);
    const page = await context.newPage();
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await take(page, one);
    await context.close();
  };
  if (wanted.length > 0) await Promise.all([worker(), worker()]);
  return wanted.length;
};

const ofPreviews = async (browser: Browser): Promise<number> => {
  const { url, close } = await startPreview(0);
  const subjects = Object.keys(previews).map((name) => ({ name, url: `${url}/${name}` }));
  try {
    return await takeAll(browser, subjects, { origin: url, atMs: nowMs });
  } finally {
    await close();
  }
};

const ofDemo = async (browser: Browser): Promise<number> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-screenshots-'));
  const demo = await startDemo({ dataFolder, port: 0 });
  let count = 0;
  try {
    for (const { cookies, pages } of await walkDemo(demo)) {
      const subjects = pages.map(({ name, path }) => ({ name: `demo-${name}`, url: demo.issuer + path }));
      count += await takeAll(browser, subjects, { origin: demo.issuer, cookies });
    }
    return count;
  } finally {
    await demo.close();
    rmSync(dataFolder, { recursive: true });
  }
};

mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
try {
  const count = (await ofPreviews(browser)) + (await ofDemo(browser));
  console.log(`${count} pages, ${count * 3} pictures in .cache/screenshots`);
} finally {
  await browser.close();
}
