// Takes a waiting submission, or takes it over from the reviewer that the page named, so that two do not do the same work.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { appOfSubmission } from './app-of.ts';
import { takenJson } from './json.ts';
import { isOwnApp, isReviewer } from './rules.ts';

export const takeReview = operation({
  id: 'reviews.take',
  summary: 'Take a submission to review',
  http: ['POST', '/api/reviews/{review}/take'],
  sessionOnly: true,
  output: takenJson,
  answer: () => ({ taken: true as const }),
  who: 'signed-in',
  input: v.strictObject({
    review: publicIdText,
    /** The person who holds it, as the page showed; empty for nobody. */
    from: v.optional(publicIdText, ''),
  }),
  subject: 'review',
  allow: [isReviewer],
  stepUp: false,
  refusals: { 'own-app': 403, decided: 409, taken: 409 },
  async run({ domain, asker, trace }, { from }, submission) {
    const app = await appOfSubmission(domain, submission);
    if (await isOwnApp(domain, asker.user.id, app)) return refuse('own-app');
    if (submission.status !== 'under-review') return refuse('decided');
    const holder = from === '' ? undefined : await domain.stores.users.findByPublicId(from);
    if (from !== '' && holder === undefined) return refuse('taken');
    const taken = await domain.stores.reviews.take(
      submission.id,
      holder?.id,
      asker.user.id,
      trace({ submission: submission.id }),
    );
    return taken ? done(undefined) : refuse('taken');
  },
});
