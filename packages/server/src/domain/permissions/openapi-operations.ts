// Walks an OpenAPI document's paths: every operation with its full path template and dialect, and what is wrong with them.
import { basePathOf, fieldsOf, resolve, shown, type Fields, type Problem } from './openapi-document.ts';
import { ambiguous, parseTemplate, type PathTemplate } from './path-template.ts';
import type { DialectName } from './permission.ts';

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'] as const;
export const DIALECTS: readonly DialectName[] = ['lofty', 'loomta'];
const MAX_OPERATIONS = 5_000;

export type Found = {
  readonly place: string;
  readonly method: string;
  readonly template: PathTemplate;
  readonly fields: Fields;
  readonly dialect: DialectName;
  /** It requires a parameter in query, header or cookie, or one that cannot be read. */
  readonly asksForMore: boolean;
};

export type Reading = {
  readonly root: Fields;
  readonly problems: Problem[];
  readonly found: Found[];
  readonly defaultDialect: DialectName;
};

export const oneOf = <T extends string>(
  reading: Reading,
  place: string,
  value: unknown,
  known: readonly T[],
  otherwise: T,
): T => {
  if (value === undefined) return otherwise;
  const match = known.find((one) => one === value);
  if (match === undefined)
    reading.problems.push({
      place,
      problem: `${shown(value)} is not known here`,
      fix: `Write one of ${known.join(', ')}, or leave the line out.`,
    });
  return match ?? otherwise;
};

/** An operation's own parameters stand in for those of its path, by name and place (OpenAPI 3.1, Operation Object). */
const asksForMore = (root: Fields, item: Fields, operation: Fields): boolean => {
  const required = new Map<string, boolean>();
  for (const list of [item['parameters'], operation['parameters']]) {
    for (const given of Array.isArray(list) ? list : []) {
      const parameter = resolve(root, given);
      if (typeof parameter === 'string') return true;
      const name = `${String(parameter['in'])} ${String(parameter['name'])}`;
      required.set(name, parameter['required'] === true);
    }
  }
  return [...required.values()].includes(true);
};

const readPath = (reading: Reading, path: string, value: unknown, rootBase: string): void => {
  const place = `paths["${path}"]`;
  const item = resolve(reading.root, value);
  if (typeof item === 'string') {
    const fix = 'Put the path itself into this document.';
    reading.problems.push({ place, problem: item, fix });
    return;
  }
  const dialectPlace = `${place}["x-latchkey-dialect"]`;
  const dialect = oneOf(reading, dialectPlace, item['x-latchkey-dialect'], DIALECTS, reading.defaultDialect);
  for (const method of METHODS) {
    if (item[method] === undefined) continue;
    const operationPlace = `${place}.${method}`;
    const operation = resolve(reading.root, item[method]);
    if (typeof operation === 'string') {
      const fix = 'Put the operation itself into this document.';
      reading.problems.push({ place: operationPlace, problem: operation, fix });
      continue;
    }
    const own = basePathOf(operation['servers'] ?? item['servers']) ?? rootBase;
    if (typeof own !== 'string') {
      const fix = 'Give the server a full URL, or a path that starts with "/".';
      reading.problems.push({ place: `${operationPlace}.servers`, problem: own.refused, fix });
      continue;
    }
    const template = parseTemplate(own + path);
    if (typeof template === 'string') {
      const fix = 'Write the path as it stands in a request, e.g. /v1/leads/{leadId}.';
      reading.problems.push({ place, problem: template, fix });
      return;
    }
    reading.found.push({
      place: operationPlace,
      method: method.toUpperCase(),
      template,
      fields: operation,
      dialect,
      asksForMore: asksForMore(reading.root, item, operation),
    });
  }
};

const checkAmbiguity = (reading: Reading): void => {
  const byLength = new Map<number, Found[]>();
  const seen = new Set<string>();
  for (const found of reading.found) {
    const request = `${found.method} ${found.template.template}`;
    if (seen.has(request))
      reading.problems.push({
        place: found.place,
        problem: `"${request}" is in the document twice, by its servers' base paths`,
        fix: 'Leave out one of the two.',
      });
    seen.add(request);
    if (seen.has(found.template.template)) continue;
    seen.add(found.template.template);
    const others = byLength.get(found.template.segments.length) ?? [];
    for (const other of others)
      if (ambiguous(other.template, found.template))
        reading.problems.push({
          place: found.place,
          problem: `"${found.template.template}" and "${other.template.template}" can mean the same request`,
          fix: 'Change one of the paths, so that each request has one endpoint and one permission.',
        });
    others.push(found);
    byLength.set(found.template.segments.length, others);
  }
};

export const readOperations = (reading: Reading): void => {
  const paths = fieldsOf(reading.root['paths']);
  if (paths === undefined || Object.keys(paths).length === 0) {
    const fix = 'List the endpoints of your API under "paths"; each becomes a permission.';
    reading.problems.push({ place: 'paths', problem: 'the document has no paths', fix });
    return;
  }
  const base = basePathOf(reading.root['servers']) ?? '';
  if (typeof base !== 'string') {
    const fix = 'Give the server a full URL, or a path that starts with "/".';
    reading.problems.push({ place: 'servers', problem: base.refused, fix });
    return;
  }
  for (const [path, value] of Object.entries(paths))
    if (!path.startsWith('x-')) readPath(reading, path, value, base);
  if (reading.found.length > MAX_OPERATIONS) {
    const problem = `it has ${reading.found.length} operations; at most ${MAX_OPERATIONS} are read`;
    const fix = 'Leave out the paths that the gateway does not serve.';
    reading.problems.push({ place: 'paths', problem, fix });
  } else checkAmbiguity(reading);
};
