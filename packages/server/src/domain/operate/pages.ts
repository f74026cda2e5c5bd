// One page of a list that is read newest first, one entry more than it shows.
import type { Page } from '../answers.ts';
import type { Part } from './directory-store.ts';

/** `last` names the entry after which it goes on: undefined when it is unknown. */
export const partAfter = (
  { limit, after }: { readonly limit: number; readonly after: string },
  last: { readonly id: number } | undefined,
): Part | undefined => {
  if (after === '') return { limit: limit + 1 };
  return last === undefined ? undefined : { limit: limit + 1, before: last.id };
};

export const pageOfPart = <Item>(
  found: readonly Item[],
  limit: number,
  nameOf: (item: Item) => string,
): Page<Item> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? nameOf(last) : null };
};
