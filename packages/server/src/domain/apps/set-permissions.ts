// Chooses an app's permissions. In development they count at once; in production they need a review (protocol.md 13).
import * as v from 'valibot';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { teamOfApp } from './rules.ts';

export const setPermissions = operation({
  id: 'apps.set-permissions',
  summary: "Choose an app's permissions",
  who: 'signed-in',
  input: v.strictObject({
    app: publicIdText,
    /** The version that the page showed. */
    version: v.pipe(v.number(), v.safeInteger()),
    permissions: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(5_000)),
  }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'needs-review': 409, 'under-review': 409, changed: 409 },
  async run({ domain, trace }, { version, permissions }, app) {
    if (app.status === 'production') return refuse('needs-review');
    if (app.status === 'under-review') return refuse('under-review');
    const known = new Set(domain.permissions.map(({ id }) => id));
    if (permissions.some((id) => !known.has(id))) return refuseField('permissions', 'unknown-permission');
    const permissionSetId = await domain.stores.permissionSets.intern(permissions);
    const next = { ...app, permissionSetId, version: version + 1 };
    const replaced = await domain.stores.apps.replace(
      next,
      version,
      trace({ permissions: permissions.length }),
    );
    return replaced ? done(next) : refuse('changed');
  },
});
