// Logo: a picture of an app, re-encoded as PNG and named by its hash.
import type { Domain } from '../domain.ts';

export const logoUrl = (hash: string): string => `/logos/${hash}`;

/** How long a picture that no app names stays. */
export const UNUSED_KEPT_MS = 24 * 3_600_000;

/** Whether a picture of this hash was added, and is kept for the app that names it; none named is as good. */
export const isLogo = async (
  domain: Pick<Domain, 'stores' | 'now'>,
  hash: string | undefined,
): Promise<boolean> => hash === undefined || domain.stores.logos.keep(hash, domain.now());
