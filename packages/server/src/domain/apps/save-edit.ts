// Saves the draft of an edit of a production app: all its fields, or its permissions.
import * as v from 'valibot';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { writeDraft } from '../reviews/draft.ts';
import { shownVersion } from '../reviews/inputs.ts';
import { submissionJson, submissionStanding } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { isLogo } from '../logos/logo.ts';
import { appFields } from './fields.ts';
import { chosenPermissions, unknownPermission } from './permission-choice.ts';
import { teamOfApp } from './rules.ts';

const refusals = { 'wrong-status': 409, locked: 409, changed: 409 } as const;

export const saveEdit = operation({
  id: 'apps.save-edit',
  summary: 'Save the draft of an edit',
  http: ['POST', '/api/apps/{app}/edit'],
  sessionOnly: false,
  output: submissionStanding,
  answer: submissionJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, version: shownVersion, ...appFields }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals,
  async run(context, { app: _id, version, ...fields }, app) {
    if (!(await isLogo(context.domain, fields.logoHash))) return refuseField('logoHash', 'malformed');
    const written = await writeDraft(context.domain, context, app, version, fields);
    return typeof written === 'string' ? refuse(written) : done(written);
  },
});

export const setEditPermissions = operation({
  id: 'apps.set-edit-permissions',
  summary: 'Choose the permissions of an edit',
  http: ['POST', '/api/apps/{app}/edit/permissions'],
  sessionOnly: false,
  output: submissionStanding,
  answer: submissionJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, version: shownVersion, permissions: chosenPermissions }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals,
  async run(context, { version, permissions }, app) {
    const { domain } = context;
    if (unknownPermission(domain, permissions)) return refuseField('permissions', 'unknown-permission');
    const permissionSetId = await domain.stores.permissionSets.intern(permissions);
    const written = await writeDraft(domain, context, app, version, { permissionSetId });
    return typeof written === 'string' ? refuse(written) : done(written);
  },
});
