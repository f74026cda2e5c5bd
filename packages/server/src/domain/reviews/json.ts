// What the management API answers about apps and submissions after a step of their lifecycle.
import * as v from 'valibot';
import { APP_STATUSES, type App } from '../apps/app.ts';
import { SUBMISSION_STATUSES, type Submission } from './submission.ts';

export const appStanding = v.object({
  app: v.string(),
  status: v.picklist(APP_STATUSES),
  suspended: v.boolean(),
  version: v.number(),
});

export const submissionStanding = v.object({
  status: v.picklist(SUBMISSION_STATUSES),
  /** Publishing makes everybody authorize the app again. */
  breaking: v.boolean(),
  version: v.number(),
});

export const steppedJson = v.object({ app: appStanding, submission: submissionStanding });
export const takenJson = v.object({ taken: v.literal(true) });
export const notedJson = v.object({ noted: v.literal(true) });
export const endedJson = v.object({ ended: v.literal(true) });

export const appJson = (app: App): v.InferOutput<typeof appStanding> => ({
  app: app.publicId,
  status: app.status,
  suspended: app.suspendedAtMs !== undefined,
  version: app.version,
});

export const submissionJson = ({
  status,
  breaking,
  version,
}: Submission): v.InferOutput<typeof submissionStanding> => ({ status, breaking, version });

export const stepJson = (step: {
  readonly app: App;
  readonly submission: Submission;
}): v.InferOutput<typeof steppedJson> => ({
  app: appJson(step.app),
  submission: submissionJson(step.submission),
});
