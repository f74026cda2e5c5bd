// `/operate/audit`: the log with its filters, and as a file.
import { answerOfEntry, exportAudit, listAudit } from '../../domain/audit/list.ts';
import { perform } from '../../domain/operation.ts';
import {
  auditQuery,
  auditUrl,
  operateAuditPage,
  type AuditFilterName,
  type AuditFilterTexts,
} from '../operate/audit.ts';
import { by } from './app-page.ts';
import { normal, operatorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { refusal } from './refusal.ts';

const NAMES = ['actor', 'verb', 'subject', 'from', 'until'] as const satisfies AuditFilterName[];

const filterOf = (page: PersonPage): AuditFilterTexts =>
  Object.fromEntries(NAMES.map((name) => [name, page.search(name)?.trim() ?? ''])) as AuditFilterTexts;

const show = async (page: PersonPage): Promise<PageAnswer> => {
  const filter = filterOf(page);
  const after = page.search('after') ?? '';
  const result = await perform(page.domain, listAudit, by(page), { ...filter, after });
  if (!result.ok) {
    const wrong = 'problems' in result ? NAMES.find((one) => one === result.problems[0]?.field) : undefined;
    if (wrong === undefined) return refusal(page, 'audit.list', result, auditUrl);
    return normal(operateAuditPage({ frame: page.frame, filter, wrong, entries: [] }), 400);
  }
  const query = auditQuery(filter);
  const { items, next } = result.value;
  return normal(
    operateAuditPage({
      frame: page.frame,
      filter,
      entries: items,
      ...(after === '' ? {} : { firstUrl: `${auditUrl}${query}` }),
      ...(next === null ? {} : { nextUrl: `${auditUrl}${query === '' ? '?' : `${query}&`}after=${next}` }),
    }),
  );
};

/** Quoted where it must be; what a spreadsheet would run as a formula begins with an apostrophe. */
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const COLUMNS = [
  'id',
  'at',
  'operation',
  'actor_kind',
  'actor_id',
  'actor_name',
  'subject_kind',
  'subject_id',
  'subject_name',
  'request_id',
  'detail',
];

type Entries = readonly ReturnType<typeof answerOfEntry>[];

const csvOf = (entries: Entries): string =>
  [
    COLUMNS,
    ...entries.map(({ id, at, operation, actor, subject, requestId, detail }) => [
      id,
      at,
      operation,
      actor.kind,
      actor.id ?? '',
      actor.name ?? '',
      subject.kind,
      subject.id ?? '',
      subject.name ?? '',
      requestId,
      JSON.stringify(detail),
    ]),
  ]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');

const file =
  (kind: 'csv' | 'json') =>
  async (page: PersonPage): Promise<PageAnswer> => {
    const result = await perform(page.domain, exportAudit, by(page), filterOf(page));
    if (!result.ok) return refusal(page, 'audit.export', result, auditUrl);
    const { complete } = result.value;
    const items = result.value.items.map(answerOfEntry);
    return {
      kind: 'file',
      type: kind === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      name: `audit-${new Date(page.nowMs).toISOString().slice(0, 10)}.${kind}`,
      body: kind === 'csv' ? csvOf(items) : JSON.stringify({ items, complete }, undefined, 2),
    };
  };

export const operateAuditRoutes: readonly Route[] = [
  operatorRoute({ path: auditUrl, get: show }),
  operatorRoute({ path: `${auditUrl}.csv`, get: file('csv') }),
  operatorRoute({ path: `${auditUrl}.json`, get: file('json') }),
];
