// Parts of the JSON answers of operations: instants, pages of lists. Our spelling is camelCase; what is absent is null.
import * as v from 'valibot';
import { refuseField, type Invalid } from './operation.ts';
import { publicIdText } from './text-rules.ts';

export const instant = v.pipe(v.string(), v.isoTimestamp());
export const instantOf = (ms: number): string => new Date(ms).toISOString();
export const instantOrNull = (ms: number | undefined): string | null =>
  ms === undefined ? null : instantOf(ms);

/** Answered with 204. */
export const nothing = v.undefined();

const MAX_PAGE = 100;

/** Which part of a list; spread into the input of its operation. */
export const pageInput = {
  limit: v.pipe(
    v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PAGE)), 50),
    v.description('How many at most.'),
  ),
  after: v.pipe(v.optional(publicIdText, ''), v.description('`next` of the page before.')),
};

export type Page<Item> = {
  readonly items: readonly Item[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
};

export const pageAnswer = <Schema extends v.GenericSchema>(item: Schema) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()) });

type Asked = { readonly limit: number; readonly after: string };

/** How a store's list is read from any entry on, in the order of the entries' numbers. */
type Listed<Item> = {
  readonly nameOf: (item: Item) => string;
  /** The number of the entry of this name; undefined when it is none of the asker's. */
  readonly find: (name: string) => Promise<number | undefined>;
  /** At most `limit` entries past that number, or from the beginning. */
  readonly read: (past: number | undefined, limit: number) => Promise<readonly Item[]>;
};

/** Reads no more than the page, and one entry to know whether another follows. */
export const pageFrom = async <Item>(
  { limit, after }: Asked,
  { nameOf, find, read }: Listed<Item>,
): Promise<Page<Item> | Invalid> => {
  const past = after === '' ? undefined : await find(after);
  if (past === undefined && after !== '') return refuseField('after', 'malformed');
  const found = await read(past, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last === undefined || found.length <= limit ? null : nameOf(last) };
};

/** A part of a short list that was read as a whole. An entry that has gone since cannot be gone on from. */
export const pageOf = <Item>(
  all: readonly Item[],
  { limit, after }: Asked,
  nameOf: (item: Item) => string,
): Page<Item> | Invalid => {
  const at = after === '' ? -1 : all.findIndex((item) => nameOf(item) === after);
  if (at < 0 && after !== '') return refuseField('after', 'malformed');
  const items = all.slice(at + 1, at + 1 + limit);
  const last = items.at(-1);
  return { items, next: last === undefined || at + 1 + limit >= all.length ? null : nameOf(last) };
};
