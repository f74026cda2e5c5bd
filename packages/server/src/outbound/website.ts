// Whether a website that somebody else named answers: at most three redirects, each host checked anew [security 54].
import type { WebsiteAnswer } from '../domain/websites/website.ts';
import { ask, type Asked } from './ask.ts';
import { literalOf, resolvePublic, type Resolved, type ResolveHost } from './resolve.ts';

export type WebsitePorts = {
  readonly resolve: ResolveHost;
  readonly isPublic: (address: string) => boolean;
  /** What answers on another port is nobody's business. */
  readonly webPorts: ReadonlySet<string>;
  /** `address:port` that may be asked although they are not public: for development. */
  readonly allow: ReadonlySet<string>;
  /** For all of it. */
  readonly timeoutMs: number;
};

const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Somebody is there, and does not talk to programs, or not now. */
const STILL_ANSWERS: ReadonlySet<number> = new Set([401, 402, 403, 405, 406, 421, 429, 451]);

const portOf = (url: URL): string =>
  url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;

const isWeb = (url: URL): boolean =>
  (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';

const isAllowed = (url: URL, { allow }: WebsitePorts): boolean => allow.has(`${url.hostname}:${portOf(url)}`);

const addressesOf = (url: URL, ports: WebsitePorts, signal: AbortSignal): Promise<Resolved> =>
  isAllowed(url, ports)
    ? Promise.resolve({ kind: 'addresses', addresses: [literalOf(url.hostname)] })
    : resolvePublic(url.hostname, ports, signal);

const judge = ({ status }: Extract<Asked, { readonly kind: 'answered' }>): WebsiteAnswer => ({
  kind: status < 400 || STILL_ANSWERS.has(status) ? 'answers' : 'error-status',
  status,
});

const follow = async (first: URL, ports: WebsitePorts, signal: AbortSignal): Promise<WebsiteAnswer> => {
  let url = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    if (!isWeb(url)) return { kind: 'redirects' };
    const resolved = await addressesOf(url, ports, signal);
    if (resolved.kind !== 'addresses') return resolved;
    if (!ports.webPorts.has(portOf(url)) && !isAllowed(url, ports)) return { kind: 'other-port' };
    const asked = await ask(url, resolved.addresses, signal);
    if (asked.kind !== 'answered') return asked;
    if (!REDIRECTS.has(asked.status) || asked.location === undefined) return judge(asked);
    const next = URL.parse(asked.location, url);
    if (next === null) return { kind: 'redirects' };
    url = next;
  }
  return { kind: 'redirects' };
};

export const askWebsite = async (address: string, ports: WebsitePorts): Promise<WebsiteAnswer> => {
  const url = URL.parse(address);
  if (url === null || !isWeb(url)) return { kind: 'no-such-host' };
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), ports.timeoutMs);
  try {
    return await Promise.race([
      follow(url, ports, ended.signal),
      new Promise<WebsiteAnswer>((resolve) => {
        ended.signal.addEventListener('abort', () => resolve({ kind: 'unreachable' }), { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
};
