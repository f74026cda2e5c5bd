// Pictures of every preview page into .cache/screenshots: light, dark, and 390 px wide.
// Run: node --conditions=@latchkey/source tools/screenshots.ts [part of a page's name]
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { startPreview } from '../packages/server/src/portal/testing/preview.ts';
import { previews } from '../packages/server/src/portal/testing/views.ts';

const folder = new URL('../.cache/screenshots/', import.meta.url).pathname;

const variants = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 390, height: 780 } },
] as const;

const wanted = Object.keys(previews).filter((name) => name.includes(process.argv[2] ?? ''));

await mkdir(folder, { recursive: true });
const preview = await startPreview(0);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  for (const { name: variant, ...options } of variants) {
    const context = await browser.newContext({ ...options, timezoneId: 'UTC' });
    const page = await context.newPage();
    await page.clock.setFixedTime(new Date('2026-11-22T14:05:00Z'));
    for (const name of wanted) {
      await page.goto(`${preview.url}/${name}`);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${folder}${name}-${variant}.png`, fullPage: true });
    }
    await context.close();
  }
} finally {
  await browser.close();
  await preview.close();
}
console.log(`${wanted.length * variants.length} pictures in .cache/screenshots`);
