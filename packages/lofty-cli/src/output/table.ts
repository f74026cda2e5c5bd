/** Owns tables for people: columns as wide as their content, cut to the terminal when it is one. */
import { printable } from './printable.ts';

export type Table = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export type TableOptions = {
  readonly header: boolean;
  /** Undefined when the output is no terminal: then nothing is cut. */
  readonly width: number | undefined;
};

const gap = '  ';
const narrowest = 4;

export function renderTable(table: Table, { header, width }: TableOptions): string {
  const rows = table.rows.map((row) => row.map(printable));
  const shown = header ? [table.columns.map(printable), ...rows] : rows;
  const natural = table.columns.map((_, column) =>
    Math.max(0, ...shown.map((row) => widthOf(row[column] ?? ''))),
  );
  const ids = table.columns.map((_, column) => rows.every((row) => /^-?\d*$/.test(row[column] ?? '')));
  const widths = width === undefined ? natural : fit(natural, ids, width);
  return shown
    .map((row) =>
      widths
        .map((cellWidth, column) => padTo(cut(row[column] ?? '', cellWidth), cellWidth))
        .join(gap)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** The widest columns give way first; numbers never do, for half an id is another id. */
function fit(natural: readonly number[], ids: readonly boolean[], width: number): readonly number[] {
  const widths = [...natural];
  const gaps = gap.length * Math.max(0, widths.length - 1);
  for (let excess = sum(widths) + gaps - width; excess > 0; excess -= 1) {
    const widest = Math.max(...widths.filter((_, column) => ids[column] !== true));
    if (widest <= narrowest) break;
    const column = widths.findLastIndex((each, index) => each === widest && ids[index] !== true);
    widths[column] = widest - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemesOf(text)) {
    const next = widthOf(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

let segmenter: Intl.Segmenter | undefined;
/** Made when text first needs it: loading its tables takes as long as half of starting Node. */
function graphemesOf(text: string): Iterable<{ readonly segment: string }> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}])/u;
const zero = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Columns that a terminal gives this text: two for East Asian wide signs and emoji, none for combining marks. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) {
    if (!zero.test(segment)) width += wide.test(segment) ? 2 : 1;
  }
  return width;
}
