// `/review/{n}`: one submission, its risks and effect, notes among reviewers, and the decision on exactly this version.
import { REQUESTS_PER_MINUTE, type App } from '../../domain/apps/app.ts';
import { compose, type Letter } from '../../domain/mail/letter.ts';
import { perform } from '../../domain/operation.ts';
import { addReviewNote } from '../../domain/reviews/add-note.ts';
import { appOfSubmission } from '../../domain/reviews/app-of.ts';
import { isLate } from '../../domain/reviews/business-days.ts';
import { approve, decline } from '../../domain/reviews/decide.ts';
import { stepLetter, type StepLetter } from '../../domain/reviews/letters.ts';
import { proposalOf } from '../../domain/reviews/proposal.ts';
import { risksOf } from '../../domain/reviews/risks.ts';
import { isOwnApp, isReviewer } from '../../domain/reviews/rules.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import type { PageForm } from '../../http/forms.ts';
import type { Decision, MailPreview } from '../review/decision.ts';
import { reviewUrl } from '../review/queue.ts';
import { reviewPage, type ReviewView } from '../review/review.ts';
import { deskWords, type DeclineTemplate } from '../words/review-desk.ts';
import { typedLines } from './answers.ts';
import { by } from './app-page.ts';
import { normal, reviewerRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, notFound } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { kindOf, reviewerOf, takeFlow, vendorNameOf } from './review-shared.ts';
import { shownDiff, shownPermissions } from './shown-permissions.ts';

const NOTES = 100;
const TEMPLATES = Object.keys(deskWords.templates) as DeclineTemplate[];

type Given = {
  readonly reason?: string;
  readonly reasonProblem?: string;
  readonly preview?: boolean;
  readonly noteProblem?: string;
  readonly moved?: boolean;
  readonly refused?: string;
};

const urlOf = (submission: Submission): string => `${reviewUrl}/${submission.id}`;

const decideFlow = (verb: 'approve' | 'decline', page: PersonPage, form: PageForm | undefined): string =>
  `reviews.${verb} ${page.part('review')} ${form?.get('version') ?? ''} ${form?.get('versionHash') ?? ''}`;

const noteFlow = (review: string): string => `reviews.note ${review}`;

/** What was never submitted, or is not a number, is no page. */
const find = async (page: PersonPage): Promise<Submission | undefined> => {
  const number = page.part('review');
  const submission = /^[1-9]\d{0,14}$/.test(number)
    ? await page.domain.stores.reviews.find(Number(number))
    : undefined;
  return submission?.submittedAtMs === undefined ? undefined : submission;
};

const mailOf = (page: PersonPage, to: string, letter: Letter): MailPreview => {
  const { subject, text } = compose(page.domain.settings.brand, letter);
  return { to, subject, body: text };
};

const contactOf = async (page: PersonPage, app: App): Promise<string> => {
  if (app.contactEmail !== '') return app.contactEmail;
  const vendor = app.vendorId === undefined ? undefined : await page.domain.stores.vendors.find(app.vendorId);
  return vendor?.contactEmail ?? '';
};

const approvalStep = (submission: Submission): StepLetter => {
  if (submission.kind === 'app') return 'approved';
  return submission.publish === 'at-once' ? 'edit-published' : 'edit-approved';
};

const decisionOf = async (
  page: PersonPage,
  app: App,
  submission: Submission,
  given: Given,
): Promise<Decision> => {
  const url = urlOf(submission);
  const shown = { version: String(submission.version), versionHash: submission.versionHash };
  const flow = (verb: 'approve' | 'decline'): string =>
    `reviews.${verb} ${submission.id} ${shown.version} ${shown.versionHash}`;
  const template = TEMPLATES.find((one) => one === page.search('template'));
  const reason = given.reason ?? (template === undefined ? '' : deskWords.templates[template].text);
  const contact = await contactOf(page, app);
  const step = submission.kind === 'app' ? 'declined' : 'edit-declined';
  return {
    version: submission.version,
    approve: page.target(`${url}/approve`, flow('approve'), shown),
    decline: page.target(`${url}/decline`, flow('decline'), shown),
    contact,
    reason,
    ...(given.reasonProblem === undefined ? {} : { reasonProblem: given.reasonProblem }),
    templateUrl: (one) => `${url}?template=${one}#decline`,
    approvalMail: mailOf(
      page,
      contact,
      stepLetter(page.domain, app, approvalStep(submission), { breaking: submission.breaking }),
    ),
    ...(given.preview === true
      ? { preview: mailOf(page, contact, stepLetter(page.domain, app, step, { reason })) }
      : {}),
  };
};

