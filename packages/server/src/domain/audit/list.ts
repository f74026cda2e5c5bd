// The audit log, by page and as one bounded export.
import * as v from 'valibot';
import { instant, instantOf, pageAnswer, pageInput, type Page } from '../answers.ts';
import type { Domain } from '../domain.ts';
import { done, operation, refuseField, type Invalid } from '../operation.ts';
import { byOperator } from '../operate/rules.ts';
import { optionalText } from '../text-rules.ts';
import type { AuditEntry } from './audit.ts';
import { findPerson, findSubject } from './find.ts';
import type { AuditFilter } from './store.ts';

const MAX_EXPORT = 10_000;
const DAY_MS = 86_400_000;

const day = v.pipe(optionalText(10), v.description('A day in UTC such as 2030-01-31, or nothing.'));

const filterInput = {
  actor: v.pipe(
    optionalText(320),
    v.description('E-mail address or id of a person, `system` or `anonymous`; or nothing.'),
  ),
  subject: v.pipe(
    optionalText(320),
    v.description('Id of a person, app, workspace, key or connection, an e-mail address, or nothing.'),
  ),
  verb: v.pipe(
    optionalText(64),
    v.description('An operation such as `keys.revoke`, its noun such as `keys`, or nothing.'),
  ),
  from: day,
  until: day,
};
type Given = { readonly [Name in keyof typeof filterInput]: string };

const dayMs = (text: string): number | undefined => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text) ? undefined : ms;
};

type Read = { readonly filter: AuditFilter } | 'nothing' | Invalid;

const actorOf = async (domain: Domain, text: string): Promise<AuditFilter['actor'] | 'nothing'> => {
  if (text === 'system' || text === 'anonymous') return { kind: text };
  const id = await findPerson(domain, text);
  return id === undefined ? 'nothing' : { kind: 'user', id };
};

/** 'nothing': whom or what it names is unknown, so no entry can be about it. */
const readFilter = async (domain: Domain, given: Given): Promise<Read> => {
  const from = given.from === '' ? undefined : dayMs(given.from);
  if (given.from !== '' && from === undefined) return refuseField('from', 'date-malformed');
  const until = given.until === '' ? undefined : dayMs(given.until);
  if (given.until !== '' && until === undefined) return refuseField('until', 'date-malformed');
  if (!/^[a-z.-]*$/.test(given.verb)) return 'nothing';
  const actor = given.actor === '' ? undefined : await actorOf(domain, given.actor);
  const subject = given.subject === '' ? undefined : await findSubject(domain, given.subject);
  if (actor === 'nothing' || (given.subject !== '' && subject === undefined)) return 'nothing';
  return {
    filter: {
      ...(actor === undefined ? {} : { actor }),
      ...(subject === undefined ? {} : { subject }),
      ...(given.verb === '' ? {} : { verb: given.verb }),
      ...(from === undefined ? {} : { fromMs: from }),
      ...(until === undefined ? {} : { untilMs: until + DAY_MS }),
    },
  };
};

const named = { kind: v.string(), id: v.nullable(v.string()), name: v.nullable(v.string()) };

const entryAnswer = v.object({
  id: v.string(),
  at: instant,
  operation: v.string(),
  actor: v.object(named),
  subject: v.object(named),
  requestId: v.string(),
  detail: v.record(v.string(), v.union([v.string(), v.number()])),
});

export const answerOfEntry = (entry: AuditEntry): v.InferOutput<typeof entryAnswer> => {
  const of = (one: AuditEntry['actor'] | AuditEntry['subject']) => ({
    kind: one.kind,
    id: one.publicId ?? null,
    name: one.name ?? null,
  });
  return {
    id: String(entry.id),
    at: instantOf(entry.atMs),
    operation: entry.verb,
    actor: of(entry.actor),
    subject: of(entry.subject),
    requestId: entry.requestId,
    detail: { ...entry.detail },
  };
};

export const listAudit = operation({
  id: 'audit.list',
  summary: 'List who did what',
  http: ['GET', '/api/audit'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ ...pageInput, ...filterInput }),
  output: pageAnswer(entryAnswer),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain }, { limit, after, ...given }) {
    if (after !== '' && !/^[1-9]\d{0,14}$/.test(after)) return refuseField('after', 'malformed');
    const read = await readFilter(domain, given);
    if (read === 'nothing') return done<Page<AuditEntry>>({ items: [], next: null });
    if (!('filter' in read)) return read;
    const before = after === '' ? undefined : Number(after);
    const found = await domain.stores.audit.list(read.filter, before, limit + 1);
    const items = found.slice(0, limit);
    return done<Page<AuditEntry>>({
      items,
      next: found.length > limit ? String(items.at(-1)?.id ?? '') : null,
    });
  },
  answer: ({ items, next }) => ({ items: items.map(answerOfEntry), next }),
});

export const exportAudit = operation({
  id: 'audit.export',
  summary: 'Export who did what, up to 10,000 entries',
  http: ['GET', '/api/audit/export'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject(filterInput),
  output: v.object({
    items: v.array(entryAnswer),
    complete: v.pipe(v.boolean(), v.description('Whether these are all; else narrow the days.')),
  }),
  subject: 'none',
  allow: [byOperator],
  stepUp: false,
  refusals: {},
  async run({ domain }, given) {
    const read = await readFilter(domain, given);
    if (read === 'nothing') return done<AuditExport>({ items: [], complete: true });
    if (!('filter' in read)) return read;
    const found = await domain.stores.audit.list(read.filter, undefined, MAX_EXPORT + 1);
    return done<AuditExport>({ items: found.slice(0, MAX_EXPORT), complete: found.length <= MAX_EXPORT });
  },
  answer: ({ items, complete }) => ({ items: items.map(answerOfEntry), complete }),
});

export type AuditExport = { readonly items: readonly AuditEntry[]; readonly complete: boolean };
