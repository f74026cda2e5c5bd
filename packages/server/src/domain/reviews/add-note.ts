// A note among reviewers. The vendor never sees it.
import * as v from 'valibot';
import { code } from '../field-problem.ts';
import { done, operation, refuse } from '../operation.ts';
import { optionalText, publicIdText } from '../text-rules.ts';
import { appOfSubmission } from './app-of.ts';
import { MAX_ANSWER } from './inputs.ts';
import { notedJson } from './json.ts';
import { isOwnApp, isReviewer } from './rules.ts';

export const addReviewNote = operation({
  id: 'reviews.note',
  summary: 'Add an internal note to a review',
  http: ['POST', '/api/reviews/{review}/notes'],
  sessionOnly: true,
  output: notedJson,
  answer: () => ({ noted: true as const }),
  who: 'signed-in',
  input: v.strictObject({
    review: publicIdText,
    text: v.pipe(optionalText(MAX_ANSWER), v.minLength(1, code('answer-missing'))),
  }),
  subject: 'review',
  allow: [isReviewer],
  stepUp: false,
  refusals: { 'own-app': 403 },
  async run({ domain, asker, nowMs, trace }, { text }, submission) {
    const app = await appOfSubmission(domain, submission);
    if (await isOwnApp(domain, asker.user.id, app)) return refuse('own-app');
    const id = await domain.stores.nextId();
    const note = { id, submissionId: submission.id, userId: asker.user.id, atMs: nowMs, text };
    await domain.stores.reviews.addNote(note, submission.appId, trace({ submission: submission.id }));
    return done(undefined);
  },
});
