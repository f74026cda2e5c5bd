// A cookie jar for one host: enough of RFC 6265 to be signed in.

export type CookieJar = {
  readonly header: () => string;
  readonly take: (setCookie: readonly string[] | undefined) => void;
};

const endsIt = (attributes: readonly string[]): boolean =>
  attributes.some((one) => {
    const [name = '', value = ''] = one.trim().split('=');
    if (/^max-age$/i.test(name)) return Number(value) <= 0;
    return /^expires$/i.test(name) && Date.parse(value) <= Date.now();
  });

export const createCookieJar = (): CookieJar => {
  const values = new Map<string, string>();
  return {
    header: () => [...values].map(([name, value]) => `${name}=${value}`).join('; '),
    take(setCookie) {
      for (const line of setCookie ?? []) {
        const [pair = '', ...attributes] = line.split(';');
        const mark = pair.indexOf('=');
        const name = pair.slice(0, mark).trim();
        if (endsIt(attributes)) values.delete(name);
        else values.set(name, pair.slice(mark + 1).trim());
      }
    },
  };
};
