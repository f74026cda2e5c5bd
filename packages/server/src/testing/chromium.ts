// The real browser of tests and pictures: where it is, and how it is started so that it asks nobody on the network.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** For `skip` of a test: false where there is a browser, else what to do about it. */
export const noChromium: string | false = existsSync(executablePath)
  ? false
  : `no Chromium at ${executablePath}: apt-get install chromium, or set CHROMIUM`;

export const launchChromium = (...more: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
