// Stacked bars of answers over time, drawn here: no script, no style attribute. The figures stand in a table below it.
import { scaleBand, scaleLinear } from 'd3-scale';
import { ALL_OUTCOMES as ORDER, type Outcome } from '../../domain/usage/usage.ts';
import { html, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { number, usageWords } from '../words/usage.ts';
import { table } from './table.ts';

export type ChartBar = Readonly<Record<Outcome, number>> & {
  /** Below the axis, where it fits; also heads the row of the table. */
  readonly label: string;
};

export type ChartProps = {
  /** Unique on the page. */
  readonly id: string;
  /** Names the chart; a heading above it says the same. */
  readonly name: string;
  readonly bars: readonly ChartBar[];
  /** Every how many bars a label is written. */
  readonly labelEvery: number;
  /** What the reader should see in it, e.g. `Peak 412 of 500 at 14:05`. */
  readonly finding: string;
  readonly limit?: { readonly value: number; readonly label: string };
  readonly empty: string;
  /** Title of the table's first column. */
  readonly unit: string;
};

const WIDTH = 640;
const HEIGHT = 160;
const LEFT = 44;
const RIGHT = 586;
const TOP = 14;
const BOTTOM = 136;
/** What happened must be seen beside a limit a hundred times higher. */
const SMALLEST = 2;

// From the baseline up: what went well first.
const sum = (bar: ChartBar): number => ORDER.reduce((all, outcome) => all + bar[outcome], 0);
const round = (value: number): number => Math.round(value * 10) / 10;

/** Texture besides colour, for eyes that do not tell these colours apart. */
const patterns = (id: string): Html =>
  html`<defs>
    <pattern id="${id}-4xx" width="4" height="4" patternUnits="userSpaceOnUse">
      <rect class="chart-4xx" width="4" height="4" />
      <path class="chart-texture" d="M0 4 4 0" />
    </pattern>
    <pattern id="${id}-429" width="4" height="4" patternUnits="userSpaceOnUse">
      <rect class="chart-429" width="4" height="4" />
      <path class="chart-texture" d="M0 2H4" />
    </pattern>
    <pattern id="${id}-5xx" width="4" height="4" patternUnits="userSpaceOnUse">
      <rect class="chart-5xx" width="4" height="4" />
      <path class="chart-texture" d="M2 0V4M0 2H4" />
    </pattern>
  </defs>`;

const fill = (id: string, outcome: Outcome): Html =>
  outcome === '2xx' ? html`class="chart-2xx"` : html`fill="url(#${id}-${outcome})"`;

type Scale = (value: number) => number;

const stack = (given: ChartProps, bar: ChartBar, x: number, width: number, y: Scale): readonly Html[] => {
  let top = BOTTOM;
  return ORDER.filter((outcome) => bar[outcome] > 0).map((outcome) => {
    const height = Math.max(SMALLEST, BOTTOM - y(bar[outcome]));
    top -= height;
    return html`<rect
      ${fill(given.id, outcome)}
      x="${round(x)}"
      y="${round(top)}"
      width="${round(width)}"
      height="${round(height)}"
    />`;
  });
};

const grid = (ticks: readonly number[], y: Scale): readonly Html[] =>
  ticks.map(
    (tick) =>
      html`<line
          class="chart-grid"
          x1="${LEFT}"
          x2="${RIGHT}"
          y1="${round(y(tick))}"
          y2="${round(y(tick))}"
        />
        <text class="chart-text" x="${LEFT - 6}" y="${round(y(tick)) + 4}" text-anchor="end">
          ${number(tick)}
        </text>`,
  );

const limitLine = ({ limit }: ChartProps, y: Scale): Html =>
  limit === undefined
    ? nothing
    : html`<line
          class="chart-limit"
          x1="${LEFT}"
          x2="${RIGHT}"
          y1="${round(y(limit.value))}"
          y2="${round(y(limit.value))}"
        />
        <text class="chart-text" x="${RIGHT + 6}" y="${round(y(limit.value)) + 4}">${limit.label}</text>`;

const drawing = (given: ChartProps): Html => {
  const most = Math.max(1, given.limit?.value ?? 0, ...given.bars.map(sum));
  const y = scaleLinear().domain([0, most]).range([BOTTOM, TOP]);
  const ticks = y.ticks(4).filter((tick) => Number.isInteger(tick));
  const x = scaleBand<number>()
    .domain(given.bars.map((_, at) => at))
    .range([LEFT, RIGHT])
    .paddingInner(0.25);
  const width = x.bandwidth();
  return html`<svg
    class="chart"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    role="img"
    aria-labelledby="${given.id}-finding"
  >
    <title id="${given.id}-finding">${given.name}: ${given.finding}</title>
    ${patterns(given.id)} ${grid(ticks, y)}
    ${given.bars.map((bar, at) => stack(given, bar, x(at) ?? LEFT, width, y))} ${limitLine(given, y)}
    ${given.bars.map((bar, at) =>
      at % given.labelEvery === 0
        ? html`<text
            class="chart-text"
            x="${round((x(at) ?? LEFT) + width / 2)}"
            y="153"
            text-anchor="middle"
          >
            ${bar.label}
          </text>`
        : nothing,
    )}
  </svg>`;
};

const legend = (id: string): Html =>
  html`<ul class="chart-legend">
    ${ORDER.map(
      (outcome) =>
        html`<li>
          <svg width="12" height="12" aria-hidden="true">
            <rect ${fill(id, outcome)} width="12" height="12" rx="2" /></svg
          >${usageWords.outcomes[outcome]}
        </li>`,
    )}
  </ul>`;

const figures = (given: ChartProps): Html =>
  html`<details class="more">
    <summary>${usageWords.figures}</summary>
    ${table({
      name: `${given.name}, ${usageWords.figures}`,
      width: 'medium',
      columns: [
        { title: given.unit, oneLine: true },
        { title: usageWords.total, align: 'numbers' },
        ...ORDER.map((outcome) => ({ title: usageWords.outcomes[outcome], align: 'numbers' as const })),
      ],
      rows: given.bars
        .filter((bar) => sum(bar) > 0)
        .map((bar) => [bar.label, number(sum(bar)), ...ORDER.map((outcome) => number(bar[outcome]))]),
    })}
  </details>`;

/** Without anything to draw, one sentence. */
export const chart = (given: ChartProps): Html =>
  given.bars.every((bar) => sum(bar) === 0)
    ? html`<p class="chart-empty second">${given.empty}</p>`
    : html`<p class="second">${given.finding}</p>
        <div class="scroller chart-box" role="region" tabindex="0" aria-label="${given.name}">
          ${drawing(given)}
        </div>
        ${legend(given.id)} ${figures(given)}`;
