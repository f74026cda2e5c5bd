// What a person finds in their mail: the demo's page of what would be mailed.
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../world.ts';

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 250;

/** The newest mail with this subject to this address; some are written a moment after what caused them. */
export const mailTo = async (world: World, email: string, subject: string): Promise<string> => {
  const page = await world.newPage();
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    await page.goto(`${world.issuer}/demo/mail`);
    const row = page.getByRole('row').filter({ hasText: email }).filter({ hasText: subject }).first();
    if ((await row.count()) > 0) {
      await row.getByRole('link').click();
      const text = await page.locator('pre').innerText();
      await page.context().close();
      return text;
    }
    if (Date.now() > until) throw new Error(`nothing with the subject “${subject}” was mailed to ${email}`);
    await pause(LOOK_EVERY_MS);
  }
};

export const linkIn = (text: string): string => {
  const found = /https?:\/\/\S+/.exec(text)?.[0];
  if (found === undefined) throw new Error(`no link in the mail: ${text}`);
  return found;
};
