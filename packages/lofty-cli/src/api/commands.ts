/** Owns how an endpoint becomes a command: its words, arguments, options, help and checks. */
import { oneOf, wholeNumber } from '../checks.ts';
import type { CommandSpec } from '../command.ts';
import type { OptionSpec, PositionalSpec } from '../option.ts';
import type { ApiOperation, ApiValue } from './operation.ts';
import { optionName } from './operation.ts';
import { operations } from './operations.ts';

function commandOf(operation: ApiOperation, path: readonly string[]): CommandSpec {
  const { values, body, summary } = operation;
  const name = `lofty-cli ${path.join(' ')}`;
  const options = values.filter((value) => value.in !== 'path').map(optionOf);
  return {
    path,
    summary,
    details: detailsOf(operation),
    positionals: values.filter((value) => value.in === 'path').map(positionalOf),
    options: [
      ...options,
      ...(body === undefined ? [] : [dataOption]),
      ...(operation.method === 'DELETE' ? [yesOption] : []),
    ],
    examples: examplesOf(name, operation),
    load: async () => {
      const { runOperation } = await import('./run-operation.ts');
      return { run: (context, input) => runOperation(operation, context, input) };
    },
  };
}

const dataOption: OptionSpec = {
  name: 'data',
  value: 'JSON',
  summary: 'The whole body as JSON, @file, or - for standard input; then no field by option',
};

const yesOption: OptionSpec = { name: 'yes', summary: 'Do not ask; needed where nobody can answer' };

function detailsOf({ method, path, details, body }: ApiOperation): readonly string[] {
  return [
    ...(details === undefined ? [] : [details]),
    ...(body === 'required' ? ['Give fields by options, or all of the body by --data.'] : []),
    `Calls ${method} ${path}.`,
  ];
}

function examplesOf(name: string, { id, example, method }: ApiOperation): readonly string[] {
  if (id === 'leads.list')
    return [`${name} --limit 10`, `${name} --stage "New Lead" --format csv > leads.csv`];
  if (example === undefined) return [];
  return [`${name} ${example}${method === 'DELETE' ? ' --yes' : ''}`];
}

function positionalOf(value: ApiValue): PositionalSpec {
  return { name: optionName(value.wire), summary: summaryOf(value), check: checkOf(value) };
}

function optionOf(value: ApiValue): OptionSpec {
  const option = { name: optionName(value.wire), summary: summaryOf(value) };
  if (value.type === 'switch') return option;
  return {
    ...option,
    value: placeholder(value),
    check: checkOf(value),
    ...(value.values === undefined ? {} : { values: value.values }),
    ...(value.type === 'boolean' ? { values: ['true', 'false'] } : {}),
    ...(value.many === true ? { repeatable: true } : {}),
  };
}

const placeholders: Readonly<Record<string, string>> = {
  date: 'DATE',
  email: 'EMAIL',
  uri: 'URL',
};

function placeholder({ type, format, wire }: ApiValue): string {
  if (type === 'integer') return format === 'int64' ? 'ID' : 'N';
  if (type === 'number') return 'N';
  if (type === 'boolean') return 'BOOL';
  if (type === 'json') return 'JSON';
  return placeholders[format ?? ''] ?? (/ids?$/i.test(wire) ? 'ID' : 'TEXT');
}

/** The document's words, and its limits where its words do not say them. */
function summaryOf(value: ApiValue): string {
  const { summary, values, minimum, maximum, maxLength, preset, type, many, required } = value;
  const facts = [
    ...(required === true && value.in !== 'path' ? ['required'] : []),
    ...(type === 'boolean' ? ['true or false'] : []),
    ...(values === undefined || named(summary, values) ? [] : [`one of ${values.join(', ')}`]),
    ...(minimum !== undefined && maximum !== undefined ? [`${minimum} to ${maximum}`] : []),
    ...(maxLength !== undefined && maxLength <= 100 ? [`up to ${maxLength} characters`] : []),
    ...(many === true ? ['may be repeated'] : []),
    ...(preset === undefined ? [] : [`default: ${preset}`]),
  ];
  const sentence = summary.replace(/\.$/, '');
  return facts.length === 0 ? sentence : `${sentence} (${facts.join('; ')})`;
}

/** The words of the document tell already what each value means. */
function named(summary: string, values: readonly string[]): boolean {
  const words = new Set(summary.split(/[\s,;]+/));
  return values.every((value) => words.has(value));
}

function checkOf(value: ApiValue): (text: string) => string | undefined {
  const { type, values, minimum = 0, maximum, maxLength, pattern, format } = value;
  if (values !== undefined) return oneOf(...values);
  if (type === 'boolean') return oneOf('true', 'false');
  // Without a limit of its own an integer has 64 bits: it stays text, so that no digit is lost.
  if (type === 'integer' && maximum !== undefined) return wholeNumber(minimum, maximum);
  if (type === 'integer')
    return (text) => (/^\d{1,19}$/.test(text) ? undefined : 'must be an id, digits only');
  if (type === 'number') return (text) => (/^-?\d+(\.\d+)?$/.test(text) ? undefined : 'must be a number');
  return (text) => {
    if (text.trim() === '') return 'must not be empty';
    if (maxLength !== undefined && text.length > maxLength) return `is longer than ${maxLength} characters`;
    if (pattern === '^https://' && !text.startsWith('https://')) return 'must start with https://';
    if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return `must match ${pattern}`;
    if (format === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'must be a date such as 1990-01-31';
    return undefined;
  };
}

export const apiCommands: readonly CommandSpec[] = operations.flatMap((operation): CommandSpec[] => {
  const command = commandOf(operation, operation.id.split('.'));
  const [group = '', verb] = command.path;
  // `me` and `org` are one thing each: their group's name is enough.
  const isAlone = verb === 'get' && command.positionals?.length === 0;
  return isAlone ? [command, { ...command, path: [group] }] : [command];
});
