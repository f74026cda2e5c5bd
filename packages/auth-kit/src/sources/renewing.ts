// The common course of every cached source: use the cached token; when it ends, renew it under the lock after reading
// the cache again; never let an outage cost a sign-in.
import type * as nodeCrypto from 'node:crypto';
import { createRequire } from 'node:module';
import type { Credential, Resolution, ResolveContext } from '../credential.ts';
import { fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import { withLock } from '../store/lock.ts';
import { clearTokenCache, readTokenCache, writeTokenCache } from '../store/token-cache.ts';
import { displayPath } from '../terminal/display-path.ts';
import type { TokenSet } from '../token-set.ts';

export type Renewing = {
  readonly cachePath: string;
  readonly issuer: string;
  /** Hashes of the settings that are present now. A cached token made from others is not ours. */
  readonly bindings: Readonly<Record<string, string>>;
  /** Missing settings, when a renewal or a first exchange is impossible without them. */
  readonly missing: readonly string[];
  /** Said when there is nothing and no setting is missing. */
  readonly absent?: string;
  /** Undefined when these tokens cannot be renewed (no refresh token, no settings). */
  readonly renew: (cached: TokenSet | undefined) => (() => Promise<Result<TokenSet>>) | undefined;
  /** True when the server forgets the old token on renewal: then never without the lock. */
  readonly rotates: boolean;
  /** Turns the server's refusal into this source's words. */
  readonly explain: (failure: Failure) => Failure;
};

const earlyMs = 60_000;

export async function resolveRenewing(source: Renewing, context: ResolveContext): Promise<Resolution> {
  const { io } = context;
  const cached = await readOwn(source, context);
  if (cached !== undefined && isFresh(cached, context)) return usable(source, cached, context);
  const renew = source.renew(cached);
  if (renew === undefined) {
    if (cached !== undefined && isAlive(cached, context)) return usable(source, cached, context);
    if (cached === undefined || source.missing.length > 0)
      return { state: 'not-configured', missing: source.missing, reason: source.absent };
    return { state: 'failed', failure: source.explain(ended) };
  }
  if (context.offline === true) {
    const reason =
      cached === undefined
        ? 'configured; a token is fetched when it is needed'
        : `${displayPath(source.cachePath, io)}, renewed at the next call`;
    return { state: 'configured', reason, identity: cached?.identity };
  }
  const outcome = await renewLocked(source, context);
  if (outcome.ok) return usable(source, outcome.value, context);
  if (cached !== undefined && isAlive(cached, context) && outcome.failure.kind !== 'cancelled') {
    return usable(source, cached, context);
  }
  return { state: 'failed', failure: outcome.failure };
}

const ended: Failure = { kind: 'expired', reason: 'this sign-in has ended' };

async function renewLocked(source: Renewing, context: ResolveContext): Promise<Result<TokenSet>> {
  const locked = await withLock(source.cachePath, context.io, async () => {
    const cached = await readOwn(source, context);
    if (cached !== undefined && isFresh(cached, context)) return ok(cached);
    const renew = source.renew(cached);
    if (renew === undefined) return fail('expired', 'this sign-in was removed meanwhile');
    const renewed = await renew();
    if (!renewed.ok) {
      if (cached !== undefined && isDefinitive(renewed.failure))
        await clearTokenCache(source.cachePath, cached);
      return { ok: false, failure: source.explain(renewed.failure) };
    }
    const tokens = complete(source, renewed.value, cached);
    const saved = await writeTokenCache(source.cachePath, tokens);
    if (!saved.ok) context.notice(`The renewed token could not be saved: ${saved.failure.reason}`);
    return ok(tokens);
  });
  if (locked.ok || source.rotates || locked.failure.kind !== 'storage' || locked.failure.code === 'busy')
    return locked;
  // Nothing can be written here, and nothing is lost by asking again next time.
  const renewed = await source.renew(undefined)?.();
  if (renewed === undefined) return locked;
  context.notice(`The token could not be saved: ${locked.failure.reason}`);
  return renewed.ok ? renewed : { ok: false, failure: source.explain(renewed.failure) };
}

/** Of all answers only this one says that the stored tokens are dead (RFC 6749 section 5.2). */
function isDefinitive(failure: Failure): boolean {
  return failure.kind === 'rejected' && failure.code === 'invalid_grant';
}

async function readOwn(source: Renewing, context: ResolveContext): Promise<TokenSet | undefined> {
  const cached = await readTokenCache(source.cachePath, context.notice);
  if (cached === undefined || cached.issuer !== source.issuer) return undefined;
  const differs = Object.entries(source.bindings).some(([name, hash]) => cached.bindings?.[name] !== hash);
  return differs ? undefined : cached;
}

/** Renewed a little early, so that a token does not end on its way to the server. */
function isFresh(tokens: TokenSet, context: ResolveContext): boolean {
  if (context.fresh === true || tokens.accessToken === context.refused) return false;
  if (tokens.expiresAt === undefined) return true;
  const lifetimeMs = tokens.expiresAt - tokens.obtainedAt;
  return context.io.now() < tokens.expiresAt - Math.min(earlyMs, lifetimeMs / 10);
}

function isAlive(tokens: TokenSet, context: ResolveContext): boolean {
  return (
    context.fresh !== true &&
    tokens.accessToken !== context.refused &&
    (tokens.expiresAt === undefined || context.io.now() < tokens.expiresAt)
  );
}

function complete(source: Renewing, renewed: TokenSet, cached: TokenSet | undefined): TokenSet {
  return {
    ...renewed,
    bindings: { ...cached?.bindings, ...source.bindings, ...renewed.bindings },
    ...(cached?.identity !== undefined && { identity: cached.identity }),
    ...(cached?.renewal !== undefined && renewed.renewal === undefined && { renewal: cached.renewal }),
  };
}

function usable(source: Renewing, tokens: TokenSet, context: ResolveContext): Resolution {
  const credential: Credential = {
    token: tokens.accessToken,
    scheme: 'Bearer',
    origin: displayPath(source.cachePath, context.io),
    renews: source.renew(tokens) !== undefined,
    ...(tokens.expiresAt !== undefined && { expiresAt: tokens.expiresAt }),
    ...(tokens.identity !== undefined && { identity: tokens.identity }),
  };
  return { state: 'usable', credential };
}

const require = createRequire(import.meta.url);

/** Says whether a setting changed without keeping it. */
export function bindingsOf(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(values).length === 0) return {};
  // Loaded when there is something to hash: a saved browser sign-in starts faster without.
  const { createHash } = require('node:crypto') as typeof nodeCrypto;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      createHash('sha256').update(`${name}\n${value}`).digest('base64url').slice(0, 22),
    ]),
  );
}
