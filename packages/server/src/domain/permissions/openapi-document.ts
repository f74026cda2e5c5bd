// Reads an OpenAPI document's text: size, syntax, version, references inside it. Nothing outside it is ever fetched.
import { parse } from 'yaml';

/** What is wrong with a document: where, what, and how to put it right. */
export type Problem = { readonly place: string; readonly problem: string; readonly fix: string };

export type Fields = Readonly<Record<string, unknown>>;

/** A value as a message shows it. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'nothing').slice(0, 80);

const MAX_CHARACTERS = 8 * 1024 * 1024;

export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const syntaxProblem = (error: unknown): Problem => ({
  place: 'the document',
  problem:
    error instanceof RangeError
      ? 'it is nested too deeply'
      : `it cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown reason'}`,
  fix: 'Check it with an OpenAPI editor; it must be one YAML or JSON document.',
});

const VERSION_FIX = 'Convert the document to OpenAPI 3.0 or 3.1; most editors and generators can.';

export const readDocument = (text: string): { readonly root: Fields } | { readonly problem: Problem } => {
  if (text.length > MAX_CHARACTERS) {
    const problem = `it has ${text.length} characters; at most ${MAX_CHARACTERS} are read`;
    const fix =
      'Leave out examples and long descriptions, or split off the paths that the gateway does not serve.';
    return { problem: { place: 'the document', problem, fix } };
  }
  let value: unknown;
  try {
    const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    value = /^\s*\{/.test(content)
      ? (JSON.parse(content) as unknown)
      : parse(content, { maxAliasCount: 100 });
  } catch (error) {
    return { problem: syntaxProblem(error) };
  }
  const root = fieldsOf(value);
  if (root === undefined)
    return { problem: { place: 'the document', problem: 'it is not an object', fix: VERSION_FIX } };
  if (root['swagger'] !== undefined)
    return { problem: { place: 'swagger', problem: 'Swagger 2.0 is not read', fix: VERSION_FIX } };
  const version = root['openapi'];
  if (typeof version !== 'string' || !/^3\.[01]\.\d/.test(version)) {
    const problem =
      version === undefined ? 'the version is missing' : `version ${shown(version)} is not read`;
    return { problem: { place: 'openapi', problem, fix: VERSION_FIX } };
  }
  return { root };
};

/** Follows `$ref`s within the document, at most eight in a row; text says why it cannot. */
export const resolve = (root: Fields, value: unknown): Fields | string => {
  let current = value;
  for (let hops = 0; hops < 8; hops++) {
    const fields = fieldsOf(current);
    if (fields === undefined) return 'it is not an object';
    const ref = fields['$ref'];
    if (ref === undefined) return fields;
    if (typeof ref !== 'string' || !ref.startsWith('#/'))
      return `it refers to ${shown(ref)}, and references to other documents are never followed`;
    current = ref
      .slice(2)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((at, part) => {
        const inside = fieldsOf(at);
        return inside !== undefined && Object.hasOwn(inside, part) ? inside[part] : undefined;
      }, root);
    if (current === undefined) return `it refers to "${ref}", which is not in the document`;
  }
  return 'its references go round in a circle';
};

/**
 * The path part of the first server's URL, without a trailing slash. `undefined`: no `servers` here, look further up.
 */
export const basePathOf = (servers: unknown): string | undefined | { readonly refused: string } => {
  if (!Array.isArray(servers) || servers.length === 0) return undefined;
  const server = fieldsOf(servers[0]);
  const url = server?.['url'];
  if (typeof url !== 'string') return { refused: 'its first server has no url' };
  const variables = fieldsOf(server?.['variables']) ?? {};
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = fieldsOf(variables[name])?.['default'];
    return typeof value === 'string' ? value : whole;
  });
  if (filled.includes('{')) return { refused: `the url "${url}" has a variable without a default` };
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)$/i.exec(filled)?.[1] ?? filled;
  const base = path.replace(/\/+$/, '');
  if (base !== '' && !base.startsWith('/'))
    return { refused: `the url "${url}" has no path that starts with "/"` };
  return base;
};
