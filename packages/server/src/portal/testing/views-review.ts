// Samples of an app's way through review: the vendor's pages and the reviewers' desk.
import { diff } from '../../domain/reviews/diff.ts';
import { contentOf, type Content } from '../../domain/reviews/submission.ts';
import { appEditPage, type AppEditView } from '../developer/edit.ts';
import { changesPage, endEditPage, type ChangesView } from '../developer/changes.ts';
import { appHistoryPage } from '../developer/history.ts';
import { appReviewPage, type AppReviewView } from '../developer/review.ts';
import { appSettingsPage } from '../developer/settings.ts';
import type { ShownDiff } from '../parts/diff.ts';
import { queuePage, type QueueView } from '../review/queue.ts';
import { reviewPage, type ReviewView } from '../review/review.ts';
import { deskWords } from '../words/review-desk.ts';
import { asRory, asVera, dayMs, minuteMs, nowMs, sampleApp, samplePermissions, target } from './samples.ts';
import type { Preview } from './sample-view.ts';

const normal = (page: Preview['page']): Preview => ({ kind: 'normal', page });

const fields = {
  name: 'Pipeline Sync',
  website: 'https://pipelinesync.example',
  description: 'Keeps the leads of a workspace in step with the pipeline boards of a whole office.',
  redirectUris: ['https://pipelinesync.example/callback'],
  contactName: 'Vera Lindqvist',
  contactEmail: 'vera@demo.test',
  contactPhone: '+1 555 010 0123',
};

const answers = {
  purpose: 'Agents see their leads on a board, and moving a card changes the stage.',
  permissionReasons: 'List of leads: the board.\nChange leads: moving a card.\nDelete leads: the bin.',
  howToTry:
    'https://pipelinesync.example/demo\nSign in as reviewer@pipelinesync.example, password in the vault.',
  recording: 'https://pipelinesync.example/tour.mp4',
};

const live: Content = contentOf(fields, ['getMe', 'listLeads', 'getLead']);
const more: Content = contentOf(
  {
    ...fields,
    name: 'Pipeline Sync Pro',
    redirectUris: ['https://pipelinesync.example/callback', 'https://login.pipelines.example/cb'],
  },
  ['getMe', 'listLeads', 'deleteLead', 'sendText'],
);

const shown = (proposed: Content): ShownDiff => {
  const change = diff(live, proposed);
  const named = (ids: readonly string[]) => samplePermissions.filter(({ id }) => ids.includes(id));
  return {
    ...change,
    permissions: {
      added: named(change.permissions.added),
      removed: named(change.permissions.removed),
      kept: change.permissions.kept.length,
    },
  };
};

const liveApp = { ...sampleApp, status: 'production', mode: 'production', limitPerMinute: 500 } as const;
const reason =
  'People would be sent to a host that we cannot connect with your app.\n- Use a redirect URL on the host of your website.\n- Say why the app deletes leads.';

const submitting: Extract<AppReviewView['standing'], { readonly kind: 'submit' }> = {
  kind: 'submit',
  checklist: {
    description: true,
    logo: false,
    website: false,
    contact: true,
    permissions: true,
    'redirect-https': true,
    'flow-run': false,
  },
  urls: {
    description: `${sampleApp.url}/settings`,
    logo: `${sampleApp.url}/settings`,
    website: `${sampleApp.url}/settings`,
    contact: `${sampleApp.url}/settings`,
    permissions: `${sampleApp.url}/permissions`,
    'redirect-https': `${sampleApp.url}/settings`,
    'flow-run': sampleApp.url,
  },
  form: target(`${sampleApp.url}/review`),
  look: { host: 'pipelinesync.example', answer: { kind: 'error-status', status: 503 }, atMs: nowMs },
  answers: {},
};

const complete = {
  ...submitting,
  checklist: { ...submitting.checklist, website: true, logo: true, 'flow-run': true },
  answers,
};

const review = (standing: AppReviewView['standing'], app: AppReviewView['app'] = sampleApp): Preview =>
  normal(() => appReviewPage({ frame: asVera, app, standing }));

const edit = { status: 'under-review', sinceMs: nowMs - dayMs, reason: '' } as const;
const liveStanding = (given: Extract<AppReviewView['standing'], { readonly kind: 'live' }>['edit']) =>
  ({
    kind: 'live',
    editUrl: `${sampleApp.url}/edit`,
    ...(given === undefined ? {} : { edit: given }),
  }) as const;

