// A person at a browser, as far as a server without scripts needs one: keeps cookies, follows redirects, fills in
// whatever form is on the page and submits it, until there is none.

export type Visit = {
  /** Where it ended. */
  readonly url: string;
  readonly status: number;
  readonly text: string;
};

/** What they type into fields by name; hidden fields are sent as they are. */
export async function visit(start: string, typed: Readonly<Record<string, string>>): Promise<Visit> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 30; steps += 1) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form !== undefined && { method: 'POST', body: form }),
    });
    keep(cookies, answer.headers);
    const text = await answer.text();
    const location = answer.headers.get('location');
    const next = location === null ? readForm(text, typed) : { action: location, fields: undefined };
    if (next === undefined) return { url, status: answer.status, text };
    url = new URL(next.action === '' ? url : next.action, url).href;
    form = next.fields;
  }
  throw new Error(`The pages never end: ${url}`);
}

function keep(cookies: Map<string, string>, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1);
    if (value === '') cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), value);
  }
}

/** The first form that is posted, with its hidden fields and what this person types. */
function readForm(
  html: string,
  typed: Readonly<Record<string, string>>,
): { readonly action: string; readonly fields: URLSearchParams } | undefined {
  const form = /<form[^>]*method="post"[\s\S]*?<\/form>/.exec(html)?.[0];
  if (form === undefined) return undefined;
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(input, 'name');
    const value = typed[name] ?? attribute(input, 'value');
    if (name !== '') fields.set(name, value);
  }
  return { action: attribute(form, 'action'), fields };
}

function attribute(tag: string, name: string): string {
  const raw = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return raw.replaceAll('&amp;', '&');
}
