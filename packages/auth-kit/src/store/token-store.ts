// Where one sign-in is kept: the one interface of all places.
import type { Result } from '../failure.ts';
import type { Io } from '../io.ts';
import type { TokenSet } from '../token-set.ts';
import type { Notice } from './private-file.ts';

export type StoreContext = { readonly io: Io; readonly notice?: Notice | undefined };

export type StoragePlace = {
  readonly kind: 'file' | 'keychain';
  /** For people: a shortened path, or the name of the keychain. */
  readonly name: string;
};

export type TokenStore = {
  /** Undefined when nothing is stored. A failure when something may be there and cannot be had. */
  readonly read: (context: StoreContext) => Promise<Result<TokenSet | undefined>>;
  readonly write: (tokens: TokenSet, context: StoreContext) => Promise<Result<void>>;
  /** With `onlyIf`, only while it holds those tokens. True when something was there and is gone now. */
  readonly clear: (
    context: StoreContext,
    onlyIf?: { readonly accessToken: string },
  ) => Promise<Result<boolean>>;
  readonly describe: (context: StoreContext) => Promise<StoragePlace>;
  /** Asked before a login: can its result be saved? Leaves nothing behind. */
  readonly proveWritable: (context: StoreContext) => Promise<Result<void>>;
  /** What the lock of a renewal stands beside: shared by exactly those processes that share the tokens. */
  readonly lockPath: (context: StoreContext) => Promise<string>;
};

/** Another process may have saved good tokens since those failed. */
export async function holds(
  read: TokenStore['read'],
  context: StoreContext,
  { accessToken }: { readonly accessToken: string },
): Promise<boolean> {
  const stored = await read(context);
  return stored.ok && stored.value?.accessToken === accessToken;
}
