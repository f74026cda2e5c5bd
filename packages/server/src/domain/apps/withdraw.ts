// Takes a new app back from review, to development.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { tellContact } from '../reviews/letters.ts';
import { move } from '../reviews/move.ts';
import { can } from '../reviews/standing.ts';
import { stepJson, steppedJson } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { teamOfApp } from './rules.ts';

export const withdrawApp = operation({
  id: 'apps.withdraw',
  summary: 'Withdraw an app from review',
  http: ['POST', '/api/apps/{app}/withdraw'],
  sessionOnly: false,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'wrong-status': 409, changed: 409 },
  async run(context, _input, app) {
    const { domain } = context;
    const submission = await domain.stores.reviews.openOf(app.id);
    if (submission === undefined || !can(app, submission, 'withdraw')) return refuse('wrong-status');
    const mails = await tellContact(domain, app, 'withdrawn');
    const next = { status: 'withdrawn' } as const;
    const moved = await move(domain, context, 'withdraw', { app, submission, next }, {}, mails);
    return moved === undefined ? refuse('changed') : done(moved);
  },
});
