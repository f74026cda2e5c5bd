// Sends a new app to review, or a declined one again, with the answers that reviewers need. Editing is locked from here.
import * as v from 'valibot';
import { done, operation, refuse } from '../operation.ts';
import { checklistOf, isComplete } from '../reviews/checklist.ts';
import { answerFields, shownVersion } from '../reviews/inputs.ts';
import { tellContact } from '../reviews/letters.ts';
import { move } from '../reviews/move.ts';
import { resubmitted, submissionOf } from '../reviews/new-submission.ts';
import { proposalOf, sealed } from '../reviews/proposal.ts';
import { can } from '../reviews/standing.ts';
import { fieldsOf } from '../reviews/submission.ts';
import { stepJson, steppedJson } from '../reviews/json.ts';
import { publicIdText } from '../text-rules.ts';
import { SUBMIT_WAIT_MS } from '../websites/website.ts';
import { teamOfApp } from './rules.ts';

export const submitApp = operation({
  id: 'apps.submit',
  summary: 'Submit an app for review',
  http: ['POST', '/api/apps/{app}/submit'],
  sessionOnly: false,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, version: shownVersion, ...answerFields }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'wrong-status': 409, incomplete: 409, changed: 409 },
  async run(context, { app: _id, version, ...answers }, app) {
    const { domain, asker, nowMs } = context;
    const open = await domain.stores.reviews.openOf(app.id);
    if (!can(app, open, 'submit')) return refuse('wrong-status');
    if (app.version !== version) return refuse('changed');
    if (!isComplete(await checklistOf(domain, app, SUBMIT_WAIT_MS))) return refuse('incomplete');
    const begun = open === undefined ? await submissionOf(domain, app, 'app') : resubmitted(open);
    const written = {
      ...begun,
      ...fieldsOf(app),
      ...answers,
      permissionSetId: app.permissionSetId,
      submittedAtMs: nowMs,
      submittedBy: asker.user.id,
    };
    const submission = sealed(written, await proposalOf(domain, app, written));
    const moved = await move(
      domain,
      context,
      'submit',
      { app, submission, next: { status: 'under-review' }, isNew: open === undefined },
      {},
      await tellContact(domain, app, 'submitted'),
    );
    return moved === undefined ? refuse('changed') : done(moved);
  },
});
