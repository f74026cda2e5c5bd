// From a host's name to addresses that may be connected to. Asked once: what is checked here is what is connected to, so
// that a name which answers differently the second time gains nothing (DNS rebinding).
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Every address of the name; empty: there is no such host. Throws when nobody could say. */
export type ResolveHost = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

export type Resolved =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'no-such-host' | 'not-public' | 'unreachable' };

const NO_SUCH: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

const orNone = async (asked: Promise<readonly string[]>): Promise<readonly string[]> => {
  try {
    return await asked;
  } catch (error) {
    if (NO_SUCH.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
};

/** By DNS alone, without a thread of the pool; names of this machine's own hosts file are not known. */
export const resolveByDns: ResolveHost = async (host, signal) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [four, six] = await Promise.allSettled([
      orNone(resolver.resolve4(host)),
      orNone(resolver.resolve6(host)),
    ]);
    const found = [four, six].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (found.length === 0 && four.status === 'rejected') throw four.reason;
    if (found.length === 0 && six.status === 'rejected') throw six.reason;
    return found;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};

/** An IPv6 address without the brackets of a URL. */
export const literalOf = (host: string): string => host.replace(/^\[|\]$/g, '');

type ResolvePorts = { readonly resolve: ResolveHost; readonly isPublic: (address: string) => boolean };

/** One address that is not public spoils the name: nobody's website has such a one beside it. */
export const resolvePublic = async (
  host: string,
  { resolve, isPublic }: ResolvePorts,
  signal: AbortSignal,
): Promise<Resolved> => {
  const literal = literalOf(host);
  let addresses: readonly string[];
  try {
    addresses = isIP(literal) === 0 ? await resolve(host, signal) : [literal];
  } catch {
    return { kind: 'unreachable' };
  }
  if (addresses.length === 0) return { kind: 'no-such-host' };
  return addresses.every(isPublic) ? { kind: 'addresses', addresses } : { kind: 'not-public' };
};
