// What a person sees in the tab at the end of a browser login, in a real Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { launchChromium, noChromium } from '../../../server/src/testing/chromium.ts';
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { nodeIo } from '../io.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import type { FakeServer } from '../testing/fake-server.ts';
import type { TokenSet } from '../token-set.ts';
import { loginWithBrowser } from './browser.ts';

type Visit = {
  readonly shown: () => boolean;
  readonly page: Page;
  readonly server: FakeServer;
  readonly result: Promise<Result<TokenSet>>;
};

/** The person opens the short address; the server authorizes at once and sends the browser back. */
async function visit(t: TestContext, store: Promise<Result<void>>): Promise<Visit> {
  const server = await startFakeServer();
  const browser = await launchChromium();
  const interrupt = new AbortController();
  t.after(async () => {
    interrupt.abort();
    await browser.close();
    await server.close();
  });
  const page = await browser.newPage();
  let listening: (url: string) => void;
  const address = new Promise<string>((resolve) => (listening = resolve));
  const result = loginWithBrowser({
    io: nodeIo({ signal: interrupt.signal, openBrowser: () => Promise.resolve(true) }),
    baseUrl: server.url,
    clientId: 'test-cli',
    loginCommand: 'test-cli login',
    onEvent: (event) => event.type === 'listening' && listening(event.shortUrl ?? ''),
    save: () => store,
  });
  let shown = false;
  const goes = page.goto(await address).then(() => (shown = true));
  goes.catch(() => undefined);
  return { shown: () => shown, page, server, result };
}

test(
  '[cli 4] the tab waits for the store, then says Signed in; one redemption',
  { skip: noChromium },
  async (t) => {
    let store: (saved: Result<void>) => void = () => undefined;
    const { shown, page, server, result } = await visit(t, new Promise((resolve) => (store = resolve)));
    await server.arrived('/oauth/token');
    assert.equal(shown(), false);
    store(ok(undefined));
    await page.getByRole('heading', { name: 'Signed in. Go back to your terminal.' }).waitFor();
    assert.equal(await page.evaluate('document.referrer'), '');
    assert.ok((await result).ok);
    assert.equal(server.count('/oauth/token'), 1);
  },
);

test(
  '[cli 4] a store that fails is said in the tab, with the reason and the command',
  { skip: noChromium },
  async (t) => {
    const { page, result } = await visit(t, Promise.resolve(fail('storage', 'the disk is full')));
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
    await page.getByText('The disk is full. Nothing was saved.').waitFor();
    await page.getByText('test-cli login').waitFor();
    assert.ok(!(await result).ok);
  },
);