const editView: AppEditView = {
  frame: asVera,
  app: liveApp,
  values: more,
  takesLogo: false,
  form: target(`${sampleApp.url}/edit`),
  permissions: { chosen: 4, added: 2, removed: 1 },
  changesUrl: `${sampleApp.url}/edit/changes`,
};

const changes: ChangesView = {
  frame: asVera,
  app: liveApp,
  diff: shown(more),
  connections: 1248,
  editUrl: `${sampleApp.url}/edit`,
  given: { ...answers, note: 'Pipeline Sync can now tidy up double leads for you.', publish: 'by-hand' },
  form: target(`${sampleApp.url}/edit/changes`),
};

const queue: QueueView = {
  frame: asRory,
  filter: 'all',
  counts: { all: 3, 'new-app': 1, standard: 1, breaking: 1, mine: 1 },
  waiting: [
    {
      url: '/review/71',
      appName: 'Open House Forms',
      vendorName: 'Lindqvist Software',
      kind: 'breaking',
      connections: 1248,
      submittedAtMs: nowMs - 6 * dayMs,
      late: true,
      reviewer: { name: 'Rory Blake', isYou: true },
    },
    {
      url: '/review/72',
      appName: 'بريد العملاء',
      vendorName: 'Harbor Tools',
      kind: 'standard',
      connections: 0,
      submittedAtMs: nowMs - dayMs,
      late: false,
      reviewer: { name: 'Robin Ash', isYou: false },
    },
    {
      url: '/review/73',
      appName: 'Pipeline Sync',
      vendorName: 'Lindqvist Software',
      kind: 'app',
      connections: 0,
      submittedAtMs: nowMs - 40 * minuteMs,
      late: false,
      take: target('/review/73/take'),
    },
  ],
};

const desk: ReviewView = {
  frame: asRory,
  kind: 'app',
  status: 'under-review',
  version: 7,
  app: { ...fields, kind: 'confidential' },
  permissions: samplePermissions.slice(0, 7),
  connections: 0,
  productionLimit: 500,
  vendorName: 'Lindqvist Software',
  submittedAtMs: nowMs - 2 * dayMs,
  late: false,
  reviewer: { name: 'Rory Blake', isYou: true },
  isOwn: false,
  risks: [{ kind: 'deletes-data' }, { kind: 'first-app' }],
  answers,
  note: '',
  notes: [
    { who: 'Robin Ash', atMs: nowMs - dayMs, text: 'The test sign-in works.\nThe bin empties itself.' },
  ],
  addNote: target('/review/73/notes'),
  decision: {
    version: 7,
    approve: target('/review/73/approve'),
    decline: target('/review/73/decline'),
    contact: 'vera@demo.test',
    reason: '',
    templateUrl: (template) => `/review/73?template=${template}#decline`,
    approvalMail: {
      to: 'vera@demo.test',
      subject: 'Pipeline Sync is approved',
      body: 'The app is in production: everybody can connect it.\n\nIts limit is 500 requests a minute.\n\nOpen the app:\nhttp://localhost:4000/developer/apps/7Q2M9KFP/review\n',
    },
  },
};

const { decision: _decision, ...undecidable } = desk;

