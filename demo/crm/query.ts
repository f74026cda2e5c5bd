// Query parameters, read once at the edge: each name at most once, no control characters, bounded length.
import { invalid, isRefusal, refuse, tooLong, type Refusal } from './answer.ts';
import { MAX_ID } from './records.ts';

export type Query = ReadonlyMap<string, string>;

const VALUE_MAX = 500;
// C0 controls and DEL, and U+FFFD, which is what percent-encoded bytes that are no UTF-8 decode to.
// oxlint-disable-next-line no-control-regex
const unreadable = /[\u0000-\u001f\u007f\ufffd]/;

export const readQuery = (raw: string): Query | Refusal => {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(raw)) {
    if (query.has(name)) return invalid(`Parameter ${name.slice(0, 40)} is given twice; give it once.`);
    if (value.length > VALUE_MAX)
      return tooLong(`Parameter ${name.slice(0, 40)} is longer than ${VALUE_MAX} characters.`);
    if (unreadable.test(value) || unreadable.test(name)) {
      return invalid(
        `Parameter ${JSON.stringify(name.slice(0, 40))} holds bytes that are not readable text.`,
      );
    }
    query.set(name, value);
  }
  return query;
};

const LIMIT_MAX = 100;
const LIMIT_DEFAULT = 20;

export const limitOf = (query: Query): number | Refusal => {
  const text = query.get('limit');
  if (text === undefined) return LIMIT_DEFAULT;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= LIMIT_MAX
    ? limit
    : refuse(400, 'LIMIT_NOT_VALID', `limit must be a whole number from 1 to ${LIMIT_MAX}.`);
};

export const offsetOf = (query: Query): number | Refusal => {
  const text = query.get('offset') ?? '0';
  return /^\d{1,10}$/.test(text) && Number(text) <= 2147483647
    ? Number(text)
    : invalid('offset must be a whole number from 0 to 2147483647.');
};

/** A 64-bit id written in decimal. */
export const idFrom = (text: string, name: string): bigint | Refusal => {
  const id = /^\d{1,19}$/.test(text) ? BigInt(text) : MAX_ID + 1n;
  return id <= MAX_ID ? id : invalid(`${name} must be a decimal 64-bit integer.`);
};

export const idOf = (query: Query, name: string): bigint | undefined | Refusal => {
  const text = query.get(name);
  return text === undefined ? undefined : idFrom(text, name);
};

export const flagOf = (query: Query, name: string): boolean | undefined | Refusal => {
  const text = query.get(name);
  if (text === undefined) return undefined;
  return text === 'true' || text === 'false' ? text === 'true' : invalid(`${name} must be true or false.`);
};

/** A comma-separated list; empty members are a slip and refused. */
export const listOf = (query: Query, name: string): readonly string[] | undefined | Refusal => {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  return parts.includes('')
    ? invalid(`${name} must be a comma-separated list without empty members.`)
    : parts;
};

export const idListOf = (query: Query, name: string): readonly bigint[] | undefined | Refusal => {
  const parts = listOf(query, name);
  if (parts === undefined || isRefusal(parts)) return parts;
  const ids: bigint[] = [];
  for (const part of parts) {
    const id = idFrom(part, name);
    if (isRefusal(id)) return id;
    ids.push(id);
  }
  return ids;
};
