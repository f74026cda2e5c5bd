// Where an app stands on its way through review: its open submission or update, and what a submission still lacks.
import * as v from 'valibot';
import { done, operation } from '../operation.ts';
import { answerOfSubmission, submissionAnswer } from '../reviews/answer.ts';
import { CHECKS, checklistOf, websiteLookOf } from '../reviews/checklist.ts';
import { proposalOf } from '../reviews/proposal.ts';
import { publicIdText } from '../text-rules.ts';
import { answerOfLook, websiteAnswer } from '../websites/answer.ts';
import { PAGE_WAIT_MS } from '../websites/website.ts';
import { teamOfApp } from './rules.ts';

export const readSubmission = operation({
  id: 'apps.submission',
  summary: "Read an app's submission or update",
  http: ['GET', '/api/apps/{app}/submission'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  output: v.object({
    submission: v.nullable(submissionAnswer),
    lacking: v.pipe(v.array(v.picklist(CHECKS)), v.description('What a review needs and the app has not.')),
    website: v.nullable(websiteAnswer),
    signsOut: v.pipe(
      v.number(),
      v.integer(),
      v.description('How many connections a breaking publish would sign out now.'),
    ),
  }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain, nowMs }, _input, app) {
    const { reviews } = domain.stores;
    const [open, checklist, look, signsOut] = await Promise.all([
      reviews.openOf(app.id),
      checklistOf(domain, app, PAGE_WAIT_MS),
      websiteLookOf(domain, app, PAGE_WAIT_MS),
      reviews.countSignedIn(app.id, app.epoch, nowMs),
    ]);
    const submission =
      open === undefined ? null : answerOfSubmission(open, await proposalOf(domain, app, open));
    return done({
      submission,
      lacking: CHECKS.filter((check) => !checklist[check]),
      website: look === undefined ? null : answerOfLook(look),
      signsOut,
    });
  },
});
