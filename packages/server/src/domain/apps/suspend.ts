// An operator stops an app, whatever its status, and lets it go on. Every call and every new connection is refused between.
import * as v from 'valibot';
import { done, operation, refuse, type Rule } from '../operation.ts';
import { reasonText } from '../reviews/inputs.ts';
import { tellContact } from '../reviews/letters.ts';
import { appJson, appStanding } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import type { App } from './app.ts';

const byOperator: Rule<App> = (_domain, asker) => asker.user.platformRole === 'operator';

const withAReason = {
  sessionOnly: true,
  output: appStanding,
  answer: appJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, reason: reasonText }),
  subject: 'app',
  allow: [byOperator],
  stepUp: true,
} as const;

export const suspendApp = operation({
  id: 'apps.suspend',
  summary: 'Suspend an app',
  http: ['POST', '/api/apps/{app}/suspend'],
  ...withAReason,
  refusals: { 'suspended-already': 409, changed: 409 },
  async run({ domain, nowMs, trace }, { reason }, app) {
    if (app.suspendedAtMs !== undefined) return refuse('suspended-already');
    const next = { ...app, suspendedAtMs: nowMs, version: app.version + 1 };
    const mails = await tellContact(domain, app, 'suspended', { reason });
    const suspended = await domain.stores.apps.replace(
      next,
      app.version,
      trace({ event: 'suspend', reason }, mails),
    );
    return suspended ? done(next) : refuse('changed');
  },
});

export const liftApp = operation({
  id: 'apps.lift',
  summary: 'Lift the suspension of an app',
  http: ['POST', '/api/apps/{app}/lift'],
  ...withAReason,
  refusals: { 'not-suspended': 409, changed: 409 },
  async run({ domain, trace }, { reason }, app) {
    const { suspendedAtMs, ...rest } = app;
    if (suspendedAtMs === undefined) return refuse('not-suspended');
    const next = { ...rest, version: app.version + 1 };
    const mails = await tellContact(domain, app, 'lifted');
    const lifted = await domain.stores.apps.replace(
      next,
      app.version,
      trace({ event: 'lift', reason }, mails),
    );
    return lifted ? done(next) : refuse('changed');
  },
});
