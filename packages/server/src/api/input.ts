// Reads what a request of the management API holds: parts of the path, then the query of a GET or the JSON object of a
// POST. Strict about form, blind to meaning: the operation's own schema judges the fields.
import { isForm, parseForm } from '@latchkey/protocol';
import type { Exchange } from '../http/exchange.ts';
import type { JsonSchema } from './json-schema.ts';
import type { CommonCode } from './problems.ts';

/** Enough for a picture of 1 MB in base64. */
const MAX_JSON_BYTES = 1_572_864;
const JSON_TYPE = /^application\/json *(; *charset=("?)utf-8\2 *)?$/i;

type Fields = Readonly<Record<string, unknown>>;
export type ReadInput = { readonly fields: Fields } | { readonly problem: CommonCode };

/** Query values are text: numbers and flags are read as the operation's schema names them. */
const typed = (text: string, schema: JsonSchema | undefined): unknown => {
  const type = schema?.type;
  if ((type === 'integer' || type === 'number') && /^-?\d{1,16}$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};

const fromQuery = (query: string | undefined, schema: JsonSchema): ReadInput => {
  const form = parseForm(query ?? '');
  if (!isForm(form)) return { problem: 'invalid_request' };
  const names = [...form.keys()];
  return {
    fields: Object.fromEntries(
      names.map((name) => [name, typed(form.get(name) ?? '', schema.properties?.[name])]),
    ),
  };
};

const textOf = (body: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
};

/** Not every database takes it in a text; a form cannot hold it either. */
const holdsNul = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inside]) => name.includes('\0') || holdsNul(inside));
};

const fromJson = (text: string): ReadInput => {
  if (text.trim() === '') return { fields: {} };
  try {
    const value: unknown = JSON.parse(text);
    // A depth at which this could fail is caught like any other nonsense.
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !holdsNul(value)
      ? { fields: value as Fields }
      : { problem: 'invalid_json' };
  } catch {
    return { problem: 'invalid_json' };
  }
};

const fromBody = async (exchange: Exchange): Promise<ReadInput> => {
  if (exchange.query !== undefined && exchange.query !== '') return { problem: 'invalid_request' };
  // Also without a body: it is what no form of another site can send without asking (security.md 13).
  if (!JSON_TYPE.test(exchange.header('content-type') ?? '')) return { problem: 'unsupported_media_type' };
  const body = await exchange.body(MAX_JSON_BYTES);
  if (body === 'too-large') return { problem: 'payload_too_large' };
  const text = body === 'aborted' ? undefined : textOf(body);
  return text === undefined ? { problem: 'invalid_json' } : fromJson(text);
};

export const readInput = async (
  exchange: Exchange,
  path: Readonly<Record<string, string>>,
  schema: JsonSchema,
): Promise<ReadInput> => {
  if (Object.values(path).some((part) => part.includes('\0'))) return { problem: 'not_found' };
  const read = exchange.method === 'POST' ? await fromBody(exchange) : fromQuery(exchange.query, schema);
  if ('problem' in read) return read;
  // The address decides what a request is about; a second opinion in the body is none.
  if (Object.keys(path).some((name) => Object.hasOwn(read.fields, name)))
    return { problem: 'invalid_request' };
  return { fields: { ...read.fields, ...path } };
};
