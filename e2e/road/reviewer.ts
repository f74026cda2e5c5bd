// A reviewer at their desk.
import type { Page } from 'playwright-core';
import { press, signIn } from '../visitor.ts';
import type { World } from '../world.ts';

export type Reviewer = {
  readonly open: (app: string) => Promise<Page>;
  readonly approve: (app: string) => Promise<void>;
  readonly decline: (app: string, reason: string) => Promise<void>;
};

export const reviewerIn = async (world: World): Promise<Reviewer> => {
  const page = await world.newPage();
  await page.goto(`${world.issuer}/review`);
  await signIn(page, world.person('reviewer'));
  const open: Reviewer['open'] = async (app) => {
    await page.goto(`${world.issuer}/review`);
    await page
      .getByRole('row', { name: new RegExp(app) })
      .getByRole('link', { name: app })
      .click();
    await page.getByRole('heading', { level: 2, name: 'Decision' }).waitFor();
    return page;
  };
  const decided = () => page.getByRole('heading', { level: 1, name: 'Review' }).waitFor();
  return {
    open,
    async approve(app) {
      await open(app);
      await press(page, 'Approve');
      await decided();
    },
    async decline(app, reason) {
      await open(app);
      await page.getByLabel('Reason').fill(reason);
      await press(page, 'Decline');
      await decided();
    },
  };
};
