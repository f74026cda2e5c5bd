// One step of an app's lifecycle: allowed by the table, then written with both rows' versions compared (protocol.md 13).
import type { App } from '../apps/app.ts';
import { transition, type LifecycleEvent } from '../apps/lifecycle.ts';
import type { Domain } from '../domain.ts';
import type { NewMail } from '../mail/mail.ts';
import type { Trace } from '../trace.ts';
import { standingOf } from './standing.ts';
import type { Move } from './store.ts';
import type { Submission, SubmissionStatus } from './submission.ts';

type Step = {
  readonly app: App;
  readonly submission: Submission;
  /** What the app becomes besides its status; by default it stays. */
  readonly nextApp?: App;
  readonly next: Partial<Submission> & { readonly status: SubmissionStatus };
  readonly decidedBy?: number;
  readonly notice?: Move['notice'];
  /** The row does not exist yet. */
  readonly isNew?: boolean;
};

export type Writing = {
  readonly nowMs: number;
  readonly trace: (detail?: Trace['detail'], mails?: Trace['mails']) => Trace;
};

const CLOSED: ReadonlySet<SubmissionStatus> = new Set(['published', 'cancelled', 'discarded']);

/** Undefined: the table has no such step from here, or something moved meanwhile. */
export const move = async (
  domain: Pick<Domain, 'stores'>,
  { nowMs, trace }: Writing,
  event: LifecycleEvent,
  step: Step,
  detail: Trace['detail'],
  mails: readonly NewMail[],
): Promise<{ readonly app: App; readonly submission: Submission } | undefined> => {
  const { app, isNew = false } = step;
  const to = transition(standingOf(app, isNew ? undefined : step.submission), event);
  if (to === undefined) return undefined;
  const moved = to.status !== app.status;
  const nextApp: App = {
    ...(step.nextApp ?? app),
    status: to.status,
    statusSinceMs: moved ? nowMs : app.statusSinceMs,
    version: app.version + 1,
  };
  const submission: Submission = {
    ...step.submission,
    ...step.next,
    version: isNew ? 1 : step.submission.version + 1,
    changedAtMs: nowMs,
    ...(CLOSED.has(step.next.status) ? { closedAtMs: nowMs } : {}),
  };
  const won = await domain.stores.reviews.move(
    {
      app: nextApp,
      fromAppVersion: app.version,
      submission,
      ...(isNew ? {} : { fromVersion: step.submission.version }),
      ...(step.decidedBy === undefined ? {} : { decidedBy: step.decidedBy }),
      ...(step.notice === undefined ? {} : { notice: step.notice }),
    },
    trace({ ...detail, event, submission: submission.id }, mails),
  );
  return won ? { app: nextApp, submission } : undefined;
};
