// Proposes an edit of a production app, or a declined one again. The live app stays as it is until it is published.
import * as v from 'valibot';
import { code } from '../field-problem.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { lackOfEdit } from '../reviews/checklist.ts';
import { answerFields, MAX_NOTE, shownVersion } from '../reviews/inputs.ts';
import { tellContact } from '../reviews/letters.ts';
import { move } from '../reviews/move.ts';
import { resubmitted } from '../reviews/new-submission.ts';
import { proposalOf, sealed } from '../reviews/proposal.ts';
import { can } from '../reviews/standing.ts';
import { stepJson, steppedJson } from '../reviews/json.ts';
import { optionalText, publicIdText } from '../text-rules.ts';
import { SUBMIT_WAIT_MS } from '../websites/website.ts';
import { teamOfApp } from './rules.ts';

export const submitEdit = operation({
  id: 'apps.submit-edit',
  summary: 'Submit an edit of an app for review',
  http: ['POST', '/api/apps/{app}/edit/submit'],
  sessionOnly: false,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject({
    app: publicIdText,
    /** Of the edit, as the page with the differences showed it. */
    version: shownVersion,
    note: optionalText(MAX_NOTE),
    publish: v.picklist(['at-once', 'by-hand'], code('choice-missing')),
    /** "I have told my users, or will before I publish." */
    acknowledged: v.boolean(),
    ...answerFields,
  }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: { 'wrong-status': 409, 'nothing-changed': 409, incomplete: 409, changed: 409 },
  async run(context, { app: _id, version, acknowledged, ...given }, app) {
    const { domain, asker, nowMs } = context;
    const open = await domain.stores.reviews.openOf(app.id);
    const event = can(app, open, 'resubmit-edit') ? 'resubmit-edit' : 'propose-edit';
    if (open === undefined || !can(app, open, event)) return refuse('wrong-status');
    if (open.version !== version) return refuse('changed');
    const written = {
      ...resubmitted(open),
      ...given,
      submittedAtMs: nowMs,
      submittedBy: asker.user.id,
    };
    const proposal = await proposalOf(domain, app, written);
    if (proposal.diff.empty) return refuse('nothing-changed');
    if (proposal.diff.breaking && !acknowledged) return refuseField('acknowledged', 'not-acknowledged');
    const { permissions } = proposal.proposed;
    const lack = await lackOfEdit(domain, app, written, permissions.length, SUBMIT_WAIT_MS);
    if (lack.checks.length > 0) return refuse('incomplete');
    const moved = await move(
      domain,
      context,
      event,
      { app, submission: sealed(written, proposal), next: { status: 'under-review' } },
      { added: proposal.diff.permissions.added.length },
      await tellContact(domain, app, 'edit-submitted'),
    );
    return moved === undefined ? refuse('changed') : done(moved);
  },
});
