// `npm run screenshots`: pictures of every page into .cache/screenshots, light, dark and 390 px wide: the previews with
// their sample data, and each page that the people of a running demo reach. `npm run screenshots -- WORD` takes only
// pages whose name holds the word.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startDemo } from '../demo/start.ts';
import { walkDemo } from '../e2e/demo-pages.ts';
import { startPreview } from '../packages/server/src/portal/testing/preview.ts';
import { nowMs as sampleNowMs } from '../packages/server/src/portal/testing/samples.ts';
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
  const picture = async (variant: string): Promise<void> => {
    await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame += 1) await new Promise((next) => requestAnimationFrame(next));
    });
    await page.screenshot({ path: join(folder, `${name}-${variant}.png`), fullPage: true });
  };
  await picture('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(narrow);
  await picture('narrow');
};

const takeAll = async (
  context: BrowserContext,
  subjects: readonly Subject[],
  atMs?: number,
): Promise<number> => {
  const wanted = subjects.filter(({ name }) => name.includes(word));
  const waiting = [...wanted];
  const worker = async (): Promise<void> => {
    const page = await context.newPage();
    if (atMs !== undefined) await page.clock.setFixedTime(atMs);
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await take(page, one);
  };
  await Promise.all([worker(), worker()]);
  return wanted.length;
};

const ofPreviews = async (browser: Browser): Promise<number> => {
  const preview = await startPreview(0);
  const context = await browser.newContext({ timezoneId: 'UTC', reducedMotion: 'reduce' });
  try {
    return await takeAll(
      context,
      Object.keys(previews).map((name) => ({ name, url: `${preview.url}/${name}` })),
      sampleNowMs,
    );
  } finally {
    await context.close();
    await preview.close();
  }
};

const ofDemo = async (browser: Browser): Promise<number> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-screenshots-'));
  const demo = await startDemo({ dataFolder, port: 0 });
  let count = 0;
  try {
    for (const { cookies, pages } of await walkDemo(demo)) {
      const context = await browser.newContext({ timezoneId: 'UTC', reducedMotion: 'reduce' });
      await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: demo.issuer })));
      count += await takeAll(
        context,
        pages.map(({ name, path }) => ({ name: `demo-${name}`, url: demo.issuer + path })),
      );
      await context.close();
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
