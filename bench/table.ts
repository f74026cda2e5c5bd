// The table of ratios: medians over rounds of what stood side by side in each round.
import { median } from './median.ts';
import type { Sample, Samples } from './rounds.ts';
import { SERVERS, WORKS, type ServerKind } from './works.ts';

type Kept = Readonly<Record<ServerKind, readonly Sample[]>>;
type Measure = 'perSecond' | 'cpuPerAnswer';

/** Each round's own ratio first, then the median: neighbours in time share their noise. */
const ratio = (kept: Kept, of: ServerKind, to: ServerKind, measure: Measure): number =>
  median(kept[of].map((sample, round) => sample[measure] / (kept[to][round]?.[measure] ?? NaN)));

const HEAD = [
  'work',
  '/ bare',
  '/ bare, CPU',
  'x oidc-provider',
  'x oidc-provider, CPU',
  'CPU µs: bare',
  'Latchkey',
  'oidc-provider',
  'Latchkey/s',
] as const;

const rowOf = (title: string, kept: Kept): readonly string[] => {
  const cpu = (kind: ServerKind): string =>
    median(kept[kind].map(({ cpuPerAnswer }) => cpuPerAnswer)).toFixed(0);
  return [
    title,
    ratio(kept, 'latchkey', 'bare', 'perSecond').toFixed(2),
    ratio(kept, 'bare', 'latchkey', 'cpuPerAnswer').toFixed(2),
    ratio(kept, 'latchkey', 'oidc-provider', 'perSecond').toFixed(1),
    ratio(kept, 'oidc-provider', 'latchkey', 'cpuPerAnswer').toFixed(1),
    cpu('bare'),
    cpu('latchkey'),
    cpu('oidc-provider'),
    median(kept.latchkey.map(({ perSecond }) => perSecond)).toFixed(0),
  ];
};

/** As Markdown, aligned, so that it can be read in a terminal and pasted into docs/benchmarks.md. */
export const tableOf = (samples: Samples): string => {
  const rows = [HEAD, ...[...samples].map(([work, kept]) => rowOf(WORKS[work], kept))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(HEAD), rule, ...rows.slice(1).map(line)].join('\n');
};

const SATURATED = 0.9;

/** What would make the figures say less than they seem to. */
export const cautions = (samples: Samples): readonly string[] => {
  const found: string[] = [];
  for (const [work, kept] of samples) {
    for (const kind of SERVERS) {
      const load = median(kept[kind].map(({ loadBusy }) => loadBusy));
      const server = median(kept[kind].map(({ serverBusy }) => serverBusy));
      if (load < SATURATED || server >= load) continue;
      found.push(
        `${WORKS[work]}, ${kind}: the load (${percent(load)} of its core) was busier than the server (${percent(server)}); trust the CPU columns.`,
      );
    }
  }
  return found;
};

const percent = (part: number): string => `${Math.round(part * 100)} %`;
