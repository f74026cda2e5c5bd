// Puts an approved edit in force: exactly what was approved, on exactly the app that it was compared with.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { shownVersion } from '../reviews/inputs.ts';
import { move } from '../reviews/move.ts';
import { proposalOf, stillAsShown } from '../reviews/proposal.ts';
import { publishing } from '../reviews/publish.ts';
import { can } from '../reviews/standing.ts';
import { stepJson, steppedJson } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { teamOfApp } from './rules.ts';

export const publishEdit = operation({
  id: 'apps.publish-edit',
  summary: 'Publish an approved edit',
  http: ['POST', '/api/apps/{app}/edit/publish'],
  sessionOnly: false,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, version: shownVersion }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'wrong-status': 409, changed: 409, 'live-moved': 409 },
  async run(context, { version }, app) {
    const { domain } = context;
    const submission = await domain.stores.reviews.openOf(app.id);
    if (submission === undefined || !can(app, submission, 'publish-edit')) return refuse('wrong-status');
    if (submission.version !== version) return refuse('changed');
    const proposal = await proposalOf(domain, app, submission);
    if (!stillAsShown(submission, proposal)) return refuse('live-moved');
    const { mails, ...step } = await publishing(domain, app, submission, proposal);
    const moved = await move(
      domain,
      context,
      'publish-edit',
      { app, submission, next: { status: 'published' }, ...step },
      { epoch: step.nextApp.epoch },
      mails,
    );
    return moved === undefined ? refuse('changed') : done(moved);
  },
});
