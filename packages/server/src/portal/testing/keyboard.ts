// Somebody without a mouse: Tab from stop to stop, each of which must be seen, until the one that is wanted.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

type Stop = {
  /** What a person reads at it. */
  readonly name: string;
  /** Where it is in the document; the same for the same element. */
  readonly place: number;
  readonly wrong: string;
  /** Nothing has the focus: the browser's own controls would follow. */
  readonly isEnd: boolean;
};

const mostStops = 150;

const stopAt = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const place = [...document.querySelectorAll('*')].indexOf(element);
    if (element === document.body) return { name: '', place, wrong: '', isEnd: true };
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const text = element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent;
    const name = text.trim().replace(/\s+/g, ' ');
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const [x, y] = [
      Math.min(Math.max(box.left, 0) + Math.min(box.width, innerWidth) / 2, innerWidth - 1),
      Math.min(Math.max(box.top, 0) + Math.min(box.height, innerHeight) / 2, innerHeight - 1),
    ];
    const top = document.elementFromPoint(x, y);
    const ofIt = (node: Element): boolean =>
      element.contains(node) || node.contains(element) || labels.some((label) => label.contains(node));
    const seen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const wrong = !seen
      ? 'has no ring'
      : !inside
        ? 'is out of sight'
        : top === null || !ofIt(top)
          ? `is covered by ${top?.outerHTML.slice(0, 60)}`
          : '';
    return { name, place, wrong, isEnd: false };
  });

const tab = async (page: Page): Promise<Stop> => {
  await page.keyboard.press('Tab');
  const stop = await stopAt(page);
  assert.equal(stop.wrong, '', `the focus on “${stop.name.slice(0, 60)}” of ${page.url()}`);
  return stop;
};

/** Tabs to the stop whose words match. */
export const tabTo = async (page: Page, wanted: RegExp): Promise<void> => {
  const passed: string[] = [];
  for (let count = 0; count < mostStops; count += 1) {
    const { name } = await tab(page);
    if (wanted.test(name)) return;
    passed.push(name.slice(0, 40));
  }
  assert.fail(`no stop of ${page.url()} says ${wanted}; passed: ${passed.join(' | ')}`);
};

/** Presses a key and waits for the page that it leads to. */
export const pressAndLeave = async (page: Page, key: string): Promise<void> => {
  const gone = page.waitForEvent('framenavigated');
  await page.keyboard.press(key);
  await gone;
  await page.waitForLoadState('load');
};

/** Once through the page and out at its end: every stop is seen, none holds the focus. How many there were. */
export const tabThrough = async (page: Page): Promise<number> => {
  let last = (await stopAt(page)).place;
  for (let count = 0; count < mostStops; count += 1) {
    const { name, place, isEnd } = await tab(page);
    if (isEnd) return count;
    assert.notEqual(place, last, `“${name}” holds the focus`);
    last = place;
  }
  return assert.fail(`${page.url()} has no end`);
};
