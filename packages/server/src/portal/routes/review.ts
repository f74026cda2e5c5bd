// `/review`: what waits, and taking it. One submission's page and its decision: review-desk.ts.
import { perform } from '../../domain/operation.ts';
import { isLate } from '../../domain/reviews/business-days.ts';
import { appOfSubmission } from '../../domain/reviews/app-of.ts';
import { queueCursor } from '../../domain/reviews/list.ts';
import { isOwnApp } from '../../domain/reviews/rules.ts';
import type { QueueFilter } from '../../domain/reviews/store.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import { takeReview } from '../../domain/reviews/take.ts';
import { queuePage, reviewUrl, type Waiting } from '../review/queue.ts';
import { queueWords } from '../words/review-desk.ts';
import { by } from './app-page.ts';
import { normal, reviewerRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { refusal } from './refusal.ts';
import { deskRoutes } from './review-desk.ts';
import { kindOf, reviewerOf, takeFlow, vendorNameOf } from './review-shared.ts';

const PER_PAGE = 25;
const FILTERS = Object.keys(queueWords.filters) as QueueFilter[];

const waitingOf = async (page: PersonPage, submission: Submission): Promise<Waiting> => {
  const app = await appOfSubmission(page.domain, submission);
  const { reviews } = page.domain.stores;
  const [vendorName, reviewer, isOwn, connections] = await Promise.all([
    vendorNameOf(page, app),
    reviewerOf(page, submission),
    isOwnApp(page.domain, page.signedIn.user.id, app),
    submission.breaking ? reviews.countSignedIn(app.id, app.epoch, page.nowMs) : 0,
  ]);
  const url = `${reviewUrl}/${submission.id}`;
  const submittedAtMs = submission.submittedAtMs ?? submission.changedAtMs;
  return {
    url,
    appName: submission.name,
    ...(submission.logoHash === undefined ? {} : { logoUrl: `/logos/${submission.logoHash}` }),
    vendorName,
    kind: kindOf(submission),
    connections,
    submittedAtMs,
    late: isLate(submittedAtMs, page.nowMs),
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(reviewer !== undefined || isOwn
      ? {}
      : { take: page.target(`${url}/take`, takeFlow(String(submission.id), ''), { from: '' }) }),
  };
};

const queue = async (page: PersonPage): Promise<PageAnswer> => {
  const { reviews } = page.domain.stores;
  const me = page.signedIn.user.id;
  const filter = FILTERS.find((one) => one === page.search('kind')) ?? 'all';
  const after = queueCursor(page.search('after') ?? '');
  const [counts, found] = await Promise.all([
    reviews.queueCounts(me),
    reviews.queue(filter, me, after, PER_PAGE + 1),
  ]);
  const shown = found.slice(0, PER_PAGE);
  const last = shown.at(-1);
  const here = filter === 'all' ? `${reviewUrl}?` : `${reviewUrl}?kind=${filter}&`;
  return normal(
    queuePage({
      frame: page.frame,
      filter,
      counts,
      waiting: await Promise.all(shown.map((one) => waitingOf(page, one))),
      ...(after === undefined ? {} : { firstUrl: here.slice(0, -1) }),
      ...(found.length > PER_PAGE && last !== undefined
        ? { nextUrl: `${here}after=${last.submittedAtMs ?? 0}-${last.id}` }
        : {}),
    }),
  );
};

const take = async (page: PersonPage, from: string): Promise<PageAnswer> => {
  const review = page.part('review');
  const result = await perform(page.domain, takeReview, by(page), { review, from });
  const url = `${reviewUrl}/${review}`;
  return result.ok ? seeOther(url, 'review-taken') : refusal(page, takeReview.id, result, url);
};

export const reviewRoutes: readonly Route[] = [
  reviewerRoute({ path: reviewUrl, get: queue }),
  reviewerRoute({
    path: `${reviewUrl}/:review/take`,
    post: {
      fields: ['from'],
      flow: (page, form) => takeFlow(page.part('review'), form.get('from') ?? ''),
      handle: (page, form) => take(page, form.get('from') ?? ''),
    },
  }),
  ...deskRoutes,
];
