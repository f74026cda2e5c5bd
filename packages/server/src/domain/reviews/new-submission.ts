// The beginning of a submission: the live configuration, and the answers that the vendor gave last time.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { fieldsOf, type Submission, type SubmissionKind } from './submission.ts';

export const submissionOf = async (
  domain: Pick<Domain, 'stores' | 'now'>,
  app: App,
  kind: SubmissionKind,
): Promise<Submission> => {
  const before = await domain.stores.reviews.lastSubmittedOf(app.id);
  const nowMs = domain.now();
  return {
    ...fieldsOf(app),
    id: await domain.stores.nextId(),
    appId: app.id,
    kind,
    status: 'draft',
    version: 1,
    permissionSetId: app.permissionSetId,
    basePermissionSetId: app.permissionSetId,
    versionHash: '',
    baseHash: '',
    breaking: false,
    purpose: before?.purpose ?? '',
    permissionReasons: before?.permissionReasons ?? '',
    howToTry: before?.howToTry ?? '',
    recording: before?.recording ?? '',
    note: '',
    publish: 'by-hand',
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    reason: '',
  };
};

/** Back into the queue, where any reviewer may take it. */
export const resubmitted = (open: Submission): Submission => {
  const { reviewerId: _reviewer, decidedAtMs: _at, decidedBy: _by, ...kept } = open;
  return { ...kept, reason: '' };
};
