// Whom a saved sign-in is for, added once somebody has asked the API.
import type { Result } from '../failure.ts';
import { ok } from '../failure.ts';
import type { Identity } from '../identity.ts';
import { withLock } from './lock.ts';
import type { StoreContext, TokenStore } from './token-store.ts';

/**
 * Keeps what is stored but for the identity. Writes nothing when these are not the stored tokens any more; fails with
 * `storage` when the store, or its lock within 30 s, cannot be had.
 */
export async function rememberIdentity(
  store: TokenStore,
  accessToken: string,
  identity: Identity,
  context: StoreContext,
): Promise<Result<void>> {
  return await withLock(await store.lockPath(context), context.io, async () => {
    const stored = await store.read(context);
    if (!stored.ok) return stored;
    if (stored.value?.accessToken !== accessToken) return ok(undefined);
    return await store.write({ ...stored.value, identity }, context);
  });
}
