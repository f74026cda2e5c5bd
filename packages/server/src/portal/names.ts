// Names that vendors and terminals give: shown without what could disguise them (security.md 45).
import { plainLine } from '../domain/plain-line.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

export const plainName = plainLine;

/** For text where no markup can stand (title, label): the name between isolates. */
export const isolatedName = (given: string): string => `\u2068${plainName(given)}\u2069`;

export const name = (given: string): Html => html`<bdi dir="auto">${plainName(given)}</bdi>`;

const alphabets = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/** A word of look-alike letters, such as a Latin name with one Cyrillic letter. */
export const mixesAlphabets = (given: string): boolean =>
  plainName(given)
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1);

/** The first letter or digit, for an app without a logo. */
export const initial = (given: string): string =>
  (/[\p{L}\p{N}]/u.exec(plainName(given))?.[0] ?? '?').toLocaleUpperCase('en');

/** Host of an address as people know it, the whole text when it is none. */
export const hostOf = (url: string): string => {
  const host = URL.parse(url)?.host;
  return host === undefined || host === '' ? url : host;
};
