// Deletes an app for ever: all its connections end with it. Its name is typed, so that no click alone can do it.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { tellContact } from '../reviews/letters.ts';
import { optionalText, publicIdText } from '../text-rules.ts';
import { teamOfApp } from './rules.ts';

export const deleteApp = operation({
  id: 'apps.delete',
  summary: 'Delete an app',
  http: ['POST', '/api/apps/{app}/delete'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, name: optionalText(200) }),
  output: nothing,
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { changed: 409 },
  async run({ domain, nowMs, trace }, { name }, app) {
    if (name !== app.name.trim()) return refuseField('name', 'name-differs');
    const next = { ...app, deletedAtMs: nowMs, version: app.version + 1 };
    const mails = await tellContact(domain, app, 'deleted');
    const traced = trace({ clientId: app.clientId }, mails);
    const deleted = await domain.stores.apps.replace(next, app.version, traced);
    return deleted ? done(undefined) : refuse('changed');
  },
});
