// Lists on pages: the addresses of the first and the next part, and a part of what was read already.
import type { Page as ListPage } from '../../domain/answers.ts';
import type { Paged } from '../operate/list.ts';
import type { PersonPage } from './page.ts';

/** Addresses of the first and the next page of a list. */
export const pagedBy = (
  page: PersonPage,
  next: ListPage<unknown>['next'],
  kept: readonly string[] = ['q', 'status'],
): Paged => {
  const query = new URLSearchParams();
  for (const name of kept) {
    const value = page.search(name);
    if (value !== undefined && value !== '') query.set(name, value);
  }
  const first = query.toString();
  if (next !== null) query.set('after', next);
  return {
    ...(page.search('after') === undefined
      ? {}
      : { firstUrl: first === '' ? page.path : `${page.path}?${first}` }),
    ...(next === null ? {} : { nextUrl: `${page.path}?${query.toString()}` }),
  };
};

/** What stands behind the one that the address names; an unknown one begins anew. */
export const partOf = <Item>(
  page: PersonPage,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  given: { readonly perPage: number; readonly kept?: readonly string[] },
): { readonly items: readonly Item[]; readonly paged: Paged } => {
  const after = page.search('after');
  const start = after === undefined ? 0 : items.findIndex((item) => nameOf(item) === after) + 1;
  const part = items.slice(start, start + given.perPage);
  const last = part.at(-1);
  const next = last === undefined || start + given.perPage >= items.length ? null : nameOf(last);
  return { items: part, paged: pagedBy(page, next, given.kept ?? []) };
};
