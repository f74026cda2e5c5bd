// Where an app stands, its open submission included: what the transition table (apps/lifecycle.ts) is asked with.
import type { App } from '../apps/app.ts';
import { transition, type EditStatus, type LifecycleEvent, type Standing } from '../apps/lifecycle.ts';
import type { Submission } from './submission.ts';

const EDIT_STATUSES: ReadonlySet<string> = new Set<EditStatus>(['under-review', 'approved', 'declined']);

const editStatus = (open: Submission | undefined): EditStatus | undefined =>
  open?.kind === 'edit' && EDIT_STATUSES.has(open.status) ? (open.status as EditStatus) : undefined;

export const standingOf = (app: App, open: Submission | undefined): Standing => {
  const edit = editStatus(open);
  return { status: app.status, ...(edit === undefined ? {} : { edit }) };
};

export const can = (app: App, open: Submission | undefined, event: LifecycleEvent): boolean =>
  transition(standingOf(app, open), event) !== undefined;

/** Fields and permissions of the app, or of its edit, can be written now. */
export const isOpenToChange = (app: App, open: Submission | undefined): boolean =>
  can(app, open, 'change') || can(app, open, 'propose-edit') || can(app, open, 'change-edit');
