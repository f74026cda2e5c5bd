import type { App, AppId } from '../apps/app.ts';
import type { Trace } from '../trace.ts';
import type { UserId } from '../users/user.ts';
import type { VendorId } from '../vendors/vendor.ts';
import type { InternalNote, Submission, SubmissionId } from './submission.ts';

/** App and submission as they shall be, and the versions that they must still have. */
export type Move = {
  /** With its version raised. */
  readonly app: App;
  readonly fromAppVersion: number;
  /** With its version raised. */
  readonly submission: Submission;
  /** Absent: the submission is new; it loses against another open one of the app. */
  readonly fromVersion?: number;
  /** Only while this reviewer holds it or nobody does, and is not of the vendor's team. */
  readonly decidedBy?: UserId;
  /** People connected by now are to be told, in batches, after the commit. */
  readonly notice?: { readonly id: number };
};

export type QueueFilter = 'all' | 'new-app' | 'standard' | 'breaking' | 'mine';
export type QueueCounts = Readonly<Record<QueueFilter, number>>;

/** Mails still owed after a breaking publish. */
export type ConsentNotice = {
  readonly id: number;
  readonly appId: AppId;
  readonly submissionId: SubmissionId;
  readonly createdAtMs: number;
  /** People with ids up to this one have been told. */
  readonly toldUntil: UserId;
  readonly told: number;
};

export type HistoryEntry = {
  readonly id: number;
  readonly atMs: number;
  readonly verb: string;
  readonly actorId: UserId | undefined;
  readonly detail: Readonly<Record<string, string | number>>;
};

export interface ReviewStore {
  find(id: SubmissionId): Promise<Submission | undefined>;
  /** The one that is not closed; at most one an app. */
  openOf(appId: AppId): Promise<Submission | undefined>;
  openOfVendor(vendorId: VendorId): Promise<readonly Submission[]>;
  /** The newest that was ever submitted, closed or not: its answers are the next one's beginning. */
  lastSubmittedOf(appId: AppId): Promise<Submission | undefined>;
  /** The last published edit that added permissions: why people are asked again. */
  lastBreakingOf(appId: AppId): Promise<Submission | undefined>;
  /** Whether a reviewer ever let an app of the vendor into production. */
  hasPublished(vendorId: VendorId): Promise<boolean>;

  /**
   * One transition: both rows by compare-and-set of their versions, the trace and its mails, a change 'app', and the
   * notice, all or nothing. False when anything had moved.
   */
  move(step: Move, trace: Trace): Promise<boolean>;

  /** A submission under review goes to `reviewerId` if `from` (undefined: nobody) still holds it. */
  take(id: SubmissionId, from: UserId | undefined, reviewerId: UserId, trace: Trace): Promise<boolean>;
  addNote(note: InternalNote, appId: AppId, trace: Trace): Promise<void>;
  /** Oldest first, at most `limit` of the newest. */
  notesOf(id: SubmissionId, limit: number): Promise<readonly InternalNote[]>;

  /** Under review, of apps that still exist, the longest waiting first; after one, if given. */
  queue(
    filter: QueueFilter,
    reviewerId: UserId,
    after: (Pick<Submission, 'id'> & { readonly submittedAtMs: number }) | undefined,
    limit: number,
  ): Promise<readonly Submission[]>;
  queueCounts(reviewerId: UserId): Promise<QueueCounts>;

  /** How many active connections, not made by a key, hold a live grant of this epoch: a breaking publish signs them out. */
  countSignedIn(appId: AppId, epoch: number, nowMs: number): Promise<number>;
  /** Whether anybody but a key ever connected the app. */
  wasEverConnected(appId: AppId): Promise<boolean>;
  /** Other vendors' and first-party apps by name, for reviewers; at most `limit`. */
  otherAppNames(app: App, limit: number): Promise<readonly string[]>;
  /** E-mail addresses of everybody on the team. */
  teamAddresses(vendorId: VendorId): Promise<readonly string[]>;

  /** What was written about the app, newest first, before an id. */
  historyOf(
    appId: AppId,
    verbs: readonly string[],
    before: number | undefined,
    limit: number,
  ): Promise<readonly HistoryEntry[]>;

  nextNotice(): Promise<ConsentNotice | undefined>;
  /** People after `toldUntil` whose connections are older than the notice and who did not consent again since. */
  peopleToTell(
    notice: ConsentNotice,
    limit: number,
  ): Promise<readonly { readonly userId: UserId; readonly email: string }[]>;
  /** One winner a batch: the trace's mails are put into the outbox if and only if the notice still stands there. */
  told(notice: ConsentNotice, until: UserId, count: number, done: boolean, trace: Trace): Promise<boolean>;
}
