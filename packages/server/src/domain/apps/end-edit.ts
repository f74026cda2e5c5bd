// Ends an edit without publishing it: cancels one that waits for a reviewer or for Publish, discards a draft or a
// declined one.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { tellContact } from '../reviews/letters.ts';
import { move } from '../reviews/move.ts';
import { can } from '../reviews/standing.ts';
import { endedJson, stepJson, steppedJson } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { teamOfApp } from './rules.ts';

const refusals = { 'wrong-status': 409, changed: 409 } as const;

export const cancelEdit = operation({
  id: 'apps.cancel-edit',
  summary: 'Cancel an edit',
  http: ['POST', '/api/apps/{app}/edit/cancel'],
  sessionOnly: false,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals,
  async run(context, _input, app) {
    const { domain } = context;
    const submission = await domain.stores.reviews.openOf(app.id);
    if (submission === undefined || !can(app, submission, 'cancel-edit')) return refuse('wrong-status');
    const mails = await tellContact(domain, app, 'edit-cancelled');
    const next = { status: 'cancelled' } as const;
    const moved = await move(domain, context, 'cancel-edit', { app, submission, next }, {}, mails);
    return moved === undefined ? refuse('changed') : done(moved);
  },
});

export const discardEdit = operation({
  id: 'apps.discard-edit',
  summary: 'Discard a draft or a declined edit',
  http: ['POST', '/api/apps/{app}/edit/discard'],
  sessionOnly: false,
  output: endedJson,
  answer: () => ({ ended: true as const }),
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals,
  async run(context, _input, app) {
    const { domain, nowMs, trace } = context;
    const { reviews } = domain.stores;
    const submission = await reviews.openOf(app.id);
    if (submission?.kind === 'edit' && submission.status === 'draft') {
      // Nobody but the team ever saw it: no step of the lifecycle, no mail.
      const gone = { ...submission, status: 'discarded' as const, version: submission.version + 1 };
      const step = {
        app: { ...app, version: app.version + 1 },
        fromAppVersion: app.version,
        submission: { ...gone, changedAtMs: nowMs, closedAtMs: nowMs },
        fromVersion: submission.version,
      };
      const dropped = await reviews.move(step, trace({ submission: submission.id }));
      return dropped ? done(undefined) : refuse('changed');
    }
    if (submission === undefined || !can(app, submission, 'discard-edit')) return refuse('wrong-status');
    const mails = await tellContact(domain, app, 'edit-discarded');
    const next = { status: 'discarded' } as const;
    const moved = await move(domain, context, 'discard-edit', { app, submission, next }, {}, mails);
    return moved === undefined ? refuse('changed') : done(undefined);
  },
});
