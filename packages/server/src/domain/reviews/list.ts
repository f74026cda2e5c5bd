// What waits for reviewers, the longest waiting first; and one submission with its risks and effect.
import * as v from 'valibot';
import { instant, instantOf, pageAnswer, pageInput } from '../answers.ts';
import { done, operation, refuseField, type Rule } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { answerOfSubmission, submissionAnswer } from './answer.ts';
import { appOfSubmission } from './app-of.ts';
import { isLate } from './business-days.ts';
import { proposalOf } from './proposal.ts';
import { risksOf } from './risks.ts';
import { isOwnApp, isReviewer } from './rules.ts';

const byReviewer: Rule<undefined> = (_domain, asker) => asker.user.platformRole === 'reviewer';

export const queueCursor = (given: string): { id: number; submittedAtMs: number } | undefined => {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(given);
  return found === null ? undefined : { submittedAtMs: Number(found[1]), id: Number(found[2]) };
};

export const listReviews = operation({
  id: 'reviews.list',
  summary: 'List what waits for review',
  http: ['GET', '/api/reviews'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({
    ...pageInput,
    kind: v.optional(v.picklist(['all', 'new-app', 'standard', 'breaking', 'mine']), 'all'),
  }),
  output: pageAnswer(
    v.object({
      id: v.string(),
      kind: v.picklist(['app', 'edit']),
      breaking: v.boolean(),
      name: v.string(),
      submittedAt: instant,
      late: v.boolean(),
      taken: v.boolean(),
    }),
  ),
  subject: 'none',
  allow: [byReviewer],
  stepUp: false,
  refusals: {},
  async run({ domain, asker, nowMs }, { kind, after, limit }) {
    const cursor = queueCursor(after);
    if (after !== '' && cursor === undefined) return refuseField('after', 'malformed');
    const found = await domain.stores.reviews.queue(kind, asker.user.id, cursor, limit + 1);
    const items = found.slice(0, limit).map((one) => ({
      id: String(one.id),
      kind: one.kind,
      breaking: one.breaking,
      name: one.name,
      submittedAtMs: one.submittedAtMs ?? one.changedAtMs,
      late: isLate(one.submittedAtMs ?? one.changedAtMs, nowMs),
      taken: one.reviewerId !== undefined,
    }));
    const last = items.at(-1);
    const next = found.length > limit && last !== undefined ? `${last.submittedAtMs}-${last.id}` : null;
    return done({ items, next });
  },
  answer: ({ items, next }) => ({
    items: items.map(({ submittedAtMs, ...rest }) => ({ ...rest, submittedAt: instantOf(submittedAtMs) })),
    next,
  }),
});

export const readReview = operation({
  id: 'reviews.get',
  summary: 'Read a submission as its reviewer',
  http: ['GET', '/api/reviews/{review}'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ review: publicIdText }),
  output: v.object({
    submission: submissionAnswer,
    versionHash: v.pipe(v.string(), v.description('Send it back with the decision.')),
    ownApp: v.pipe(v.boolean(), v.description('You belong to this vendor and cannot decide.')),
    risks: v.array(v.string()),
    signsOut: v.pipe(v.number(), v.integer()),
  }),
  subject: 'review',
  allow: [isReviewer],
  stepUp: false,
  refusals: {},
  async run({ domain, asker, nowMs }, _input, submission) {
    const app = await appOfSubmission(domain, submission);
    const proposal = await proposalOf(domain, app, submission);
    const asked = new Set(proposal.proposed.permissions);
    const permissions = domain.permissions.filter(({ id }) => asked.has(id));
    const [risks, ownApp, signsOut] = await Promise.all([
      risksOf(domain, submission.kind, app, proposal.proposed, permissions),
      isOwnApp(domain, asker.user.id, app),
      domain.stores.reviews.countSignedIn(app.id, app.epoch, nowMs),
    ]);
    return done({
      submission: answerOfSubmission(submission, proposal),
      versionHash: submission.versionHash,
      ownApp,
      risks: risks.map(({ kind }) => kind),
      signsOut,
    });
  },
});
