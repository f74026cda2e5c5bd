// One sign-in in a private file: the default place, and what a bare `cachePath` means.
import { ok } from '../failure.ts';
import { displayPath } from '../terminal/display-path.ts';
import { deletePrivateFile, proveWritable } from './private-file.ts';
import { loadTokenCache, refuseNewer, writeTokenCache } from './token-cache.ts';
import { holds } from './token-store.ts';
import type { TokenStore } from './token-store.ts';

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
