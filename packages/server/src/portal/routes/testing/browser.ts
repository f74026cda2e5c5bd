// A browser as far as pages need one: cookies, links, forms sent with the fields that the page wrote into them.
import { request } from 'node:http';

export type Shown = {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly setCookies: readonly string[];
  readonly body: string;
  /** Of a redirect. */
  readonly location: string;
};

export type Browser = {
  readonly cookies: Map<string, string>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Shown>;
  readonly send: (
    method: string,
    path: string,
    body: string | Uint8Array,
    headers?: Record<string, string>,
  ) => Promise<Shown>;
  readonly post: (
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<Shown>;
  /** Sends the form of the page whose action is `action`, with its own hidden fields and these. */
  readonly submit: (shown: Shown, action: string, fields?: Record<string, string>) => Promise<Shown>;
};

const unescape = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found === null ? undefined : unescape(found[1] ?? '');
};

export type FoundForm = { readonly action: string; readonly hidden: Readonly<Record<string, string>> };

/** The POST forms of a page, with their hidden fields. */
export const formsOf = (body: string): readonly FoundForm[] =>
  [...body.matchAll(/<form\s([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, tag = '']) => attribute(` ${tag}`, 'method') === 'post')
    .map(([, tag = '', inside = '']) => ({
      action: attribute(` ${tag}`, 'action') ?? '',
      hidden: Object.fromEntries(
        [...inside.matchAll(/<input\s[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
          attribute(input, 'name') ?? '',
          attribute(input, 'value') ?? '',
        ]),
      ),
    }));

const keep = (cookies: Map<string, string>, setCookies: readonly string[]): void => {
  for (const cookie of setCookies) {
    const [pair = '', ...traits] = cookie.split('; ');
    const mark = pair.indexOf('=');
    const name = pair.slice(0, mark);
    if (traits.includes('Max-Age=0')) cookies.delete(name);
    else cookies.set(name, pair.slice(mark + 1));
  }
};

export const openBrowser = (origin: string): Browser => {
  const cookies = new Map<string, string>();
  const send: Browser['send'] = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const { hostname, port } = new URL(origin);
      const sent = request(
        // The path as it stands: nothing may normalise what a test sends.
        { hostname, port, path, method, headers: { ...(cookie === '' ? {} : { cookie }), ...headers } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const setCookies = answer.headers['set-cookie'] ?? [];
            keep(cookies, setCookies);
            resolve({
              url: path,
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              setCookies,
              body: Buffer.concat(chunks).toString(),
              location: answer.headers.location ?? '',
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const post: Browser['post'] = (path, fields, headers = {}) =>
    send('POST', path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  return {
    cookies,
    send,
    get: (path, headers) => send('GET', path, '', headers),
    post,
    submit(shown, action, fields = {}) {
      const form = formsOf(shown.body).find((one) => one.action === action);
      if (form === undefined) throw new Error(`no form posts to ${action} on ${shown.url} (${shown.status})`);
      return post(action, { ...form.hidden, ...fields });
    },
  };
};
