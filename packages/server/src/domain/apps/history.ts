// What happened to an app, as its vendor may know it: its own people by name, ours by what they are, never their notes.
import * as v from 'valibot';
import { instant, instantOf, pageAnswer, pageInput, type Page } from '../answers.ts';
import type { Domain } from '../domain.ts';
import { done, operation, refuseField } from '../operation.ts';
import type { HistoryEntry } from '../reviews/store.ts';
import { publicIdText } from '../text-rules.ts';
import type { App } from './app.ts';
import { isLifecycleEvent, type LifecycleEvent } from './lifecycle.ts';
import { teamOfApp } from './rules.ts';

/** Verbs of the audit log that are the vendor's business. */
export const HISTORY_VERBS = [
  'apps.register',
  'apps.change',
  'apps.set-permissions',
  'apps.roll-secret',
  'apps.submit',
  'apps.withdraw',
  'apps.submit-edit',
  'apps.cancel-edit',
  'apps.discard-edit',
  'apps.publish-edit',
  'reviews.approve',
  'reviews.decline',
  'apps.suspend',
  'apps.lift',
  'operate.set-app-limit',
  'apps.delete',
  'apps.tell-people',
  'apps.take-over',
] as const;
const OPERATORS_VERBS: ReadonlySet<string> = new Set(['apps.suspend', 'apps.lift', 'operate.set-app-limit']);

export type HistoryVerb = (typeof HISTORY_VERBS)[number];

export type HistoryLine = {
  readonly id: number;
  readonly atMs: number;
  readonly verb: HistoryVerb;
  /** Which step of the lifecycle it was, where the verb has several. */
  readonly event?: LifecycleEvent;
  readonly who:
    | { readonly kind: 'team'; readonly name: string }
    | { readonly kind: 'reviewer' | 'operator' | 'service' | 'former' };
  readonly why: string;
};

const whoOf = async (domain: Domain, app: App, entry: HistoryEntry): Promise<HistoryLine['who']> => {
  if (entry.verb.startsWith('reviews.')) return { kind: 'reviewer' };
  if (entry.actorId === undefined) return { kind: 'service' };
  if (OPERATORS_VERBS.has(entry.verb)) return { kind: 'operator' };
  const { users, vendors } = domain.stores;
  const onTeam = app.vendorId !== undefined && (await vendors.isOnTeam(entry.actorId, app.vendorId));
  const user = onTeam ? await users.find(entry.actorId) : undefined;
  return user === undefined ? { kind: 'former' } : { kind: 'team', name: user.fullName };
};

const whyOf = ({ verb, detail }: HistoryEntry): string =>
  verb === 'operate.set-app-limit'
    ? `${detail['before']} → ${detail['after']}`
    : String(detail['reason'] ?? '');

const eventOf = ({ detail }: HistoryEntry): Pick<HistoryLine, 'event'> => {
  const event = detail['event'];
  return typeof event === 'string' && isLifecycleEvent(event) ? { event } : {};
};

/** Newest first, before an entry. */
export const historyOfApp = async (
  domain: Domain,
  app: App,
  before: number | undefined,
  limit: number,
): Promise<Page<HistoryLine>> => {
  const found = await domain.stores.reviews.historyOf(app.id, HISTORY_VERBS, before, limit + 1);
  const items = await Promise.all(
    found.slice(0, limit).map(async (entry) => ({
      id: entry.id,
      atMs: entry.atMs,
      verb: entry.verb as HistoryVerb,
      ...eventOf(entry),
      who: await whoOf(domain, app, entry),
      why: whyOf(entry),
    })),
  );
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? String(last.id) : null };
};

export const readHistory = operation({
  id: 'apps.history',
  summary: "Read an app's history",
  http: ['GET', '/api/apps/{app}/history'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText, ...pageInput }),
  output: pageAnswer(
    v.object({
      id: v.string(),
      at: instant,
      what: v.picklist(HISTORY_VERBS),
      who: v.picklist(['team', 'reviewer', 'operator', 'service', 'former']),
      name: v.nullable(v.string()),
      why: v.string(),
    }),
  ),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain }, { after, limit }, app) {
    if (after !== '' && !/^\d{1,15}$/.test(after)) return refuseField('after', 'malformed');
    return done(await historyOfApp(domain, app, after === '' ? undefined : Number(after), limit));
  },
  answer: ({ items, next }) => ({
    items: items.map(({ id, atMs, verb, who, why }) => ({
      id: String(id),
      at: instantOf(atMs),
      what: verb,
      who: who.kind,
      name: who.kind === 'team' ? who.name : null,
      why,
    })),
    next,
  }),
});
