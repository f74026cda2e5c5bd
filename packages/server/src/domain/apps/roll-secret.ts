// A new client secret beside the old ones, which end now, in 24 hours or in 7 days (protocol.md 16). Never locked by a review.
import * as v from 'valibot';
import { code } from '../field-problem.ts';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { newClientSecret } from './client-secret.ts';
import { teamOfApp } from './rules.ts';

const OLD_LIVES_MS = { now: 0, day: 86_400_000, week: 7 * 86_400_000 } as const;

export const rollSecret = operation({
  id: 'apps.roll-secret',
  summary: 'Roll the client secret',
  http: ['POST', '/api/apps/{app}/roll-secret'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    app: publicIdText,
    oldEnds: v.picklist(['now', 'day', 'week'], code('choice-missing')),
  }),
  output: v.object({ clientSecret: v.string() }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: true,
  refusals: { 'public-app': 409, 'too-many': 409 },
  async run({ domain, nowMs, trace }, { oldEnds }, app) {
    if (app.kind === 'public') return refuse('public-app');
    const { row, secret } = await newClientSecret(domain, app.id, nowMs);
    const endsAtMs = nowMs + OLD_LIVES_MS[oldEnds];
    const rolled = await domain.stores.apps.rollSecret(row, endsAtMs, trace({ old: oldEnds }));
    return rolled === 'rolled' ? done({ clientSecret: secret }) : refuse('too-many');
  },
});
