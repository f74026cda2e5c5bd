// What an operator does with an app: finds it, stops it, lets it go on, sets its limit.
import type { App } from '../apps/tokens.ts';
import { personAs } from '../target.ts';
import type { Filled, Page } from './person.ts';
import { signedInAs } from './sign-in.ts';

const step = async (app: App, link: string, button: string, filled: Filled): Promise<Page> => {
  const operator = await signedInAs(personAs('operator'));
  const list = await operator.open(`/operate/apps?${new URLSearchParams({ q: app.clientId })}`);
  const page = await operator.follow(list, app.name);
  return operator.press(await operator.follow(page, link), button, filled);
};

export const suspend = (app: App, reason: string): Promise<Page> =>
  step(app, 'Suspend', 'Suspend', { reason });

export const liftSuspension = (app: App): Promise<Page> =>
  step(app, 'Lift suspension', 'Lift suspension', { reason: 'It was put right.' });

/** Empty: the limit of the app's mode. */
export const setLimit = (app: App, limit: string): Promise<Page> =>
  step(app, 'Set limit', 'Set limit', { limit });
