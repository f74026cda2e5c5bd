// Logging out means it: tokens are revoked at the server that issued them, refresh token first, and everything that the
// chain could read is deleted in any case. What was and was not done is the answer.
import { revoke } from './exchanges.ts';
import { fail } from './failure.ts';
import type { Failure, Result } from './failure.ts';
import type { Io } from './io.ts';
import { withLock } from './store/lock.ts';
import { deletePrivateFile } from './store/private-file.ts';
import type { StoragePlace, StoreContext, TokenStore } from './store/token-store.ts';
import { displayPath } from './terminal/display-path.ts';
import type { TokenSet } from './token-set.ts';

export type SavedSignIn = {
  /** Returned in the report: the name of the source, and of the profile if there are several. */
  readonly name: string;
  readonly store: TokenStore;
  /** The app these tokens are of. Undefined: its owner ends them, this program only forgets them. */
  readonly client?: { readonly clientId: string; readonly clientSecret?: string | undefined } | undefined;
};

export type SignOutOptions = {
  readonly io: Io;
  readonly signIns: readonly SavedSignIn[];
  /** Other private files that sign in: a saved key. */
  readonly files?: readonly string[] | undefined;
  /** Only delete: no call is made. */
  readonly local?: boolean | undefined;
  readonly notice?: ((line: string) => void) | undefined;
};

export type TokenOutcome = {
  readonly signIn: string;
  readonly token: 'refresh' | 'access';
  readonly revoked: boolean;
  /** Why not; fit after "not revoked: ". */
  readonly reason?: string | undefined;
};

export type PlaceOutcome = {
  readonly place: StoragePlace;
  /** False with a failure: it is still there. False without: there was nothing. */
  readonly deleted: boolean;
  readonly failure?: Failure | undefined;
};

export type SignOutReport = {
  readonly tokens: readonly TokenOutcome[];
  readonly places: readonly PlaceOutcome[];
};

type TokenKind = TokenOutcome['token'];
type EndedSignIn = { readonly tokens: readonly TokenOutcome[]; readonly place: PlaceOutcome };

/** A renewal that is under way is waited for, so that it cannot save what was deleted; not for ever. */
const lockWaitMs = 5000;

/**
 * Revokes (RFC 7009) and deletes. It never fails as a whole: the report says of each token and place what was done, and why
 * not. Waits up to 5 s for each answer of a server, and as long for a renewal that is under way.
 */
export async function signOut(options: SignOutOptions): Promise<SignOutReport> {
  const ended = await Promise.all(options.signIns.map((signIn) => end(signIn, options)));
  const files: PlaceOutcome[] = [];
  for (const path of options.files ?? []) {
    const place: StoragePlace = { kind: 'file', name: displayPath(path, options.io) };
    files.push(outcomeOf(place, await deletePrivateFile(path)));
  }
  return {
    tokens: ended.flatMap(({ tokens }) => tokens),
    places: [...ended.map(({ place }) => place), ...files],
  };
}

async function end(signIn: SavedSignIn, options: SignOutOptions): Promise<EndedSignIn> {
  const context: StoreContext = { io: options.io, notice: options.notice };
  const place = await signIn.store.describe(context);
  const whileHolding = async (): Promise<Result<EndedSignIn>> => {
    const stored = await signIn.store.read(context);
    const tokens =
      stored.ok && stored.value !== undefined ? await revokeAll(signIn, stored.value, options) : [];
    const cleared = await signIn.store.clear(context);
    return { ok: true, value: { tokens, place: outcomeOf(place, cleared) } };
  };
  const path = await signIn.store.lockPath(context);
  // Ctrl-C ends the calls; it does not keep the sign-in.
  const io = { ...options.io, signal: new AbortController().signal };
  const locked = await withLock(path, io, whileHolding, { waitMs: lockWaitMs });
  const done = locked.ok ? locked : await whileHolding();
  return done.ok ? done.value : { tokens: [], place: outcomeOf(place, done) };
}

async function revokeAll(
  signIn: SavedSignIn,
  tokens: TokenSet,
  { io, local }: SignOutOptions,
): Promise<readonly TokenOutcome[]> {
  const { name, client } = signIn;
  const kept: readonly (readonly [TokenKind, string | undefined])[] = [
    ['refresh', tokens.refreshToken],
    ['access', tokens.accessToken],
  ];
  const outcomes: TokenOutcome[] = [];
  // A server that cannot be reached is not asked again for the second token.
  let gone: Failure | undefined;
  for (const [token, value] of kept) {
    if (value === undefined) continue;
    const answer =
      gone === undefined
        ? await revokeOne({ io, local, client, issuer: tokens.issuer }, token, value)
        : ({ ok: false, failure: gone } as const);
    if (!answer.ok && (answer.failure.kind === 'network' || answer.failure.kind === 'cancelled'))
      gone = answer.failure;
    outcomes.push({
      signIn: name,
      token,
      revoked: answer.ok,
      ...(!answer.ok && { reason: answer.failure.reason }),
    });
  }
  return outcomes;
}

async function revokeOne(
  at: Pick<SignOutOptions, 'io' | 'local'> & {
    readonly client: SavedSignIn['client'];
    readonly issuer: string;
  },
  token: TokenKind,
  value: string,
): Promise<Result<void>> {
  const { io, local, client, issuer } = at;
  if (local === true) return fail('configuration', 'only this computer was asked for');
  if (client === undefined)
    return fail('configuration', 'it belongs to an app of your own, whose owner ends it');
  return await revoke({ io, baseUrl: issuer, ...client, token: value, kind: token });
}

function outcomeOf(place: StoragePlace, cleared: Result<boolean>): PlaceOutcome {
  return cleared.ok ? { place, deleted: cleared.value } : { place, deleted: false, failure: cleared.failure };
}
