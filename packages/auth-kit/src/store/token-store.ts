// Where one sign-in is kept: the one interface of all places, and the file, which is the default.
import { ok } from '../failure.ts';
import type { Result } from '../failure.ts';
import type { Io } from '../io.ts';
import { displayPath } from '../terminal/display-path.ts';
import type { TokenSet } from '../token-set.ts';
import { deletePrivateFile, proveWritable } from './private-file.ts';
import type { Notice } from './private-file.ts';
import { loadTokenCache, refuseNewer, writeTokenCache } from './token-cache.ts';

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

/** A source keeps its tokens in a file of this path, or wherever the store says. */
export type Keeping =
  | { readonly cachePath: string; readonly store?: undefined }
  | { readonly store: TokenStore; readonly cachePath?: undefined };

export function storeOf(keeping: Keeping): TokenStore {
  return keeping.store ?? fileStore(keeping.cachePath);
}

/** The private file at `path`: directory 0700, file 0600, replaced as a whole. */
export function fileStore(path: string): TokenStore {
  const read: TokenStore['read'] = ({ notice }) => loadTokenCache(path, notice);
  return {
    read,
    write: (tokens) => writeTokenCache(path, tokens),
    clear: async (context, onlyIf) => {
      if (onlyIf !== undefined && !(await holds(read, context, onlyIf))) return ok(false);
      return await deletePrivateFile(path);
    },
    describe: ({ io }) => Promise.resolve({ kind: 'file', name: displayPath(path, io) }),
    proveWritable: async () => {
      const refused = await refuseNewer(path);
      return refused.ok ? await proveWritable(path) : refused;
    },
    lockPath: () => Promise.resolve(path),
  };
}

/** Another process may have saved good tokens since those failed. */
export async function holds(
  read: TokenStore['read'],
  context: StoreContext,
  { accessToken }: { readonly accessToken: string },
): Promise<boolean> {
  const stored = await read(context);
  return stored.ok && stored.value?.accessToken === accessToken;
}
