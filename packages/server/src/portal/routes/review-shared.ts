// What the queue and one submission's page both show.
import type { App } from '../../domain/apps/app.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import type { ReviewView } from '../review/review.ts';
import type { PersonPage } from './page.ts';

export const kindOf = ({ kind, breaking }: Submission): ReviewView['kind'] =>
  kind === 'app' ? 'app' : breaking ? 'breaking' : 'standard';

export const vendorNameOf = async (page: PersonPage, app: App): Promise<string> =>
  (app.vendorId === undefined ? undefined : await page.domain.stores.vendors.find(app.vendorId))?.name ?? '';

export const reviewerOf = async (
  page: PersonPage,
  { reviewerId }: Submission,
): Promise<ReviewView['reviewer']> => {
  const user = reviewerId === undefined ? undefined : await page.domain.stores.users.find(reviewerId);
  return user === undefined ? undefined : { name: user.fullName, isYou: user.id === page.signedIn.user.id };
};

export const takeFlow = (review: string, from: string): string => `reviews.take ${review} ${from}`;
