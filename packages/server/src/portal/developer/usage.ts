// An app's Usage tab: requests per minute and day by how they were answered, endpoints, tokens.
import { totalOf, type Bar, type Usage } from '../../domain/usage/summary.ts';
import { ALL_OUTCOMES } from '../../domain/usage/usage.ts';
import type { Permission } from '../../domain/permissions/permission.ts';
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { chart, type ChartBar } from '../parts/chart.ts';
import { table } from '../parts/table.ts';
import { clockText, dayText } from '../parts/time.ts';
import { number, usageWords as text } from '../words/usage.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type AppUsageView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly minutes: Usage;
  readonly days: Usage;
  /** Of the API, to name endpoints by. */
  readonly permissions: readonly Pick<Permission, 'id' | 'method' | 'path'>[];
};

const labelled = (bars: readonly Bar[], label: (startMs: number) => string): readonly ChartBar[] =>
  bars.map(({ startMs, ...tally }) => ({ ...tally, label: label(startMs) }));

/** The newest of equally high ones. */
const peakOf = (bars: readonly Bar[]): { readonly value: number; readonly startMs: number } =>
  bars.reduce(
    (peak, bar) => (totalOf(bar) >= peak.value ? { value: totalOf(bar), startMs: bar.startMs } : peak),
    { value: 0, startMs: 0 },
  );

export const busiestMinute = ({ bars }: Usage): number => peakOf(bars).value;

const minuteChart = (view: AppUsageView): Html => {
  const { zone } = view.frame;
  const { limitPerMinute } = view.app;
  const peak = peakOf(view.minutes.bars);
  return chart({
    id: 'minutes',
    name: text.minutes,
    bars: labelled(view.minutes.bars, (startMs) => clockText(startMs, zone)),
    labelEvery: 10,
    finding: text.minutePeak(peak.value, limitPerMinute, clockText(peak.startMs, zone)),
    limit: { value: limitPerMinute, label: text.limitLine(limitPerMinute) },
    empty: text.noHour,
    unit: text.minute,
  });
};

const dayChart = (view: AppUsageView): Html => {
  const peak = peakOf(view.days.bars);
  return chart({
    id: 'days',
    name: text.days,
    bars: labelled(view.days.bars, (startMs) => dayText(startMs, 'UTC')),
    labelEvery: 5,
    finding: text.dayPeak(peak.value, dayText(peak.startMs, 'UTC')),
    empty: text.noDays,
    unit: text.day,
  });
};

const endpointName = (view: AppUsageView, what: string): Content => {
  if (what === 'unknown') return text.unknownEndpoint;
  const known = view.permissions.find(({ id }) => id === what);
  return known === undefined
    ? html`<code>${what}</code> <span class="second">${text.goneEndpoint}</span>`
    : html`<code>${known.method} ${known.path}</code>`;
};

const endpoints = (view: AppUsageView): Html =>
  view.days.endpoints.length === 0
    ? html`<p class="second">${text.noEndpoints}</p>`
    : table({
        name: text.endpoints,
        width: 'medium',
        columns: [
          { title: text.endpoint },
          { title: text.total, align: 'numbers' },
          ...ALL_OUTCOMES.map((outcome) => ({ title: text.outcomes[outcome], align: 'numbers' as const })),
        ],
        rows: view.days.endpoints.map((one) => [
          endpointName(view, one.what),
          number(totalOf(one)),
          ...ALL_OUTCOMES.map((outcome) => number(one[outcome])),
        ]),
      });

const tokens = ({ days }: AppUsageView): Html =>
  days.tokens.length === 0
    ? html`<p class="second">${text.noTokens}</p>`
    : table({
        name: text.tokens,
        columns: [
          { title: text.tokenColumns.grant },
          { title: text.tokenColumns.issued, align: 'numbers' },
          { title: text.tokenColumns.refused, align: 'numbers' },
        ],
        rows: days.tokens.map(({ grantType, issued, refused }) => [
          html`<code>${grantType}</code>`,
          number(issued),
          number(refused),
        ]),
      });

const section = (title: string, content: Html): Html =>
  html`<section class="stack-tight">
    <h2>${title}</h2>
    ${content}
  </section>`;

export const appUsagePage = (view: AppUsageView): Html =>
  appPage(
    { frame: view.frame, app: view.app, tab: 'usage' },
    html`<p class="lead">${text.lead}</p>
      ${section(text.minutes, minuteChart(view))} ${section(text.days, dayChart(view))}
      ${section(text.endpoints, endpoints(view))} ${section(text.tokens, tokens(view))}`,
  );
