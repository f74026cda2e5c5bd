// `fetch` as people behind company networks need it: through their proxy, and trusting what their system trusts. Nothing
// of it is loaded where no proxy is set and every certificate is known.
import type * as nodeHttp from 'node:http';
import type * as nodeTls from 'node:tls';
import type { Proxy } from './proxy-settings.ts';
import { proxyFor } from './proxy-settings.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Fetch = typeof globalThis.fetch;

export function environmentFetch(env: Env): Fetch {
  return async (input, init) => {
    // Looked up at call time: touching the global loads Node's HTTP stack, which a cached command never needs.
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const proxy = proxyFor(url, env);
    if (!proxy.ok) throw new Error(proxy.failure.reason, { cause: proxy.failure });
    const send = async (): Promise<Response> =>
      proxy.value === undefined
        ? await fetchDirectly(url, input, init)
        : await fetchThrough(proxy.value, input, init);
    try {
      return await send();
    } catch (error) {
      // The connection was never made, so nothing is sent twice.
      const again = isUntrusted(error) && !(init?.body instanceof ReadableStream) && (await trustSystem());
      if (again) return await send();
      throw error;
    }
  };
}

/** In Node's own proxy support, which once switched on is for every request but those to these hosts. */
const direct = new Set<string>();
let switchedOn: { readonly address: string; readonly http: CoreHttp } | undefined;

type CoreHttp = Partial<Pick<typeof nodeHttp, 'setGlobalProxyFromEnv'>>;

async function fetchDirectly(url: URL, ...request: Parameters<Fetch>): Promise<Response> {
  if (switchedOn !== undefined) {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    direct.add(`${url.hostname}:${port}`);
    switchOn(switchedOn.http, switchedOn.address);
  }
  return await globalThis.fetch(...request);
}

async function fetchThrough(proxy: Proxy, ...request: Parameters<Fetch>): Promise<Response> {
  try {
    const http: CoreHttp = await import('node:http');
    if (http.setGlobalProxyFromEnv === undefined) return await fetchByUndici(proxy, ...request);
    switchOn(http, proxy.address);
    return await globalThis.fetch(...request);
  } catch (error) {
    // So that a message can name the proxy.
    throw Object.assign(new Error('fetch failed', { cause: error }), { proxy });
  }
}

let switched = '';

function switchOn(http: CoreHttp, address: string): void {
  const wanted = { https_proxy: address, http_proxy: address, no_proxy: [...direct].join(',') };
  const text = JSON.stringify(wanted);
  if (switched !== text) http.setGlobalProxyFromEnv?.(wanted);
  switched = text;
  switchedOn = { address, http };
}

const agents = new Map<string, unknown>();

/** Node before 24. Its own `fetch` does not take an agent of another version, so both come from the library. */
async function fetchByUndici(proxy: Proxy, ...[input, init]: Parameters<Fetch>): Promise<Response> {
  const undici = await import('undici');
  const agent = agents.get(proxy.address) ?? new undici.ProxyAgent(proxy.address);
  agents.set(proxy.address, agent);
  const fetch = undici.fetch as unknown as Fetch;
  return await fetch(input, { ...init, dispatcher: agent } as RequestInit);
}

const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function isUntrusted(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && untrusted.has(cause.code)) return true;
  }
  return false;
}

type CoreTls = Partial<Pick<typeof nodeTls, 'getCACertificates' | 'setDefaultCACertificates'>>;

let systemIsTrusted = false;

/** True when it made a difference: once in a process, on Nodes that can read the system's store. */
async function trustSystem(): Promise<boolean> {
  const tls: CoreTls = await import('node:tls');
  if (systemIsTrusted || !tls.getCACertificates || !tls.setDefaultCACertificates) return false;
  systemIsTrusted = true;
  const known = new Set(tls.getCACertificates('default'));
  const system = tls.getCACertificates('system').filter((certificate) => !known.has(certificate));
  if (system.length === 0) return false;
  tls.setDefaultCACertificates([...known, ...system]);
  return true;
}
