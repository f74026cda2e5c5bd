// Which proxy a request goes through: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY in either case, as curl reads them.
// What goes to this machine goes to this machine.
import { fail, ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import { isLoopbackHost } from './base-url.ts';

export type Proxy = {
  /** With user name and password, if it has them. */
  readonly address: string;
  /** The variable that names it. */
  readonly from: string;
};

type Env = Readonly<Record<string, string | undefined>>;

const variables = {
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
} as const;

/** Undefined: directly. */
export function proxyFor(url: URL, env: Env): Result<Proxy | undefined> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return ok(undefined);
  const from = variables[url.protocol].find((name) => (env[name] ?? '').trim() !== '');
  if (from === undefined || isLoopbackHost(url.hostname) || isExcepted(url, env)) return ok(undefined);
  const text = (env[from] ?? '').trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return fail('configuration', `${from} names a proxy that cannot be used`, {
      next: `set ${from} to something like http://proxy.example.com:3128`,
    });
  }
  return ok({ address: new URL(address).href, from });
}

/** The proxy's name without what it is to be told. */
export function nameProxy({ address, from }: Proxy): string {
  return `the proxy ${new URL(address).host} (${from})`;
}

function isExcepted(url: URL, env: Env): boolean {
  const hostname = url.hostname.toLowerCase().replace(/\.$/, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const entries = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => {
    if (entry === '*') return true;
    const [, host = entry, onlyPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
    if (onlyPort !== undefined && onlyPort !== port) return false;
    const suffix = host.replace(/^\*?\./, '');
    return suffix !== '' && (hostname === suffix || hostname.endsWith(`.${suffix}`));
  });
}
