// The audit log: who did what on what, filtered, and what can be taken away of it.
import type { AuditEntry } from '../../domain/audit/audit.ts';
import type { Frame } from '../frame.ts';
import { attributes, html, link, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { absolute } from '../parts/time.ts';
import { operateWords } from '../words/operate.ts';
import { columnsOf, listPage, type Paged } from './list.ts';

const texts = operateWords.audit;
export const auditUrl = '/operate/audit';

export type AuditFilterName = 'actor' | 'verb' | 'subject' | 'from' | 'until';
export type AuditFilterTexts = Readonly<Record<AuditFilterName, string>>;

export type AuditView = Paged & {
  readonly frame: Frame;
  readonly filter: AuditFilterTexts;
  readonly wrong?: AuditFilterName;
  readonly entries: readonly AuditEntry[];
};

export const auditQuery = (filter: Partial<AuditFilterTexts>): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) if (value !== '') query.set(key, value);
  return query.size === 0 ? '' : `?${query.toString()}`;
};

const filterForm = ({ filter, wrong }: AuditView): Html => {
  const one = (id: AuditFilterName, hint?: string): Html =>
    field({
      id,
      name: id,
      label: texts[id],
      value: filter[id],
      // What is no date cannot stand in a date field: then it stays visible as text.
      ...(hint !== undefined ? { hint } : wrong === id ? {} : { type: 'date' }),
      error: wrong === id ? texts.dateWrong : undefined,
    });
  return html`<form class="filters" method="get" action="${auditUrl}" role="search" novalidate>
    ${one('actor', texts.actorHint)} ${one('verb', texts.verbHint)} ${one('subject', texts.subjectHint)}
    ${one('from')} ${one('until')}
    <div class="actions">
      ${button({ label: texts.apply })} ${linkButton({ label: texts.clear, url: auditUrl, look: 'plain' })}
    </div>
  </form>`;
};

const exports = ({ filter }: AuditView): Html => {
  const query = auditQuery(filter);
  const save = (kind: 'csv' | 'json'): Html =>
    html`<a ${attributes({ class: 'button', href: `${auditUrl}.${kind}${query}`, download: true })}
      >${texts[kind]}</a
    >`;
  return html`<div class="actions">${save('csv')} ${save('json')}</div>
    <p class="meta">${texts.exportHint}</p>`;
};

const PAGES: Readonly<Record<string, string>> = {
  user: '/operate/people/',
  app: '/operate/apps/',
  workspace: '/operate/workspaces/',
};

const named = (one: AuditEntry['actor'] | AuditEntry['subject']): Content => {
  if (one.kind === 'system') return texts.system;
  if (one.kind === 'anonymous') return texts.anonymous;
  const shown = one.name === undefined ? `${one.kind} ${one.id ?? ''}` : name(one.name);
  const page = PAGES[one.kind];
  const known = one.publicId === undefined || page === undefined ? shown : link(page + one.publicId, shown);
  return one.kind === 'user' ? known : html`${known} <span class="meta">${one.kind}</span>`;
};

const details = ({ detail }: AuditEntry): Content =>
  detail === undefined
    ? '–'
    : html`<span class="clamp-2" dir="auto"
        >${Object.entries(detail)
          .map(([key, value]) => `${key}: ${value}`)
          .join('; ')}</span
      >`;

export const operateAuditPage = (view: AuditView): Html =>
  listPage({
    ...view,
    title: texts.title,
    current: auditUrl,
    above: filterForm(view),
    none: { title: texts.noneTitle, text: texts.noneText },
    table: {
      name: texts.title,
      columns: columnsOf(texts.columns, {
        0: { oneLine: true },
        1: { oneLine: true },
        2: { oneLine: true },
        3: { oneLine: true },
      }),
      rows: view.entries.map((entry) => [
        absolute(entry.atMs, view.frame),
        named(entry.actor),
        html`<code translate="no">${entry.verb}</code>`,
        named(entry.subject),
        html`${details(entry)}
          <div class="meta"><code translate="no">${entry.requestId}</code></div>`,
      ]),
      width: 'medium',
    },
    below: view.entries.length === 0 ? nothing : exports(view),
  });
