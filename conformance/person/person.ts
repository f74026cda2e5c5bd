// A person at a browser, over HTTP alone: opens addresses, follows links, fills forms in and presses buttons by what is written on them.
import { createCookieJar } from '../http/cookies.ts';
import { exchange } from '../http/exchange.ts';
import type { Outgoing, Reply } from '../http/exchange.ts';
import { readPage } from '../http/page.ts';
import type { Button, Field, Form, Seen } from '../http/page.ts';

export type Page = Seen & {
  readonly url: URL;
  readonly reply: Reply;
  /** Set when a redirect led to another origin; that address is not visited. */
  readonly left: URL | undefined;
};

export type Upload = { readonly bytes: Uint8Array; readonly type: string };
/**
 * By label or name: text to type (a list: into each field of that name), the radio to choose, `true` to tick, all boxes to
 * tick of a group, or the file to send.
 */
export type Filled = Readonly<Record<string, string | true | readonly string[] | Upload>>;
type Words = string | RegExp;

export type Person = {
  readonly open: (address: string) => Promise<Page>;
  readonly follow: (page: Page, link: Words) => Promise<Page>;
  readonly press: (page: Page, button: Words, filled?: Filled) => Promise<Page>;
  /** Sends a form as the page made it, but for what `change` does to its fields or headers. */
  readonly forge: (page: Page, button: Words, change: Forgery) => Promise<Reply>;
  readonly cookies: () => string;
};

export type Forgery = {
  readonly filled?: Filled;
  readonly fields?: (fields: URLSearchParams) => void;
  readonly headers?: Readonly<Record<string, string>>;
  readonly outgoing?: (outgoing: Outgoing) => Outgoing;
};

const MAX_REDIRECTS = 10;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const says = (text: string, words: Words): boolean =>
  typeof words === 'string'
    ? text === words || text.startsWith(`${words} `) || text.endsWith(` ${words}`)
    : words.test(text);

const describe = (page: Page): string => `${page.reply.status} ${page.url.pathname} "${page.title}"`;

const findButton = (page: Page, words: Words): { readonly form: Form; readonly button: Button } => {
  for (const form of page.forms)
    for (const button of form.buttons) if (says(button.text, words)) return { form, button };
  const seen = page.forms.flatMap((form) => form.buttons.map((button) => button.text));
  throw new Error(
    `no button ${String(words)} on ${describe(page)}; it has: ${seen.join(' | ')}; it says: ${page.text.slice(0, 400)}`,
  );
};

const isChoice = (field: Field): boolean => field.type === 'radio' || field.type === 'checkbox';
const matches = (field: Field, wanted: string): boolean =>
  field.value === wanted || field.label === wanted || field.label.startsWith(`${wanted} `);

const isUpload = (wanted: Filled[string] | undefined): wanted is Upload =>
  typeof wanted === 'object' && 'bytes' in wanted;

const chosenBy = (wanted: Filled[string], field: Field): boolean => {
  if (wanted === true) return true;
  if (isUpload(wanted)) return false;
  return typeof wanted === 'string' ? matches(field, wanted) : wanted.some((one) => matches(field, one));
};

/** What is typed into the field that is the `index`th of its name. */
const typedInto = (field: Field, wanted: Filled[string] | undefined, index: number): string => {
  if (typeof wanted === 'string') return wanted;
  return Array.isArray(wanted) ? (wanted[index] ?? field.value) : field.value;
};

/** The fields as a browser would send them. */
const fieldsOf = (form: Form, button: Button, filled: Filled): URLSearchParams => {
  const sent = new URLSearchParams();
  const used = new Set<string>();
  const wantedFor = (field: Field): Filled[string] | undefined => {
    for (const [key, wanted] of Object.entries(filled)) {
      if (field.name === key || (!isChoice(field) && matches({ ...field, value: '' }, key))) {
        used.add(key);
        return wanted;
      }
      if (isChoice(field) && wanted === true && field.label.startsWith(key)) {
        used.add(key);
        return true;
      }
    }
    return undefined;
  };
  const seenOf = new Map<string, number>();
  for (const field of form.fields) {
    if (field.disabled || field.name === '') continue;
    const index = seenOf.get(field.name) ?? 0;
    seenOf.set(field.name, index + 1);
    const wanted = field.type === 'hidden' ? undefined : wantedFor(field);
    if (field.type === 'file') continue;
    if (isChoice(field)) {
      const on = wanted === undefined ? field.checked : chosenBy(wanted, field);
      if (on) sent.append(field.name, field.value);
    } else sent.append(field.name, typedInto(field, wanted, index));
  }
  const unused = Object.keys(filled).filter((key) => !used.has(key));
  if (unused.length > 0) {
    const seen = form.fields.map((field) => `${field.name} (${field.label})`).join(', ');
    throw new Error(`the form has no ${unused.join(', ')}; it has: ${seen}`);
  }
  if (button.name !== '') sent.append(button.name, button.value);
  return sent;
};

