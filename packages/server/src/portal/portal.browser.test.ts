// Every page in a real browser, both colour schemes, with the headers of production.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type axeCore from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { startPreview } from './testing/preview.ts';
import type { RunningPreview } from './testing/preview.ts';
import { previews } from './testing/views.ts';

declare const axe: typeof axeCore;

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const skip = existsSync(executablePath)
  ? false
  : `no Chromium at ${executablePath}: apt-get install chromium, or set CHROMIUM`;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = Object.keys(previews);
const mostBytes = 150 * 1024;

let preview: RunningPreview;
let browser: Browser;

before(async () => {
  preview = await startPreview(0);
  if (skip !== false) return;
  browser = await chromium.launch({
    executablePath,
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
});

after(async () => {
  await preview.close();
  if (skip === false) await browser.close();
});

type Visit = { readonly page: Page; readonly complaints: string[] };

const open = async (options: Parameters<Browser['newContext']>[0]): Promise<Visit> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
};

const violations = async (page: Page, rules: readonly string[]): Promise<string[]> => {
  await page.evaluate(axeSource);
  return page.evaluate(async (values) => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    const { violations: found } = await axe.run(document, {
      resultTypes: ['violations'],
      ...(values.length === 0 ? {} : { runOnly: { type: 'rule', values: [...values] } }),
    });
    return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`));
  }, rules);
};

/** A test for each handful, so that none is long and a failure says where. */
const handful = 15;
const handfuls = Array.from({ length: Math.ceil(names.length / handful) }, (_, index) =>
  names.slice(index * handful, (index + 1) * handful),
);

// The markup is the same in both schemes, so the second one needs only the rules about colours.
for (const [colorScheme, rules] of [
  ['light', []],
  ['dark', ['color-contrast', 'link-in-text-block']],
] as const)
  for (const some of handfuls)
    test(
      `in ${colorScheme}, pages ${some[0]} to ${some.at(-1)} have no accessibility violation and nothing that their policy blocks`,
      { skip },
      async () => {
        const { page, complaints } = await open({ colorScheme, viewport: { width: 1280, height: 800 } });
        const found: Record<string, readonly string[]> = {};
        for (const name of some) {
          await page.goto(`${preview.url}/${name}`);
          const wrong = [...(await violations(page, rules)), ...complaints.splice(0)];
          if (wrong.length > 0) found[name] = wrong;
        }
        await page.context().close();
        assert.deepEqual(found, {});
      },
    );

const narrow = async (page: Page, name: string): Promise<string[]> => {
  await page.goto(`${preview.url}/${name}`);
  const { wide, wider } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    wider: [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroller, .tabs'),
      )
      .map((element) => element.outerHTML.slice(0, 80)),
  }));
  await page.setViewportSize({ width: 640, height: 640 });
  const large = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
    return document.documentElement.scrollWidth;
  });
  await page.setViewportSize({ width: 320, height: 640 });
  const broken = await page.locator('[role=alert], .problem').count();
  const saysError = (await page.title()).startsWith('Error: ');
  return [
    ...(wide <= 320 ? [] : [`${wide} px wide: ${wider.slice(0, 3).join(' | ')}`]),
    ...(large <= 640 ? [] : [`${large} px wide with large text`]),
    ...((await page.locator('h1').count()) === 1 ? [] : ['not one H1']),
    ...(saysError === (broken > 0 && name !== 'parts') ? [] : ['its title']),
  ];
};

for (const some of handfuls)
  test(
    `pages ${some[0]} to ${some.at(-1)} do not scroll sideways at 320 px, nor at 640 px with text twice as large; each has one H1 and a title that says an error`,
    { skip },
    async () => {
      const { page } = await open({ viewport: { width: 320, height: 640 } });
      const found: Record<string, readonly string[]> = {};
      for (const name of some) {
        const wrong = await narrow(page, name);
        if (wrong.length > 0) found[name] = wrong;
      }
      await page.context().close();
      assert.deepEqual(found, {});
    },
  );

test('each page with its style sheet, scripts and font is at most 150 KB', async () => {
  const sizeOf = async (path: string): Promise<number> => {
    const answer = await fetch(`${preview.url}${path}`);
    assert.equal(answer.status, 200, path);
    return (await answer.arrayBuffer()).byteLength;
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
