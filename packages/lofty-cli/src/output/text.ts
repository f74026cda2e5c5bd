/** Owns the text format: lists as tables, single records as names and values. */
import type { JsonObject, JsonValue } from './json-value.ts';
import { cellText } from './json-value.ts';
import { columnsOf, flatten, toRecords } from './records.ts';
import { printable } from './printable.ts';
import type { TableOptions } from './table.ts';
import { renderTable, widthOf } from './table.ts';

/** Where a command knows its answer, it names the columns that people look for first. */
export type Columns = readonly {
  readonly title: string;
  readonly from: (row: JsonObject) => JsonValue | undefined;
}[];

export function toText(value: JsonValue, options: TableOptions, columns?: Columns): string {
  const { many, rows } = toRecords(value);
  if (!many) return rows.map((row) => describe(row)).join('\n');
  if (rows.length === 0) return '';
  if (columns !== undefined) {
    const cells = rows.map((row) => columns.map((column) => cellText(column.from(row))));
    return renderTable({ columns: columns.map((column) => column.title), rows: cells }, options);
  }
  const flat = rows.map(flatten);
  const names = columnsOf(flat);
  const cells = flat.map((row) => names.map((name) => cellText(row.get(name))));
  return renderTable({ columns: names, rows: cells }, options);
}

function describe(row: JsonObject): string {
  const flat = flatten(row);
  const left = Math.max(0, ...[...flat.keys()].map((name) => widthOf(printable(name))));
  return [...flat]
    .map(([name, value]) => {
      const label = printable(name);
      return `${label}${' '.repeat(left - widthOf(label))}  ${printable(cellText(value))}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join('');
}