const decidedOf = async (
  page: PersonPage,
  { decidedBy, decidedAtMs, reason }: Submission,
): Promise<ReviewView['decided']> => {
  if (decidedBy === undefined || decidedAtMs === undefined) return undefined;
  const user = await page.domain.stores.users.find(decidedBy);
  return { who: user?.fullName ?? '', atMs: decidedAtMs, reason };
};

const notesOf = async (page: PersonPage, submission: Submission): Promise<ReviewView['notes']> => {
  const notes = await page.domain.stores.reviews.notesOf(submission.id, NOTES);
  return Promise.all(
    notes.map(async ({ userId, atMs, text }) => ({
      who: (await page.domain.stores.users.find(userId))?.fullName ?? '',
      atMs,
      text,
    })),
  );
};

/** What it does besides its text: who holds it and what this reviewer may do. */
const standOf = async (
  page: PersonPage,
  app: App,
  submission: Submission,
  given: Given,
): Promise<Pick<ReviewView, 'isOwn' | 'reviewer' | 'take' | 'addNote' | 'decision'>> => {
  const id = String(submission.id);
  const [reviewer, isOwn, holder] = await Promise.all([
    reviewerOf(page, submission),
    isOwnApp(page.domain, page.signedIn.user.id, app),
    submission.reviewerId === undefined ? undefined : page.domain.stores.users.find(submission.reviewerId),
  ]);
  const waits = submission.status === 'under-review' && !isOwn;
  const isMine = reviewer?.isYou === true;
  const from = holder?.publicId ?? '';
  return {
    isOwn,
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(waits && !isMine
      ? { take: page.target(`${urlOf(submission)}/take`, takeFlow(id, from), { from }) }
      : {}),
    ...(isOwn ? {} : { addNote: page.target(`${urlOf(submission)}/notes`, noteFlow(id)) }),
    ...(waits && (isMine || reviewer === undefined)
      ? { decision: await decisionOf(page, app, submission, given) }
      : {}),
  };
};

const show = async (
  page: PersonPage,
  submission: Submission,
  given: Given = {},
  status = 200,
): Promise<PageAnswer> => {
  const app = await appOfSubmission(page.domain, submission);
  const { diff, proposed } = await proposalOf(page.domain, app, submission);
  const permissions = shownPermissions(page, proposed.permissions);
  const submittedAtMs = submission.submittedAtMs ?? submission.changedAtMs;
  const [vendorName, stand, risks, notes, decided, connections] = await Promise.all([
    vendorNameOf(page, app),
    standOf(page, app, submission, given),
    risksOf(page.domain, submission.kind, app, proposed, permissions),
    notesOf(page, submission),
    decidedOf(page, submission),
    page.domain.stores.reviews.countSignedIn(app.id, app.epoch, page.nowMs),
  ]);
  const isEdit = submission.kind === 'edit';
  return normal(
    reviewPage({
      frame: page.frame,
      kind: kindOf(submission),
      status: submission.status,
      version: submission.version,
      app: {
        ...proposed,
        kind: app.kind,
        ...(submission.logoHash === undefined ? {} : { logoUrl: `/logos/${submission.logoHash}` }),
      },
      permissions,
      ...(isEdit ? { diff: shownDiff(page, diff), publish: submission.publish } : {}),
      connections,
      productionLimit: app.rateLimitPerMinute ?? REQUESTS_PER_MINUTE.production,
      vendorName,
      submittedAtMs,
      late: submission.status === 'under-review' && isLate(submittedAtMs, page.nowMs),
      ...stand,
      risks,
      answers: submission,
      note: submission.note,
      notes,
      ...(decided === undefined ? {} : { decided }),
      ...(given.moved === true ? { moved: { atMs: submission.changedAtMs } } : {}),
      ...(given.noteProblem === undefined ? {} : { noteProblem: given.noteProblem }),
      ...(given.refused === undefined ? {} : { refused: given.refused }),
    }),
    status,
  );
};

