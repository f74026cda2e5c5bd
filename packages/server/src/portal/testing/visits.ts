// Visits of a test to the previews, in a real browser: contexts that remember what the page complained about.
import type { Browser, Page } from 'playwright-core';

export type Visit = { readonly page: Page; readonly complaints: string[] };

export const visit = async (
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visit> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
};
