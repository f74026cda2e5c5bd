// What every test here starts with: a whole demo on free ports, and a real browser with an empty profile.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startDemo, type Demo } from '@latchkey/demo/start';
import type { Page } from 'playwright-core';
import { launchChromium } from '../packages/server/src/testing/chromium.ts';

export type Person = Demo['file']['people'][number];

export type World = {
  readonly issuer: string;
  readonly sampleAppUrl: string;
  /** All that scripts need to use this demo, secrets included. */
  readonly file: Demo['file'];
  /** Where its database is. */
  readonly dataFolder: string;
  readonly person: (role: 'agent' | 'vendor' | 'reviewer' | 'stranger') => Person;
  readonly clientSecret: (appName: string) => string;
  /** Moves the service's clock on. */
  readonly pass: (ms: number) => void;
  /** A page of somebody who was never here. */
  readonly newPage: () => Promise<Page>;
};

/** A busy machine is slow, not broken. */
const patienceMs = 60_000;

/** Ends with the test file. */
export const openWorld = async (options: { readonly log?: (line: string) => void } = {}): Promise<World> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'latchkey-e2e-'));
  after(() => rm(dataFolder, { recursive: true, force: true }));
  let aheadMs = 0;
  let lastMs = 0;
  const now = (): number => (lastMs = Math.max(lastMs, Date.now() + aheadMs));
  const demo = await startDemo({ dataFolder, port: 0, now, ...options });
  after(demo.close);
  const browser = await launchChromium();
  after(() => browser.close());
  return {
    issuer: demo.issuer,
    sampleAppUrl: demo.file.sampleAppUrl,
    file: demo.file,
    dataFolder,
    person: (role) => {
      const found = demo.file.people.find((person) => person.role === role);
      if (found === undefined) throw new Error(`nobody in the demo is ${role}`);
      return found;
    },
    clientSecret: (appName) =>
      demo.file.apps.find(({ name }) => name === appName)?.clientSecret ?? `${appName} has no secret`,
    pass: (ms) => void (aheadMs += ms),
    newPage: async () => {
      const context = await browser.newContext();
      context.setDefaultTimeout(patienceMs);
      return context.newPage();
    },
  };
};
