// Submissions that tests begin with.
import type { App } from '../../domain/apps/app.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import type { Stores } from '../../domain/stores.ts';
import { startMs } from './stores.ts';

export const submissionOf = async (
  stores: Stores,
  app: App,
  fields: Partial<Submission> = {},
): Promise<Submission> => ({
  id: await stores.nextId(),
  appId: app.id,
  kind: 'edit',
  status: 'under-review',
  version: 1,
  permissionSetId: app.permissionSetId,
  basePermissionSetId: app.permissionSetId,
  versionHash: 'hash',
  baseHash: 'base',
  breaking: true,
  name: 'Renamed <b>',
  website: app.website,
  description: app.description,
  redirectUris: ['https://vendor.example/cb?x=1&y=ü'],
  contactName: '',
  contactEmail: '',
  contactPhone: '',
  logoHash: 'a'.repeat(64),
  purpose: 'p',
  permissionReasons: 'r',
  howToTry: 't',
  recording: '',
  note: 'note',
  publish: 'by-hand',
  createdAtMs: startMs,
  changedAtMs: startMs,
  submittedAtMs: startMs,
  reason: '',
  ...fields,
});