const fileOf = (filled: Filled, name: string): readonly [file: Blob, name: string] => {
  const wanted = filled[name];
  return isUpload(wanted)
    ? [new Blob([Uint8Array.from(wanted.bytes)], { type: wanted.type }), 'picture']
    : [new Blob([]), ''];
};

const encoded = async (form: Form, fields: URLSearchParams, filled: Filled): Promise<Outgoing> => {
  if (form.enctype !== 'multipart/form-data') {
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: fields.toString(),
    };
  }
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  for (const field of form.fields)
    if (field.type === 'file') data.append(field.name, ...fileOf(filled, field.name));
  const made = new Response(data);
  return {
    headers: { 'content-type': made.headers.get('content-type') ?? '' },
    body: new Uint8Array(await made.arrayBuffer()),
  };
};

export const createPerson = (origin: string): Person => {
  const jar = createCookieJar();
  const { origin: home } = new URL(origin);

  const send = async (url: URL, outgoing: Outgoing): Promise<Reply> => {
    const reply = await exchange(home, url.pathname + url.search, {
      ...outgoing,
      headers: {
        accept: 'text/html',
        'user-agent': BROWSER,
        ...(jar.header() === '' ? {} : { cookie: jar.header() }),
        ...(outgoing.headers as Record<string, string> | undefined),
      },
    });
    jar.take(reply.headers['set-cookie']);
    return reply;
  };

  const visit = async (start: URL, first: Outgoing): Promise<Page> => {
    let url = start;
    let outgoing = first;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const reply = await send(url, outgoing);
      const { location } = reply.headers;
      if (reply.status < 300 || reply.status > 399 || location === undefined)
        return { ...readPage(reply.text), url, reply, left: undefined };
      const next = new URL(location, url);
      if (next.origin !== home) return { ...readPage(''), url, reply, left: next };
      url = next;
      outgoing = {};
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects from ${start.pathname}`);
  };

  const formRequest = async (
    page: Page,
    words: Words,
    { filled = {}, fields: change, headers, outgoing }: Forgery,
  ): Promise<{ readonly url: URL; readonly outgoing: Outgoing }> => {
    const { form, button } = findButton(page, words);
    const fields = fieldsOf(form, button, filled);
    change?.(fields);
    const url = new URL(form.action === '' ? page.url.href : form.action, page.url);
    if (form.method === 'GET') return { url: new URL(`?${fields}`, url), outgoing: {} };
    const made = await encoded(form, fields, filled);
    const request: Outgoing = {
      method: 'POST',
      headers: {
        ...(made.headers as Record<string, string>),
        origin: home,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      ...(made.body === undefined ? {} : { body: made.body }),
    };
    return { url, outgoing: outgoing?.(request) ?? request };
  };

  return {
    open: (address) => visit(new URL(address, home), {}),
    follow(page, words) {
      const link = page.links.find((one) => says(one.text, words));
      if (link === undefined) {
        const seen = page.links.map((one) => one.text).join(' | ');
        throw new Error(`no link ${String(words)} on ${describe(page)}; it has: ${seen}`);
      }
      return visit(new URL(link.href, page.url), {});
    },
    async press(page, words, filled = {}) {
      const { url, outgoing } = await formRequest(page, words, { filled });
      return visit(url, outgoing);
    },
    async forge(page, words, change) {
      const { url, outgoing } = await formRequest(page, words, change);
      return send(url, outgoing);
    },
    cookies: jar.header,
  };
};
