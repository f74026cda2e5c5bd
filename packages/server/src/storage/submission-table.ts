// How submissions, notes and notices lie in columns.
import type { ConsentNotice } from '../domain/reviews/store.ts';
import type { InternalNote, Submission } from '../domain/reviews/submission.ts';
import { defineTable, flag, textList } from './table.ts';

export const submissionsTable = defineTable<Submission>('submissions', {
  id: 'id',
  appId: 'app_id',
  kind: 'kind',
  status: 'status',
  version: 'version',
  permissionSetId: 'permission_set_id',
  basePermissionSetId: 'base_permission_set_id',
  versionHash: 'version_hash',
  baseHash: 'base_hash',
  breaking: flag('breaking'),
  name: 'name',
  website: 'website',
  description: 'description',
  redirectUris: textList('redirect_uris'),
  contactName: 'contact_name',
  contactEmail: 'contact_email',
  contactPhone: 'contact_phone',
  logoHash: 'logo_hash',
  purpose: 'purpose',
  permissionReasons: 'permission_reasons',
  howToTry: 'how_to_try',
  recording: 'recording',
  note: 'note',
  publish: 'publish',
  createdAtMs: 'created_at',
  changedAtMs: 'changed_at',
  submittedAtMs: 'submitted_at',
  submittedBy: 'submitted_by',
  reviewerId: 'reviewer_id',
  decidedAtMs: 'decided_at',
  decidedBy: 'decided_by',
  reason: 'reason',
  closedAtMs: 'closed_at',
});

export const reviewNotesTable = defineTable<InternalNote>('review_notes', {
  id: 'id',
  submissionId: 'submission_id',
  userId: 'user_id',
  atMs: 'at',
  text: 'words',
});

export const noticesTable = defineTable<ConsentNotice>('consent_notices', {
  id: 'id',
  appId: 'app_id',
  submissionId: 'submission_id',
  createdAtMs: 'created_at',
  toldUntil: 'told_until',
  told: 'told',
});
