// The one way pages are written: `html` that takes only what may stand in a page, attributes, and links with a safe scheme.
import { html as honoHtml, raw } from 'hono/html';

/** Markup that is escaped where it must be. Only `html`, `attributes` and `trustedMarkup` make it. */
export type Html = ReturnType<typeof raw>;

/** No objects, no promises, no `true`: each of them would print something nobody meant. */
export type Content = Html | string | number | false | null | undefined | readonly Content[];

export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Html => {
  const page = honoHtml(strings, ...values);
  if (page instanceof Promise) throw new Error('a promise reached a page template');
  return page;
};

/** For markup of our own that is no template: generated icons. Never for anything that came from outside. */
export const trustedMarkup = (markup: string): Html => raw(markup);

export const nothing: Html = html``;

type AttributeValue = string | number | boolean | undefined;

const attributeName = /^[a-z][a-z0-9-]*$/;

/** `true` writes the bare name, `false` and absent write nothing, everything else is quoted and escaped. */
export const attributes = (given: Readonly<Record<string, AttributeValue>>): Html => {
  const written: Html[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    if (!attributeName.test(name) || name.startsWith('on') || name === 'style')
      throw new Error(`no attribute of a page: ${name}`);
    written.push(value === true ? html`${raw(name)} ` : html`${raw(name)}="${value}" `);
  }
  return html`${written}`;
};

/** Joins with plain text between, without the double escaping of `.join('')`. */
export const joined = (parts: readonly Content[], between: string): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : [between, part]))}`;

const controls = /[\s\p{Cc}]/u;

/**
 * The address if it may stand in an href, else undefined: http and https, or a path on our own host. Browsers drop
 * tabs and line ends inside a scheme and read `\` as `/`, so an address with such characters is no link either.
 */
export const href = (url: string): string | undefined => {
  if (controls.test(url) || url.includes('\\')) return undefined;
  if (url.startsWith('/')) return url.startsWith('//') ? undefined : url;
  if (/^[?#]/.test(url)) return url;
  const parsed = URL.parse(url);
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? url : undefined;
};

/** A link, or its bare text when the address is none we would send a person to. */
export const link = (
  url: string,
  text: Content,
  given: Readonly<Record<string, AttributeValue>> = {},
): Html => {
  const target = href(url);
  return target === undefined
    ? html`<span>${text}</span>`
    : html`<a ${attributes({ href: target, ...given })}>${text}</a>`;
};
