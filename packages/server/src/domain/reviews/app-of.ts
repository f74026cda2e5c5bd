import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import type { Submission } from './submission.ts';

/** Apps are never removed, only marked: a submission without one is a bug. */
export const appOfSubmission = async (
  domain: Pick<Domain, 'stores'>,
  { appId }: Submission,
): Promise<App> => {
  const app = await domain.stores.apps.find(appId);
  if (app === undefined) throw new Error(`submission of an app that is not there: ${appId}`);
  return app;
};
