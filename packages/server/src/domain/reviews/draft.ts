// Writes the draft of an edit, or a declined edit that is being put right. Nothing of it acts before it is published.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import { submissionOf } from './new-submission.ts';
import { can } from './standing.ts';
import type { Submission } from './submission.ts';
import type { Writing } from './move.ts';

export type DraftRefusal = 'wrong-status' | 'locked' | 'changed';

/** `version` is the one that the page showed; 0 when there was no edit yet. */
export const writeDraft = async (
  domain: Pick<Domain, 'stores' | 'now'>,
  { nowMs, trace }: Writing,
  app: App,
  version: number,
  change: Partial<Submission>,
): Promise<Submission | DraftRefusal> => {
  const { reviews } = domain.stores;
  const open = await reviews.openOf(app.id);
  if (app.status !== 'production') return 'wrong-status';
  if (!can(app, open, 'propose-edit') && !can(app, open, 'change-edit')) return 'locked';
  if ((open?.version ?? 0) !== version) return 'changed';
  const begun = open ?? (await submissionOf(domain, app, 'edit'));
  const submission = { ...begun, ...change, version: version + 1, changedAtMs: nowMs };
  const written = await reviews.move(
    {
      app: { ...app, version: app.version + 1 },
      fromAppVersion: app.version,
      submission,
      ...(open === undefined ? {} : { fromVersion: open.version }),
    },
    trace({ submission: submission.id }),
  );
  return written ? submission : 'changed';
};
