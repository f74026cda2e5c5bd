/** Owns the choice of format; each is loaded only when asked for. */
import type { Format } from '../global-options.ts';
import type { JsonValue } from './json-value.ts';
import { readJson, writeJson } from './json-value.ts';
import type { Columns } from './text.ts';

export type RenderOptions = {
  readonly format: Format;
  readonly header: boolean;
  readonly width: number | undefined;
  readonly columns?: Columns;
};

/** An answer's body in the chosen format. A body that is no JSON is passed on as it came. */
export async function renderBody(body: string, options: RenderOptions): Promise<string> {
  const value = readJson(body);
  if (value === undefined) return body === '' || body.endsWith('\n') ? body : `${body}\n`;
  return renderValue(value, options);
}

async function renderValue(value: JsonValue, options: RenderOptions): Promise<string> {
  switch (options.format) {
    case 'json':
      return `${writeJson(value)}\n`;
    case 'yaml':
      return (await import('./yaml.ts')).toYaml(value);
    case 'csv':
      return (await import('./csv.ts')).toCsv(value, options.header);
    case 'text':
      return (await import('./text.ts')).toText(value, options, options.columns);
  }
}
