// What the pages do in a real browser: focus, copying, countdowns, times; by keyboard and by their scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, noChromium as skip } from '../testing/chromium.ts';
import { startPreview, type RunningPreview } from './testing/preview.ts';
import { nowMs } from './testing/samples.ts';
import { previews } from './testing/views.ts';
import { visit, type Visit } from './testing/visits.ts';

const mostBytes = 150 * 1024;

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

const open = (options: Parameters<Browser['newContext']>[0]): Promise<Visit> => visit(browser, options);

test('each page with its style sheet, scripts and font is at most 150 KB', async () => {
  const sizeOf = async (path: string): Promise<number> => {
    const answer = await fetch(`${preview.url}${path}`);
    assert.equal(answer.status, 200, path);
    const { byteLength } = await answer.arrayBuffer();
    return answer.headers.has('content-encoding') ? Number(answer.headers.get('content-length')) : byteLength;
  };
  const found: Record<string, number> = {};
  for (const [name, { page }] of Object.entries(previews)) {
    const markup = page().toString();
    const files = new Set(
      [...markup.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((found) => found[1] ?? ''),
    );
    assert.ok(files.size >= 5, `${name} names its files`);
    const sizes = await Promise.all([...files].map(sizeOf));
    const total = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(markup));
    if (total > mostBytes) found[name] = total;
  }
  assert.deepEqual(found, {});
});

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element === null
      ? ''
      : `${element.tagName} ${element.textContent.trim().replace(/\s+/g, ' ')}`.trim();
  });

test('consent starts at its heading; Cancel follows Authorize, both 44 px high', { skip }, async () => {
  const { page } = await open({});
  await page.goto(`${preview.url}/consent`);
  assert.match(await focused(page), /^H1 Connect/);
  const authorize = page.getByRole('button', { name: 'Authorize' });
  for (const name of ['Authorize', 'Cancel']) {
    const box = await page.getByRole('button', { name }).boundingBox();
    assert.ok(box !== null && box.height >= 44, `${name} is ${box?.height} px high`);
  }
  await authorize.focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'BUTTON Cancel');
  await page.context().close();
});

test(
  'no workspace is chosen for the person, and nothing on a decision page is pressed by opening it',
  { skip },
  async () => {
    const { page } = await open({});
    for (const name of ['consent', 'device']) {
      await page.goto(`${preview.url}/${name}`);
      assert.equal(await page.locator('input[type=radio]:checked').count(), 0);
      assert.equal(new URL(page.url()).pathname, `/${name}`);
    }
    await page.context().close();
  },
);

test('a form that comes back puts the focus on its errors, each a link to its field', { skip }, async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await open({ javaScriptEnabled });
    await page.goto(`${preview.url}/register-errors`);
    const summary = page.getByRole('alert');
    await summary.waitFor();
    if (javaScriptEnabled) assert.match(await focused(page), /^DIV 5 things to put right/);
    for (const link of await summary.getByRole('link').all()) {
      const target = page.locator((await link.getAttribute('href')) ?? '');
      assert.equal(await target.count(), 1);
      const described = (await target.getAttribute('aria-describedby')) ?? '';
      if (described !== '') assert.equal(await page.locator(`#${described.split(' ').at(-1)}`).count(), 1);
    }
    await page.context().close();
  }
});

test(
  'Enter in the registration form presses Submit, not the button that adds an address',
  { skip },
  async () => {
    const { page } = await open({});
    await page.goto(`${preview.url}/register`);
    const posted = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByLabel('App Name').fill('Pipeline Sync');
    await page.getByLabel('App Name').press('Enter');
    assert.doesNotMatch((await posted).postData() ?? '', /add-address/);
    await page.context().close();
  },
);

