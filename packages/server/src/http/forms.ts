// Reads the body of a page's form: urlencoded only, at most 64 KB, strict about doubled and unknown fields.
import { isForm, parseForm, type Form, type FormProblem } from '@latchkey/protocol';
import type { Exchange } from './exchange.ts';

export const MAX_FORM_BYTES = 65_536;

/** Fields that may come once, and those that may come several times (check boxes, lists of addresses). */
export type FormShape = { readonly fields: readonly string[]; readonly lists?: readonly string[] };
export type PageForm = {
  readonly get: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  /** Of a form with a picture. */
  readonly file?: (name: string) => Uint8Array | undefined;
};
export type PageFormProblem =
  | FormProblem
  | { readonly kind: 'content-type' }
  | { readonly kind: 'too-large'; readonly limitBytes?: number }
  | { readonly kind: 'aborted'; readonly limitBytes?: number }
  | { readonly kind: 'unknown-field'; readonly parameter: string };

const nameOf = (pair: string): string | undefined => {
  const name = parseForm(`${pair.split('=', 1)[0] ?? ''}=x`);
  return isForm(name) ? name.keys().next().value : undefined;
};

/** Takes the pairs of list fields out, so that `parseForm` can stay strict about the rest. */
const split = (
  text: string,
  lists: readonly string[],
): { readonly rest: string; readonly lists: ReadonlyMap<string, readonly string[]> } | FormProblem => {
  if (lists.length === 0) return { rest: text, lists: new Map() };
  const found = new Map<string, string[]>();
  const rest: string[] = [];
  for (const pair of text.split('&')) {
    const name = nameOf(pair);
    if (name === undefined || !lists.includes(name)) {
      rest.push(pair);
      continue;
    }
    const parsed = parseForm(pair);
    if (!isForm(parsed)) return parsed;
    const value = parsed.get(name);
    if (value !== undefined) found.set(name, [...(found.get(name) ?? []), value]);
  }
  return { rest: rest.join('&'), lists: found };
};

export const parsePageForm = (text: string, shape: FormShape): PageForm | PageFormProblem => {
  const parts = split(text, shape.lists ?? []);
  if ('kind' in parts) return parts;
  const form: Form | FormProblem = parseForm(parts.rest);
  if (!isForm(form)) return form;
  for (const name of form.keys())
    if (!shape.fields.includes(name)) return { kind: 'unknown-field', parameter: name };
  return { get: (name) => form.get(name), list: (name) => parts.lists.get(name) ?? [] };
};

export const isPageForm = (read: PageForm | PageFormProblem): read is PageForm => 'get' in read;

export const isUrlEncoded = (contentType: string | undefined): boolean =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';

export const readPageForm = async (
  exchange: Exchange,
  shape: FormShape,
): Promise<PageForm | PageFormProblem> => {
  if (!isUrlEncoded(exchange.header('content-type'))) return { kind: 'content-type' };
  const body = await exchange.body(MAX_FORM_BYTES);
  if (typeof body === 'string') return { kind: body };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { kind: 'not-utf8' };
  }
  return parsePageForm(text, shape);
};