export const reviewViews: Readonly<Record<string, Preview>> = {
  'app-settings': normal(() =>
    appSettingsPage({
      frame: asVera,
      app: sampleApp,
      kind: 'confidential',
      fields,
      edit: { values: fields, takesLogo: false, form: target(`${sampleApp.url}/settings`) },
      deleteUrl: `${sampleApp.url}/delete`,
    }),
  ),
  'app-settings-locked': normal(() =>
    appSettingsPage({
      frame: asVera,
      app: { ...sampleApp, status: 'under-review' },
      kind: 'confidential',
      fields: { ...fields, contactPhone: '' },
    }),
  ),
  'app-settings-live': normal(() =>
    appSettingsPage({
      frame: asVera,
      app: liveApp,
      kind: 'confidential',
      fields,
      editUrl: `${sampleApp.url}/edit`,
      deleteUrl: `${sampleApp.url}/delete`,
    }),
  ),
  'app-review': review(submitting),
  'app-review-complete': review(complete),
  'app-review-errors': review({
    ...complete,
    answers: {},
    problems: { purpose: 'missing', recording: 'notALink' },
  }),
  'app-review-waiting': review(
    {
      kind: 'waiting',
      sinceMs: nowMs - 3 * minuteMs,
      answers,
      withdraw: target(`${sampleApp.url}/review/withdraw`),
    },
    { ...sampleApp, status: 'under-review' },
  ),
  'app-review-declined': review(
    { ...complete, declined: { atMs: nowMs - dayMs, reason } },
    { ...sampleApp, status: 'declined' },
  ),
  'app-review-live': review(liveStanding(undefined), liveApp),
  'app-review-edit-waiting': review(liveStanding({ ...edit, badge: 'breaking' }), {
    ...liveApp,
    pendingEdit: 'breaking',
  }),
  'app-review-edit-approved': review(liveStanding({ ...edit, status: 'approved', badge: 'approved' }), {
    ...liveApp,
    pendingEdit: 'approved',
  }),
  'app-review-edit-declined': review(
    liveStanding({ ...edit, status: 'declined', badge: 'declined', reason }),
    {
      ...liveApp,
      pendingEdit: 'declined',
    },
  ),
  'app-edit': normal(() => appEditPage(editView)),
  'app-edit-locked': normal(() => {
    const { form: _form, ...locked } = editView;
    return appEditPage(locked);
  }),
  'app-changes': normal(() => changesPage(changes)),
  'app-changes-lacks': normal(() =>
    changesPage({
      ...changes,
      lacks: [
        { check: 'website', url: `${sampleApp.url}/edit#app-website`, cause: 'crm.example: no such host' },
        { check: 'redirect-https', url: `${sampleApp.url}/edit#redirect-uri` },
      ],
    }),
  ),
  'app-changes-standard': normal(() =>
    changesPage({ ...changes, diff: shown({ ...more, permissions: ['getMe'] }) }),
  ),
  'app-changes-errors': normal(() =>
    changesPage({
      ...changes,
      answerProblems: { purpose: 'missing' },
      problems: { told: 'Tick this: people lose access until they authorize again.' },
    }),
  ),
  'app-changes-nothing': normal(() => changesPage({ ...changes, diff: shown(live) })),
  'app-publish': normal(() =>
    endEditPage({
      frame: asVera,
      appName: 'Pipeline Sync',
      what: 'publish',
      form: target(`${sampleApp.url}/edit/publish`),
      keepUrl: `${sampleApp.url}/review`,
      breaking: { added: 2, connections: 1248 },
    }),
  ),
  'app-history': normal(() =>
    appHistoryPage({
      frame: asVera,
      app: { ...sampleApp, status: 'declined' },
      lines: [
        { atMs: nowMs - 3 * minuteMs, who: 'A reviewer', verb: 'reviews.decline', why: reason },
        { atMs: nowMs - dayMs, who: 'Vera Lindqvist', verb: 'apps.submit', why: '' },
        { atMs: nowMs - 9 * dayMs, who: 'Vera Lindqvist', verb: 'apps.register', why: '' },
      ],
      nextUrl: `${sampleApp.url}/history?before=7`,
    }),
  ),
  'review-queue': normal(() => queuePage(queue)),
  'review-queue-empty': normal(() =>
    queuePage({
      ...queue,
      waiting: [],
      counts: { all: 0, 'new-app': 0, standard: 0, breaking: 0, mine: 0 },
    }),
  ),
  review: normal(() => reviewPage(desk)),
  'review-edit': normal(() =>
    reviewPage({
      ...desk,
      kind: 'breaking',
      app: { ...more, kind: 'confidential' },
      diff: shown(more),
      connections: 1248,
      publish: 'at-once',
      late: true,
      note: changes.given.note,
      risks: [
        { kind: 'redirect-host', hosts: ['login.pipelines.example'] },
        { kind: 'name-alike', name: 'PipeIine Sync' },
      ],
      moved: { atMs: nowMs - 5 * minuteMs },
      ...(desk.decision === undefined
        ? {}
        : {
            decision: {
              ...desk.decision,
              reason: deskWords.templates.redirect.text,
              preview: {
                to: 'vera@demo.test',
                subject: 'The update of Pipeline Sync was declined',
                body: `The live app stays as it is. The reviewer wrote:\n\n> ${reason.replaceAll('\n', '\n> ')}\n`,
              },
            },
          }),
    }),
  ),
  'review-own': normal(() => {
    const { addNote: _note, ...own } = undecidable;
    return reviewPage({ ...own, isOwn: true, notes: [] });
  }),
  'review-decided': normal(() =>
    reviewPage({
      ...undecidable,
      status: 'declined',
      risks: [],
      decided: { who: 'Rory Blake', atMs: nowMs - dayMs, reason },
    }),
  ),
};
