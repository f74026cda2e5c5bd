// Submissions in SQL: each transition moves the app's row and its submission's row together, or neither.
import type { ReviewStore } from '../domain/reviews/store.ts';
import { appChange, replaceApp } from './apps.ts';
import type { Statement } from './engine.ts';
import type { Backing } from './record.ts';
import { noticeStore, startNotice } from './consent-notices.ts';
import { reviewFacts } from './review-facts.ts';
import { reviewQueue } from './review-queue.ts';
import { reviewNotesTable, submissionsTable } from './submission-table.ts';
import { readAll, readOne } from './table.ts';

const byId = submissionsTable.select('where id = :id');
const openOf = submissionsTable.select('where app_id = :appId and closed_at is null');
const openOfVendor = submissionsTable.select(`
  where closed_at is null and app_id in (select a.id from apps a where a.vendor_id = :vendorId)`);
const lastSubmitted = submissionsTable.select(
  'where app_id = :appId and submitted_at is not null order by id desc limit 1',
);
const lastBreaking = submissionsTable.select(`
  where app_id = :appId and kind = 'edit' and status = 'published' and breaking = 1 order by id desc limit 1`);

const insert = submissionsTable.insert('on conflict (app_id) where closed_at is null do nothing');
const fixed = ['id', 'appId', 'kind', 'createdAtMs'] as const;
const advance = submissionsTable.update(
  fixed,
  'where id = :id and version = :fromVersion and closed_at is null',
);
/** One may have joined the vendor's team, or another taken the review, since the page was shown. */
const decide = submissionsTable.update(
  fixed,
  `where id = :id and version = :fromVersion and status = 'under-review'
   and (reviewer_id is null or reviewer_id = :decider)
   and not exists (select 1 from vendor_members t join apps a on a.vendor_id = t.vendor_id
     where t.user_id = :decider and a.id = submissions.app_id)`,
);
const take = `update submissions set reviewer_id = :reviewerId
  where id = :id and status = 'under-review' and coalesce(reviewer_id, 0) = :holder`;

const insertNote = reviewNotesTable.insert();
const newestNotes = reviewNotesTable.select(
  'where submission_id = :submissionId order by id desc limit :limit',
);

export const reviewStore = (backing: Backing): ReviewStore => {
  const { engine, record } = backing;
  return {
    ...reviewQueue(backing),
    ...reviewFacts(backing),
    ...noticeStore(backing),
    find: (id) => readOne(engine, submissionsTable, byId, { id }),
    openOf: (appId) => readOne(engine, submissionsTable, openOf, { appId }),
    openOfVendor: (vendorId) => readAll(engine, submissionsTable, openOfVendor, { vendorId }),
    lastSubmittedOf: (appId) => readOne(engine, submissionsTable, lastSubmitted, { appId }),
    lastBreakingOf: (appId) => readOne(engine, submissionsTable, lastBreaking, { appId }),
    move(step, trace) {
      const { app, submission, fromVersion, decidedBy, notice } = step;
      const claim = (): Statement => {
        if (fromVersion === undefined) return insert(submission);
        const { sql, values } = decidedBy === undefined ? advance(submission) : decide(submission);
        const decider = decidedBy === undefined ? {} : { decider: decidedBy };
        return { sql, values: { ...values, id: submission.id, fromVersion, ...decider } };
      };
      return record({
        claims: [replaceApp(app, step.fromAppVersion), claim()],
        writes: notice === undefined ? [] : [startNotice(notice.id, submission, trace.atMs)],
        trace,
        subject: { kind: 'app', id: app.id },
        changes: [appChange(app, trace.atMs)],
      });
    },
    async take(id, from, reviewerId, trace) {
      const submission = await readOne(engine, submissionsTable, byId, { id });
      if (submission === undefined) return false;
      return record({
        claims: [{ sql: take, values: { id, reviewerId, holder: from ?? 0 } }],
        trace,
        subject: { kind: 'app', id: submission.appId },
      });
    },
    async addNote(note, appId, trace) {
      await record({ writes: [insertNote(note)], trace, subject: { kind: 'app', id: appId } });
    },
    async notesOf(submissionId, limit) {
      return (await readAll(engine, reviewNotesTable, newestNotes, { submissionId, limit })).toReversed();
    },
  };
};
