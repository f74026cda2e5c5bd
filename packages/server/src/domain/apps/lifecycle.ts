// Where an app stands and what can happen to it: the transition table of protocol.md 13 as data. Whoever writes a
// transition does it by compare-and-set on status and version; who may is the operations' business.
import type { AppStatus } from './app.ts';

/** A proposed change to a production app, beside its live configuration; at most one at a time. */
export type EditStatus = 'under-review' | 'approved' | 'declined';
export type Standing = { readonly status: AppStatus; readonly edit?: EditStatus };

export type LifecycleEvent =
  | 'submit'
  | 'approve'
  | 'decline'
  | 'withdraw'
  | 'change'
  | 'propose-edit'
  | 'approve-edit'
  | 'approve-and-publish-edit'
  | 'decline-edit'
  | 'cancel-edit'
  | 'publish-edit'
  | 'change-edit'
  | 'resubmit-edit'
  | 'discard-edit';

type Row = { readonly from: Standing; readonly to: Standing };

/** Rows in the order of protocol.md 13. 'change' edits the app itself, at once; a draft that was never proposed is no standing. */
export const TRANSITIONS: Readonly<Record<LifecycleEvent, readonly Row[]>> = {
  change: [
    { from: { status: 'development' }, to: { status: 'development' } },
    { from: { status: 'declined' }, to: { status: 'declined' } },
  ],
  submit: [
    { from: { status: 'development' }, to: { status: 'under-review' } },
    { from: { status: 'declined' }, to: { status: 'under-review' } },
  ],
  approve: [{ from: { status: 'under-review' }, to: { status: 'production' } }],
  decline: [{ from: { status: 'under-review' }, to: { status: 'declined' } }],
  withdraw: [{ from: { status: 'under-review' }, to: { status: 'development' } }],
  'propose-edit': [{ from: { status: 'production' }, to: { status: 'production', edit: 'under-review' } }],
  'approve-edit': [
    { from: { status: 'production', edit: 'under-review' }, to: { status: 'production', edit: 'approved' } },
  ],
  'approve-and-publish-edit': [
    { from: { status: 'production', edit: 'under-review' }, to: { status: 'production' } },
  ],
  'decline-edit': [
    { from: { status: 'production', edit: 'under-review' }, to: { status: 'production', edit: 'declined' } },
  ],
  'cancel-edit': [
    { from: { status: 'production', edit: 'under-review' }, to: { status: 'production' } },
    { from: { status: 'production', edit: 'approved' }, to: { status: 'production' } },
  ],
  'publish-edit': [{ from: { status: 'production', edit: 'approved' }, to: { status: 'production' } }],
  'change-edit': [
    { from: { status: 'production', edit: 'declined' }, to: { status: 'production', edit: 'declined' } },
  ],
  'resubmit-edit': [
    { from: { status: 'production', edit: 'declined' }, to: { status: 'production', edit: 'under-review' } },
  ],
  'discard-edit': [{ from: { status: 'production', edit: 'declined' }, to: { status: 'production' } }],
};

export const isLifecycleEvent = (text: string): text is LifecycleEvent => Object.hasOwn(TRANSITIONS, text);

/** Where the event leads, or undefined when it cannot happen here. */
export const transition = (from: Standing, event: LifecycleEvent): Standing | undefined =>
  TRANSITIONS[event].find((row) => row.from.status === from.status && row.from.edit === from.edit)?.to;

/** Events that put another live configuration in force; only they can raise the app's epoch. */
export const PUBLISHES: ReadonlySet<LifecycleEvent> = new Set(['approve-and-publish-edit', 'publish-edit']);
