// Who may decide: reviewers. That one is never of the app's own team is each decision's first step, with words of its own.
import type { Rule } from '../operation.ts';
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import type { Submission } from './submission.ts';

export const isReviewer: Rule<Submission> = (_domain, asker) => asker.user.platformRole === 'reviewer';

export const isOwnApp = async (domain: Pick<Domain, 'stores'>, userId: number, app: App): Promise<boolean> =>
  app.vendorId !== undefined && (await domain.stores.vendors.isOnTeam(userId, app.vendorId));
