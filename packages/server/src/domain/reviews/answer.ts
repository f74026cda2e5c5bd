// A submission as the management API tells it, to its vendor and to reviewers.
import * as v from 'valibot';
import { instantOrNull, instant } from '../answers.ts';
import type { Proposal } from './proposal.ts';
import { SUBMISSION_STATUSES, type Submission } from './submission.ts';

const listChange = v.object({ added: v.array(v.string()), removed: v.array(v.string()) });

export const submissionAnswer = v.object({
  id: v.string(),
  kind: v.picklist(['app', 'edit']),
  status: v.picklist(SUBMISSION_STATUSES),
  version: v.pipe(v.number(), v.integer(), v.description('Send it back with what you change or decide.')),
  name: v.string(),
  website: v.string(),
  description: v.string(),
  redirectUris: v.array(v.string()),
  contactName: v.string(),
  contactEmail: v.string(),
  contactPhone: v.string(),
  permissions: v.array(v.string()),
  purpose: v.string(),
  permissionReasons: v.string(),
  howToTry: v.string(),
  recording: v.string(),
  note: v.string(),
  publish: v.picklist(['at-once', 'by-hand']),
  submittedAt: v.nullable(instant),
  decidedAt: v.nullable(instant),
  reason: v.string(),
  changes: v.object({
    fields: v.pipe(v.array(v.string()), v.description('Those that differ from the live app.')),
    redirectUris: listChange,
    permissions: listChange,
    breaking: v.pipe(v.boolean(), v.description('Publishing makes everybody authorize the app again.')),
  }),
});

export const answerOfSubmission = (
  submission: Submission,
  { proposed, diff }: Proposal,
): v.InferOutput<typeof submissionAnswer> => ({
  id: String(submission.id),
  kind: submission.kind,
  status: submission.status,
  version: submission.version,
  name: submission.name,
  website: submission.website,
  description: submission.description,
  redirectUris: [...submission.redirectUris],
  contactName: submission.contactName,
  contactEmail: submission.contactEmail,
  contactPhone: submission.contactPhone,
  permissions: [...proposed.permissions],
  purpose: submission.purpose,
  permissionReasons: submission.permissionReasons,
  howToTry: submission.howToTry,
  recording: submission.recording,
  note: submission.note,
  publish: submission.publish,
  submittedAt: instantOrNull(submission.submittedAtMs),
  decidedAt: instantOrNull(submission.decidedAtMs),
  reason: submission.reason,
  changes: {
    fields: diff.texts.map(({ field }) => field),
    redirectUris: { added: [...diff.redirectUris.added], removed: [...diff.redirectUris.removed] },
    permissions: { added: [...diff.permissions.added], removed: [...diff.permissions.removed] },
    breaking: diff.breaking,
  },
});
