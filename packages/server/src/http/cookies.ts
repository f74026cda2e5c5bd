// Our cookies: HttpOnly, SameSite=Lax, on the whole site; `__Host-` and Secure except where the issuer is http on
// loopback, where browsers would drop them (protocol.md 10).

export type CookieJar = {
  /** The session's secret. */
  readonly session: string;
  /** The secret of a sign-in that owes its second step. */
  readonly half: string;
  /** A random value for forms of people who are not signed in. */
  readonly browser: string;
  /** The workspace that lists are shown of. */
  readonly workspace: string;
  /** Which line the next page shows at its top. */
  readonly flash: string;
  readonly set: (name: string, value: string, maxAgeSeconds: number) => string;
  readonly clear: (name: string) => string;
};

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

export const createCookieJar = (issuer: string): CookieJar => {
  const { protocol, hostname } = new URL(issuer);
  const plain = protocol === 'http:' && LOOPBACK_HOSTS.has(hostname);
  const named = (name: string): string => (plain ? `latchkey-${name}` : `__Host-latchkey-${name}`);
  const traits = `Path=/; HttpOnly; SameSite=Lax${plain ? '' : '; Secure'}`;
  const set = (name: string, value: string, maxAgeSeconds: number): string =>
    `${name}=${value}; Max-Age=${maxAgeSeconds}; ${traits}`;
  return {
    session: named('session'),
    half: named('half'),
    browser: named('browser'),
    workspace: named('workspace'),
    flash: named('flash'),
    set,
    clear: (name) => set(name, '', 0),
  };
};

const VALUE = /^[\w.~%+-]*$/;

/** The value of a cookie; undefined when it is absent or there twice, for then one of them is not ours. */
export const cookieValue = (header: string | undefined, name: string): string | undefined => {
  if (header === undefined) return undefined;
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [only, second] = values;
  return second === undefined && only !== undefined && VALUE.test(only) ? only : undefined;
};
