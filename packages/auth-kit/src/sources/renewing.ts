// The common course of every cached source: use the cached token; when it ends, renew it under the lock after reading
// the cache again; never let an outage cost a sign-in.
import type * as nodeCrypto from 'node:crypto';
import { createRequire } from 'node:module';
import type { Credential, Resolution, ResolveContext } from '../credential.ts';
import { cancelled, fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';
import { withLock } from '../store/lock.ts';
import type { TokenStore } from '../store/token-store.ts';
import type { TokenSet } from '../token-set.ts';

export type Renewing = {
  readonly store: TokenStore;
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
/** Longest time spent waiting for Retry-After in one renewal; others wait at the lock meanwhile. */
const patienceMs = 10_000;
const lockWaitMs = 45_000;

export async function resolveRenewing(source: Renewing, context: ResolveContext): Promise<Resolution> {
  const { io } = context;
  const own = await readOwn(source, context);
  if (!own.ok) return { state: 'failed', failure: own.failure };
  const cached = own.value;
  if (cached !== undefined && isFresh(cached, context)) return await usable(source, cached, context);
  const renew = source.renew(cached);
  if (renew === undefined) {
    if (cached !== undefined && isAlive(cached, context)) return await usable(source, cached, context);
    if (cached === undefined || source.missing.length > 0)
      return { state: 'not-configured', missing: source.missing, reason: source.absent };
    return { state: 'failed', failure: source.explain(ended) };
  }
  if (context.offline === true) {
    const reason =
      cached === undefined
        ? 'configured; a token is fetched when it is needed'
        : `${(await source.store.describe({ io })).name}, renewed at the next call`;
    return { state: 'configured', reason, identity: cached?.identity };
  }
  const outcome = await renewLocked(source, context);
  if (outcome.ok) return await usable(source, outcome.value, context);
  if (cached !== undefined && isAlive(cached, context) && outcome.failure.kind !== 'cancelled') {
    return await usable(source, cached, context);
  }
  return { state: 'failed', failure: outcome.failure };
}

const ended: Failure = { kind: 'expired', reason: 'this sign-in has ended' };

async function renewLocked(source: Renewing, context: ResolveContext): Promise<Result<TokenSet>> {
  const path = await source.store.lockPath(context);
  const { kind } = await source.store.describe(context);
  const locked = await withLock(path, context.io, () => renewHolding(source, context), {
    waitMs: lockWaitMs,
    // A file is read in no time; each look into a keychain is a process.
    meanwhile: kind === 'file' ? () => freshOwn(source, context) : undefined,
  });
  if (locked.ok || source.rotates || locked.failure.kind !== 'storage' || locked.failure.code === 'busy')
    return locked;
  // Nothing can be written here, and nothing is lost by asking again next time.
  const renewed = await source.renew(undefined)?.();
  if (renewed === undefined) return locked;
  context.notice(`The token could not be saved: ${locked.failure.reason}`);
  return renewed.ok ? renewed : { ok: false, failure: source.explain(renewed.failure) };
}

async function freshOwn(source: Renewing, context: ResolveContext): Promise<TokenSet | undefined> {
  const stored = await source.store.read(context);
  const cached = stored.ok ? ownOf(source, stored.value) : undefined;
  return cached !== undefined && isFresh(cached, context) ? cached : undefined;
}

/** Reads again first: another process may have renewed while this one waited for the lock. */
async function renewHolding(source: Renewing, context: ResolveContext): Promise<Result<TokenSet>> {
  const before = await source.store.read(context);
  if (!before.ok && source.rotates) return before;
  const stored = before.ok ? before.value : undefined;
  const cached = ownOf(source, stored);
  if (cached !== undefined && isFresh(cached, context)) return ok(cached);
  const renew = source.renew(cached);
  if (renew === undefined) return fail('expired', 'this sign-in was removed meanwhile');
  const patient = cached === undefined || !isAlive(cached, context);
  const renewed = patient ? await renewPatiently(renew, context) : await renew();
  if (!renewed.ok) {
    if (cached !== undefined && isDefinitive(renewed.failure)) await source.store.clear(context, cached);
    return { ok: false, failure: source.explain(renewed.failure) };
  }
  const tokens = complete(source, renewed.value, cached);
  const now = await source.store.read(context);
  // A login that ended meanwhile is newer than the sign-in that was renewed here.
  if (now.ok && now.value?.accessToken !== stored?.accessToken) return ok(tokens);
  const saved = await source.store.write(tokens, context);
  if (!saved.ok) context.notice(`The renewed token could not be saved: ${saved.failure.reason}`);
  return ok(tokens);
}

/** With no token left to use, a wait that the server asked for is better than a failure. */
async function renewPatiently(
  renew: () => Promise<Result<TokenSet>>,
  { io }: ResolveContext,
): Promise<Result<TokenSet>> {
  let leftMs = patienceMs;
  for (;;) {
    const answer = await renew();
    const seconds = answer.ok ? undefined : answer.failure.retryAfterSeconds;
    if (seconds === undefined || seconds * 1000 > leftMs) return answer;
    // A wait of zero still costs something, or a server could keep us busy for ever.
    const waitMs = Math.max(seconds * 1000, 1000);
    leftMs -= waitMs;
    await io.sleep(waitMs, io.signal);
    if (io.signal.aborted) return cancelled;
  }
}

/** Of all answers only this one says that the stored tokens are dead (RFC 6749 section 5.2). */
function isDefinitive(failure: Failure): boolean {
  return failure.kind === 'rejected' && failure.code === 'invalid_grant';
}

async function readOwn(source: Renewing, context: ResolveContext): Promise<Result<TokenSet | undefined>> {
  const stored = await source.store.read(context);
  if (stored.ok) return ok(ownOf(source, stored.value));
  if (source.rotates) return stored;
  context.notice(`A saved token cannot be used: ${stored.failure.reason}`);
  return ok(undefined);
}

function ownOf(source: Renewing, stored: TokenSet | undefined): TokenSet | undefined {
  if (stored === undefined || stored.issuer !== source.issuer) return undefined;
  const differs = Object.entries(source.bindings).some(([name, hash]) => stored.bindings?.[name] !== hash);
  return differs ? undefined : stored;
}

/** Renewed a little early, so that a token does not end on its way to the server. */
function isFresh(tokens: TokenSet, context: ResolveContext): boolean {
  if (context.fresh === true || tokens.accessToken === context.refused) return false;
  if (tokens.expiresAt === undefined) return true;
  // Tokens from the future: the clock was set back since, so how long they still live cannot be told.
  if (tokens.obtainedAt > context.io.now() + earlyMs) return false;
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

async function usable(source: Renewing, tokens: TokenSet, context: ResolveContext): Promise<Resolution> {
  const storage = await source.store.describe(context);
  const credential: Credential = {
    token: tokens.accessToken,
    scheme: 'Bearer',
    origin: storage.name,
    storage,
    renews: source.renew(tokens) !== undefined,
    ...(tokens.expiresAt !== undefined && { expiresAt: tokens.expiresAt }),
    ...(tokens.clockSkewMs !== undefined && { clockSkewMs: tokens.clockSkewMs }),
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
