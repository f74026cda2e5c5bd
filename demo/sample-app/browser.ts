// Tests only: a browser of few words. It keeps the app's cookie, follows nothing by itself, and presses buttons.

export type Page = { readonly status: number; readonly text: string; readonly headers: Headers };

export type Browser = {
  readonly get: (target: string, headers?: Readonly<Record<string, string>>) => Promise<Page>;
  readonly post: (
    target: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Page>;
  /** Reads the home page, posts the form behind this path with its hidden token, and reads the page that follows. */
  readonly press: (path: string) => Promise<Page>;
  readonly cookie: () => string;
};

export const openBrowser = (origin: string): Browser => {
  let cookie = '';
  const ask = async (
    target: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Page> => {
    const answer = await fetch(`${origin}${target}`, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie === '' ? {} : { cookie }) },
    });
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';', 1)[0] ?? '';
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const browser: Browser = {
    get: (target, headers = {}) => ask(target, { headers }),
    post: (target, form, headers = {}) =>
      ask(target, {
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),
    press: async (path) => {
      const home = await browser.get('/');
      const form = home.text.split('<form').find((part) => part.includes(`action="${path}"`)) ?? '';
      const form_token = /name="form_token" value="([^"]+)"/.exec(form)?.[1] ?? '';
      const answer = await browser.post(path, { form_token });
      return answer.status === 303 ? browser.get(answer.headers.get('location') ?? '/') : answer;
    },
    cookie: () => cookie,
  };
  return browser;
};

/** The page's text as a person reads it. */
export const readable = ({ text }: Page): string =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
