// A reviewer's decision: on exactly the version that was shown, never on an app of the reviewer's own team.
import * as v from 'valibot';
import { appOfSubmission } from './app-of.ts';
import { done, operation, refuse } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { reasonText, shownVersion } from './inputs.ts';
import { stepJson, steppedJson } from './json.ts';
import { tellContact } from './letters.ts';
import { move } from './move.ts';
import { proposalOf, stillAsShown, type Proposal } from './proposal.ts';
import { publishing } from './publish.ts';
import { isOwnApp, isReviewer } from './rules.ts';
import type { App } from '../apps/app.ts';
import type { LifecycleEvent } from '../apps/lifecycle.ts';
import type { Domain } from '../domain.ts';
import type { Submission } from './submission.ts';

const shown = {
  review: publicIdText,
  version: shownVersion,
  /** Of every field, the logo, the permissions and the answers on the page. */
  versionHash: v.pipe(v.string(), v.maxLength(64)),
};
const refusals = { 'own-app': 403, decided: 409, taken: 409, changed: 409 } as const;

type Judged = { readonly app: App; readonly proposal: Proposal };

const judge = async (
  domain: Domain,
  userId: number,
  submission: Submission,
  seen: { readonly version: number; readonly versionHash: string },
): Promise<Judged | keyof typeof refusals> => {
  const app = await appOfSubmission(domain, submission);
  if (await isOwnApp(domain, userId, app)) return 'own-app';
  if (seen.version !== submission.version || seen.versionHash !== submission.versionHash) return 'changed';
  if (submission.status !== 'under-review') return 'decided';
  if (submission.reviewerId !== undefined && submission.reviewerId !== userId) return 'taken';
  const proposal = await proposalOf(domain, app, submission);
  return stillAsShown(submission, proposal) ? { app, proposal } : 'changed';
};

type Plan = Omit<Parameters<typeof move>[3], 'app' | 'submission' | 'decidedBy'> & {
  readonly event: LifecycleEvent;
  readonly mails: Parameters<typeof move>[5];
};

const approval = async (domain: Domain, submission: Submission, { app, proposal }: Judged): Promise<Plan> => {
  if (submission.kind === 'app')
    return {
      event: 'approve',
      next: { status: 'published' },
      mails: await tellContact(domain, app, 'approved'),
    };
  if (submission.publish === 'by-hand')
    return {
      event: 'approve-edit',
      next: { status: 'approved' },
      mails: await tellContact(domain, app, 'edit-approved'),
    };
  const plan = await publishing(domain, app, submission, proposal);
  return { event: 'approve-and-publish-edit', next: { status: 'published' }, ...plan };
};

export const approve = operation({
  id: 'reviews.approve',
  summary: 'Approve exactly the shown version',
  http: ['POST', '/api/reviews/{review}/approve'],
  sessionOnly: true,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject(shown),
  subject: 'review',
  allow: [isReviewer],
  stepUp: false,
  refusals,
  async run(context, input, submission) {
    const { domain, asker, nowMs } = context;
    const judged = await judge(domain, asker.user.id, submission, input);
    if (typeof judged === 'string') return refuse(judged);
    const { event, mails, next, ...step } = await approval(domain, submission, judged);
    const by = asker.user.id;
    const decided = { ...next, reviewerId: by, decidedBy: by, decidedAtMs: nowMs };
    const moved = await move(
      domain,
      context,
      event,
      { app: judged.app, submission, next: decided, decidedBy: by, ...step },
      {},
      mails,
    );
    return moved === undefined ? refuse('changed') : done(moved);
  },
});

export const decline = operation({
  id: 'reviews.decline',
  summary: 'Decline, with the reason that is mailed as written',
  http: ['POST', '/api/reviews/{review}/decline'],
  sessionOnly: true,
  output: steppedJson,
  answer: stepJson,
  who: 'signed-in',
  input: v.strictObject({ ...shown, reason: reasonText }),
  subject: 'review',
  allow: [isReviewer],
  stepUp: false,
  refusals,
  async run(context, { reason, ...input }, submission) {
    const { domain, asker, nowMs } = context;
    const judged = await judge(domain, asker.user.id, submission, input);
    if (typeof judged === 'string') return refuse(judged);
    const { app } = judged;
    const isApp = submission.kind === 'app';
    const mails = await tellContact(domain, app, isApp ? 'declined' : 'edit-declined', { reason });
    const by = asker.user.id;
    const next = { status: 'declined', reason, reviewerId: by, decidedBy: by, decidedAtMs: nowMs } as const;
    const event = isApp ? 'decline' : 'decline-edit';
    const step = { app, submission, next, decidedBy: by };
    const moved = await move(domain, context, event, step, { reason }, mails);
    return moved === undefined ? refuse('changed') : done(moved);
  },
});
