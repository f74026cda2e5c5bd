// `/developer/apps/{id}/review` and `/history`: submitting a new app, taking it back, and what happened to it.
import type { App } from '../../domain/apps/app.ts';
import { historyOfApp, type HistoryLine } from '../../domain/apps/history.ts';
import { submitApp } from '../../domain/apps/submit.ts';
import { withdrawApp } from '../../domain/apps/withdraw.ts';
import { perform } from '../../domain/operation.ts';
import { checklistOf, websiteLookOf } from '../../domain/reviews/checklist.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import { PAGE_WAIT_MS } from '../../domain/websites/website.ts';
import type { PageForm } from '../../http/forms.ts';
import { appHistoryPage } from '../developer/history.ts';
import { appReviewPage, type AppReviewView } from '../developer/review.ts';
import { historyWords } from '../words/review.ts';
import { ANSWER_FIELDS, splitProblems, typedAnswers } from './answers.ts';
import { addressOf, by, editBadgeOf, headOf, ofTeam, placesOf } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';

const flowOf = (page: PersonPage, version: string): string => `apps.submit ${page.part('app')} ${version}`;

type Standing = AppReviewView['standing'];
type Submitting = Extract<Standing, { readonly kind: 'submit' }>;

const submittingOf = async (
  page: PersonPage,
  app: App,
  open: Submission | undefined,
  given: Partial<Submitting>,
): Promise<Submitting> => {
  const version = String(app.version);
  const last = open ?? (await page.domain.stores.reviews.lastSubmittedOf(app.id));
  return {
    kind: 'submit',
    checklist: await checklistOf(page.domain, app, PAGE_WAIT_MS),
    look: await websiteLookOf(page.domain, app, PAGE_WAIT_MS),
    urls: placesOf(app, `${addressOf(app)}/settings`),
    form: page.target(`${addressOf(app)}/review`, flowOf(page, version), { version }),
    answers: last ?? {},
    ...(app.status === 'declined' && open !== undefined
      ? { declined: { atMs: open.decidedAtMs ?? open.changedAtMs, reason: open.reason } }
      : {}),
    ...given,
  };
};

const liveOf = (app: App, open: Submission | undefined): Standing => {
  const editUrl = `${addressOf(app)}/edit`;
  if (open?.kind !== 'edit') return { kind: 'live', editUrl };
  const { status, reason, decidedAtMs } = open;
  if (status !== 'draft' && status !== 'under-review' && status !== 'approved' && status !== 'declined')
    return { kind: 'live', editUrl };
  const badge = editBadgeOf(open);
  return {
    kind: 'live',
    editUrl,
    edit: {
      status,
      reason,
      sinceMs: open.submittedAtMs ?? open.changedAtMs,
      ...(badge === undefined ? {} : { badge }),
      ...(decidedAtMs === undefined ? {} : { decidedAtMs }),
    },
  };
};

const standingOf = async (page: PersonPage, app: App, given: Partial<Submitting>): Promise<Standing> => {
  const open = await page.domain.stores.reviews.openOf(app.id);
  if (app.status === 'production') return liveOf(app, open);
  if (app.status !== 'under-review' || open === undefined) return submittingOf(page, app, open, given);
  return {
    kind: 'waiting',
    sinceMs: open.submittedAtMs ?? app.statusSinceMs,
    answers: open,
    withdraw: page.target(`${addressOf(app)}/review/withdraw`, `apps.withdraw ${app.publicId}`),
  };
};

const show = async (
  page: PersonPage,
  app: App,
  given: Partial<Submitting> = {},
  refused?: string,
  status = 200,
): Promise<PageAnswer> =>
  normal(
    appReviewPage({
      frame: page.frame,
      app: await headOf(page, app),
      standing: await standingOf(page, app, given),
      ...(refused === undefined ? {} : { refused }),
    }),
    status,
  );

/** The app as it stands now, with the words of what was refused. */
const showRefused = (
  page: PersonPage,
  id: 'apps.submit' | 'apps.withdraw',
  reason: string,
  given: Partial<Submitting> = {},
): Promise<PageAnswer> =>
  ofTeam((at, app) => show(at, app, given, refusalText(id, reason), refusalStatus(id, reason)))(page);

const submit = async (page: PersonPage, app: App, form: PageForm): Promise<PageAnswer> => {
  const answers = typedAnswers(form);
  const input = { app: app.publicId, version: Number(form.get('version')), ...answers };
  const result = await perform(page.domain, submitApp, by(page), input);
  if (result.ok) return seeOther(`${addressOf(app)}/review`, 'app-submitted');
  if ('problems' in result) {
    const { answers: problems, others } = splitProblems(result.problems);
    return others.length > 0
      ? badValue(page, others[0]?.field ?? '')
      : show(page, app, { answers, problems }, undefined, 400);
  }
  if (result.reason === 'not-found' || result.reason === 'step-up-needed')
    return refusal(page, submitApp.id, result, addressOf(app));
  return showRefused(page, submitApp.id, result.reason, { answers });
};

const withdraw = async (page: PersonPage, app: App): Promise<PageAnswer> => {
  const result = await perform(page.domain, withdrawApp, by(page), { app: app.publicId });
  if (result.ok) return seeOther(`${addressOf(app)}/review`, 'app-withdrawn');
  if ('problems' in result || result.reason === 'not-found' || result.reason === 'step-up-needed')
    return refusal(page, withdrawApp.id, result, addressOf(app));
  return showRefused(page, withdrawApp.id, result.reason);
};

const PER_PAGE = 50;

const whoOf = ({ who }: HistoryLine): string => (who.kind === 'team' ? who.name : historyWords.who[who.kind]);

const history = async (page: PersonPage, app: App): Promise<PageAnswer> => {
  const url = `${addressOf(app)}/history`;
  const given = page.search('before');
  const before = given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
  const { items, next } = await historyOfApp(page.domain, app, before, PER_PAGE);
  return normal(
    appHistoryPage({
      frame: page.frame,
      app: await headOf(page, app),
      lines: items.map((line) => ({ ...line, who: whoOf(line) })),
      ...(before === undefined ? {} : { firstUrl: url }),
      ...(next === null ? {} : { nextUrl: `${url}?before=${next}` }),
    }),
  );
};

const ROOT = '/developer/apps/:app';

export const appReviewRoutes: readonly Route[] = [
  vendorRoute({
    path: `${ROOT}/review`,
    get: ofTeam((page, app) => show(page, app)),
    post: {
      fields: ['version', ...ANSWER_FIELDS],
      flow: (page, form) => flowOf(page, form.get('version') ?? ''),
      handle: (page, form) => ofTeam((at, app) => submit(at, app, form))(page),
    },
  }),
  vendorRoute({
    path: `${ROOT}/review/withdraw`,
    post: {
      fields: [],
      flow: (page) => `apps.withdraw ${page.part('app')}`,
      handle: ofTeam(withdraw),
    },
  }),
  vendorRoute({ path: `${ROOT}/history`, get: ofTeam(history) }),
];
