// Chooses an app's permissions. In development they count at once; in production they need a review (protocol.md 13).
import * as v from 'valibot';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { shownVersion } from '../reviews/inputs.ts';
import { can } from '../reviews/standing.ts';
import { appJson, appStanding } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { chosenPermissions, unknownPermission } from './permission-choice.ts';
import { teamOfApp } from './rules.ts';

export const setPermissions = operation({
  id: 'apps.set-permissions',
  summary: "Choose an app's permissions",
  http: ['POST', '/api/apps/{app}/permissions'],
  sessionOnly: false,
  output: appStanding,
  answer: appJson,
  who: 'signed-in',
  input: v.strictObject({
    app: publicIdText,
    /** The version that the page showed. */
    version: shownVersion,
    permissions: chosenPermissions,
  }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'needs-review': 409, 'under-review': 409, changed: 409 },
  async run({ domain, trace }, { version, permissions }, app) {
    if (app.status === 'production') return refuse('needs-review');
    const open = await domain.stores.reviews.openOf(app.id);
    if (!can(app, open, 'change')) return refuse('under-review');
    if (unknownPermission(domain, permissions)) return refuseField('permissions', 'unknown-permission');
    const permissionSetId = await domain.stores.permissionSets.intern(permissions);
    const next = { ...app, permissionSetId, version: version + 1 };
    const replaced = await domain.stores.apps.replace(
      next,
      version,
      trace({ event: 'change', permissions: permissions.length }),
    );
    return replaced ? done(next) : refuse('changed');
  },
});