type Showing = (page: PersonPage, submission: Submission) => PageAnswer | Promise<PageAnswer>;

const ofReview =
  (handle: Showing) =>
  async (page: PersonPage): Promise<PageAnswer> => {
    const submission = await find(page);
    if (submission === undefined || !(await isReviewer(page.domain, page.signedIn, submission)))
      return notFound(page);
    return handle(page, submission);
  };

type DecisionId = 'reviews.approve' | 'reviews.decline';

/** The page as it is now: another version, another's, or decided already. */
const showRefused = (page: PersonPage, id: DecisionId, reason: string, given: Given): Promise<PageAnswer> => {
  const status = refusalStatus(id, reason);
  if (reason === 'changed')
    return ofReview((at, now) => show(at, now, { ...given, moved: true }, status))(page);
  const refused = refusalText(id, reason) ?? '';
  return ofReview((at, now) => show(at, now, { ...given, refused }, status))(page);
};

const seen = (page: PersonPage, form: PageForm) => ({
  review: page.part('review'),
  version: Number(form.get('version')),
  versionHash: form.get('versionHash') ?? '',
});

const doApprove = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const result = await perform(page.domain, approve, by(page), seen(page, form));
  if (result.ok) return seeOther(reviewUrl, 'review-approved');
  if ('problems' in result || result.reason === 'not-found' || result.reason === 'step-up-needed')
    return refusal(page, approve.id, result, reviewUrl);
  return showRefused(page, approve.id, result.reason, {});
};

const doDecline = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const reason = typedLines(form, 'reason');
  if (form.get('intent') === 'preview')
    return ofReview((at, submission) => show(at, submission, { reason, preview: true }))(page);
  const result = await perform(page.domain, decline, by(page), { ...seen(page, form), reason });
  if (result.ok) return seeOther(reviewUrl, 'review-declined');
  if ('problems' in result) {
    const problem = result.problems[0];
    if (problem?.field !== 'reason') return badValue(page, problem?.field ?? '');
    const reasonProblem = problem.code === 'too-long' ? deskWords.reasonTooLong : deskWords.reasonMissing;
    return ofReview((at, submission) => show(at, submission, { reason, reasonProblem }, 400))(page);
  }
  if (result.reason === 'not-found' || result.reason === 'step-up-needed')
    return refusal(page, decline.id, result, reviewUrl);
  return showRefused(page, decline.id, result.reason, { reason });
};

const addNote = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const review = page.part('review');
  const result = await perform(page.domain, addReviewNote, by(page), {
    review,
    text: typedLines(form, 'text'),
  });
  if (result.ok) return seeOther(`${reviewUrl}/${review}#notes`, 'note-added');
  if (!('problems' in result)) return refusal(page, addReviewNote.id, result, `${reviewUrl}/${review}`);
  const noteProblem = deskWords.noteMissing;
  return ofReview((at, submission) => show(at, submission, { noteProblem }, 400))(page);
};

const ROOT = `${reviewUrl}/:review`;
const SHOWN = ['version', 'versionHash'] as const;

export const deskRoutes: readonly Route[] = [
  reviewerRoute({ path: ROOT, get: ofReview((page, submission) => show(page, submission)) }),
  reviewerRoute({
    path: `${ROOT}/approve`,
    post: {
      fields: SHOWN,
      flow: (page, form) => decideFlow('approve', page, form),
      handle: doApprove,
    },
  }),
  reviewerRoute({
    path: `${ROOT}/decline`,
    post: {
      fields: [...SHOWN, 'reason', 'intent'],
      flow: (page, form) => decideFlow('decline', page, form),
      handle: doDecline,
    },
  }),
  reviewerRoute({
    path: `${ROOT}/notes`,
    post: {
      fields: ['text'],
      flow: (page) => noteFlow(page.part('review')),
      handle: addNote,
    },
  }),
];
