// Changes an app in development, or a declined one, at once. What is in production changes by a reviewed edit.
import * as v from 'valibot';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { shownVersion } from '../reviews/inputs.ts';
import { tellOfRedirects } from '../reviews/letters.ts';
import { can } from '../reviews/standing.ts';
import { appJson, appStanding } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { isLogo } from '../logos/logo.ts';
import { appFields } from './fields.ts';
import { teamOfApp } from './rules.ts';

export const changeApp = operation({
  id: 'apps.change',
  summary: 'Change an app that is not in production',
  http: ['POST', '/api/apps/{app}'],
  sessionOnly: false,
  output: appStanding,
  answer: appJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, version: shownVersion, ...appFields }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'needs-review': 409, 'under-review': 409, changed: 409 },
  async run({ domain, trace }, { app: _id, version, ...fields }, app) {
    if (app.status === 'production') return refuse('needs-review');
    if (!(await isLogo(domain, fields.logoHash))) return refuseField('logoHash', 'malformed');
    const open = await domain.stores.reviews.openOf(app.id);
    if (!can(app, open, 'change')) return refuse('under-review');
    const next = { ...app, ...fields, version: version + 1 };
    const mails = await tellOfRedirects(domain, app, next);
    const replaced = await domain.stores.apps.replace(next, version, trace({ event: 'change' }, mails));
    return replaced ? done(next) : refuse('changed');
  },
});