test(
  'Copy puts the text on the clipboard and says so once; without scripts there is no dead button',
  { skip },
  async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${preview.url}/registered`);
    await page.getByRole('button', { name: 'Copy Client Secret' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^Copied$/ })
      .waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^lks_7Qd2\w+4f2a$/);
    await page.context().close();
    const plain = await open({ javaScriptEnabled: false });
    await plain.page.goto(`${preview.url}/registered`);
    assert.equal(await plain.page.getByRole('button', { name: /Copy|Download/ }).count(), 0);
    await plain.page.context().close();
  },
);

test(
  'Show reveals the password, and the permission search, All and Undo keep the count right',
  { skip },
  async () => {
    const { page } = await open({});
    await page.goto(`${preview.url}/sign-in`);
    await page.getByRole('button', { name: 'Show password' }).click();
    assert.equal(await page.locator('#password').getAttribute('type'), 'text');
    await page.goto(`${preview.url}/app-permissions`);
    const count = page.locator('#picker-count');
    await page.getByRole('button', { name: 'All of Leads' }).click();
    assert.equal(await count.textContent(), '8 chosen · 3 added');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction(() => document.getElementById('picker-count')?.textContent === '5 chosen');
    await page.getByLabel('Search permissions').fill('delete');
    assert.equal(await page.locator('[data-row]:visible').count(), 1);
    await page.context().close();
  },
);

test('times are rewritten into the zone of the reader, which a cookie keeps', { skip }, async () => {
  const { page } = await open({ timezoneId: 'America/New_York' });
  await page.goto(`${preview.url}/app-overview-live`);
  const first = page.locator('tbody time').first();
  assert.match((await first.textContent()) ?? '', /^22 Nov(, 09:01| 2026)$/);
  const zone = (await page.context().cookies()).find((cookie) => cookie.name === 'zone');
  assert.equal(decodeURIComponent(zone?.value ?? ''), 'America/New_York');
  await page.context().close();
});

test(
  'where a page says how long ago, the time itself is there for keyboard, finger and pointer',
  { skip },
  async () => {
    const { page } = await open({ timezoneId: 'America/New_York', hasTouch: true });
    await page.clock.setFixedTime(nowMs);
    await page.goto(`${preview.url}/keys`);
    const ago = page.getByText('3 min ago');
    const exact = (): Promise<string> => ago.evaluate((time) => getComputedStyle(time, '::after').content);
    assert.equal(await exact(), 'none');
    await ago.focus();
    assert.equal(await exact(), '"22 Nov, 09:02"');
    await page.getByRole('heading', { level: 1 }).tap();
    assert.equal(await exact(), 'none');
    await ago.tap();
    assert.equal(await exact(), '"22 Nov, 09:02"');
    await page.context().close();
  },
);

test(
  'with forced colours, buttons, badges and notices keep a border, and the focus its ring',
  { skip },
  async () => {
    const { page } = await open({ forcedColors: 'active' });
    await page.goto(`${preview.url}/parts`);
    const missing = await page.evaluate(() =>
      [...document.querySelectorAll('.button:not(.plain), .badge, .notice, input, textarea')]
        .filter(
          (one) =>
            getComputedStyle(one).borderTopStyle === 'none' &&
            one.matches(':not([type=checkbox], [type=radio], [type=file])'),
        )
        .map((one) => one.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(missing, []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return `${outlineStyle} ${outlineWidth}`;
    });
    assert.equal(ring, 'solid 2px');
    await page.context().close();
  },
);

test('the countdown is a silent timer whose end offers a new start', { skip }, async () => {
  const { page } = await open({});
  await page.clock.install();
  await page.goto(`${preview.url}/device`);
  const timer = page.getByRole('timer');
  assert.match((await timer.textContent()) ?? '', /^(9:00|8:5\d)$/);
  await page.clock.fastForward(9 * 60_000 - 30_500);
  assert.equal(await page.locator('#expiry-over').isVisible(), false);
  await page.clock.runFor(40_000);
  await page.locator('#expiry-over').waitFor();
  assert.equal(await timer.textContent(), 'expired');
  await page.context().close();
});
