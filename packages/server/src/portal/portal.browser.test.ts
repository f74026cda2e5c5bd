// Every page in a real browser, with the headers of production: one load of each, looked at in every way that matters.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, noChromium as skip } from '../testing/chromium.ts';
import { startPreview, type RunningPreview } from './testing/preview.ts';
import { nowMs } from './testing/samples.ts';
import { previews } from './testing/views.ts';
import { visit, type Visit } from './testing/visits.ts';

declare const axe: typeof axeCore;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = Object.keys(previews);
const desk = { width: 1280, height: 800 };
const phone = { width: 320, height: 640 };

let preview: RunningPreview;
let browser: Browser;

before(async () => {
  preview = await startPreview(0);
  if (skip === false) browser = await launchChromium();
});

after(async () => {
  await preview.close();
  if (skip === false) await browser.close();
});

const axeFindings = (page: Page, rules: readonly string[]): Promise<string[]> =>
  page.evaluate(async (values) => {
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      preload: false,
      ...(values.length === 0 ? {} : { runOnly: { type: 'rule', values: [...values] } }),
    });
    return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`));
  }, rules);

/** What moved by itself after it was painted: fonts, scripts and late words must not push anything. */
const shifts = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const seen: string[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        readonly sources: readonly { readonly node: Node | null }[];
      })[])
        for (const { node } of entry.sources)
          seen.push(`moved: ${(node?.textContent ?? '').trim().slice(0, 60)}`);
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) await new Promise((next) => requestAnimationFrame(next));
    await new Promise((next) => setTimeout(next, 0));
    observer.disconnect();
    return seen;
  });

/** Elements that reach over the right edge, or text that its box cuts off. */
const overflowing = (page: Page, way: string): Promise<string[]> =>
  page.evaluate((how) => {
    const { scrollWidth } = document.documentElement;
    const named = (element: Element): string => element.outerHTML.slice(0, 80);
    const cut = [...document.querySelectorAll('.button, .badge, .tag, .notice, .tabs a, h1, summary')].filter(
      (element) => element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 2,
    );
    const wide =
      scrollWidth <= innerWidth
        ? []
        : [...document.querySelectorAll('body *')].filter(
            (element) =>
              element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroller, .tabs'),
          );
    return [
      ...(scrollWidth <= innerWidth ? [] : [`${how}: ${scrollWidth} px wide`]),
      ...wide.slice(0, 3).map((element) => `${how}: too wide: ${named(element)}`),
      ...cut.slice(0, 3).map((element) => `${how}: cut: ${named(element)}`),
    ];
  }, way);

/** WCAG 1.4.12, by a sheet that the page's own policy does not stop. */
const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    );
    document.adoptedStyleSheets = [sheet];
  });

/** On a phone, with text twice as large, and with text that a reader has spaced out. */
const sizes = async (page: Page): Promise<string[]> => {
  await page.setViewportSize(phone);
  const onPhone = await overflowing(page, 'at 320 px');
  await page.setViewportSize({ width: 640, height: 640 });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const large = await overflowing(page, 'with large text');
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.setViewportSize(phone);
  await spaceText(page);
  return [...onPhone, ...large, ...(await overflowing(page, 'with spaced text'))];
};

/** One H1, a title that says an error, one filled button, and names that belong to something. */
const rules = (page: Page, isParts: boolean): Promise<string[]> =>
  page.evaluate((hasAll) => {
    const count = (selector: string): number => document.querySelectorAll(selector).length;
    const failed = count('[role=alert], .problem') > 0;
    const filled = count('.button.primary') + count('.button.danger-filled');
    return [
      ...(count('h1') === 1 ? [] : ['not one H1']),
      ...(hasAll || document.title.startsWith('Error: ') === failed ? [] : ['its title']),
      ...(hasAll || filled <= 1 ? [] : [`${filled} filled buttons`]),
      ...(count('time:not([datetime])') === 0 ? [] : ['a time without datetime']),
    ];
  }, isParts);

/** A busy machine can be late with the font; what a script or the page does wrong happens at every load. */
const alwaysMoves = async (page: Page): Promise<string[]> => {
  let moved = await shifts(page);
  for (let again = 0; again < 2 && moved.length > 0; again += 1) {
    await page.reload();
    const now = await shifts(page);
    moved = moved.filter((one) => now.includes(one));
  }
  return moved;
};

const look = async ({ page, complaints }: Visit, name: string): Promise<string[]> => {
  await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${preview.url}/${name}`);
  const found = [...(await alwaysMoves(page)), ...(await rules(page, name === 'parts'))];
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await page.evaluate(axeSource);
  found.push(...(await axeFindings(page, [])));
  // The markup is the same in both schemes, so the second one needs only the rules about colours.
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await axeFindings(page, ['color-contrast', 'link-in-text-block'])));
  return [...found, ...(await sizes(page)), ...complaints.splice(0)];
};

/** A test for each handful, so that none is long and a failure says where. */
const handful = 16;
const handfuls = Array.from({ length: Math.ceil(names.length / handful) }, (_, index) =>
  names.slice(index * handful, (index + 1) * handful),
);

for (const some of handfuls)
  test(
    `pages ${some[0]} to ${some.at(-1)}: no accessibility violation in light and dark, nothing that their policy blocks, nothing that moves by itself, nothing too wide or cut off on a phone, with large or with spaced text`,
    { skip },
    async () => {
      const found: Record<string, readonly string[]> = {};
      const waiting = [...some];
      const worker = async (): Promise<void> => {
        // A zone that the server does not know yet: every time is rewritten after the page was painted.
        const options = { reducedMotion: 'reduce', timezoneId: 'America/New_York' } as const;
        const visitor = await visit(browser, options);
        await visitor.page.clock.setFixedTime(nowMs);
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
          const wrong = await look(visitor, name);
          if (wrong.length > 0) found[name] = wrong;
        }
        await visitor.page.context().close();
      };
      await Promise.all([worker(), worker()]);
      assert.deepEqual(found, {});
    },
  );
