/** Owns CSV: a row per record, a column per (dotted) member. Cells are data as sent; a leading + of a phone number stays. */
import { stringify } from 'csv-stringify/sync';
import type { JsonValue } from './json-value.ts';
import { cellText } from './json-value.ts';
import { columnsOf, flatten, toRecords } from './records.ts';

export function toCsv(value: JsonValue, header: boolean): string {
  const rows = toRecords(value).rows.map(flatten);
  const columns = columnsOf(rows);
  if (columns.length === 0) return '';
  const lines = rows.map((row) => columns.map((column) => cellText(row.get(column))));
  return stringify(header ? [[...columns], ...lines] : lines);
}
