// The keychain when it answers at login, else the file, with a plain statement. A login decides; afterwards the file says
// where the sign-in is, so that no later command has to guess, and a keychain that is down is not taken for signed out.
import { ok } from '../failure.ts';
import { displayPath } from '../terminal/display-path.ts';
import { fileStore } from './file-store.ts';
import { keychainStore } from './keychain-store.ts';
import type { KeychainOptions } from './keychain-store.ts';
import { deletePrivateFile, loadPrivateFile, writePrivateFile } from './private-file.ts';
import { holds } from './token-store.ts';
import type { StoreContext, TokenStore } from './token-store.ts';

export type AutoStoreOptions = { readonly path: string; readonly keychain: KeychainOptions };

const pointer = `${JSON.stringify({ version: 1, storedIn: 'keychain' })}\n`;

/** `path` holds the sign-in, or says that the keychain does. Fails as the store in use does, with `storage`. */
export function autoStore({ path, keychain: options }: AutoStoreOptions): TokenStore {
  const file = fileStore(path);
  const keychain = keychainStore(options);
  let decided: TokenStore | undefined;
  const current = async (context: StoreContext): Promise<TokenStore> =>
    (await isPointer(path, context)) ? keychain : file;
  const read: TokenStore['read'] = async (context) => (await current(context)).read(context);
  const keepInFile: TokenStore['write'] = async (tokens, context) => {
    const before = await isPointer(path, context);
    const saved = await file.write(tokens, context);
    if (saved.ok && before) await keychain.clear(context);
    return saved;
  };
  const decide = async (context: StoreContext): Promise<TokenStore> => {
    const proven = await keychain.proveWritable(context);
    if (!proven.ok) context.notice?.(inFile(proven.failure.reason, path, context));
    return proven.ok ? keychain : file;
  };
  return {
    read,
    write: async (tokens, context) => {
      const stored = await read(context);
      // A renewal goes where its sign-in is.
      const known = stored.ok && stored.value !== undefined ? await current(context) : undefined;
      decided = decided ?? known ?? (await decide(context));
      if (decided === file) return await keepInFile(tokens, context);
      const saved = await keychain.write(tokens, context);
      if (saved.ok) return await writePrivateFile(path, pointer);
      // Better in the file than lost: the server may have forgotten the token before.
      context.notice?.(inFile(saved.failure.reason, path, context));
      return await keepInFile(tokens, context);
    },
    clear: async (context, onlyIf) => {
      if (onlyIf !== undefined && !(await holds(read, context, onlyIf))) return ok(false);
      const kept = await isPointer(path, context);
      const inKeychain = kept ? await keychain.clear(context) : ok(false);
      if (!inKeychain.ok) return inKeychain;
      const inFileToo = await deletePrivateFile(path);
      return inFileToo.ok ? ok(inKeychain.value || inFileToo.value) : inFileToo;
    },
    describe: async (context) => (await current(context)).describe(context),
    proveWritable: async (context) => {
      decided = await decide(context);
      return await file.proveWritable(context);
    },
    lockPath: async (context) => (await current(context)).lockPath(context),
  };
}

function inFile(why: string, path: string, { io }: StoreContext): string {
  return `The keychain is not used: ${why}. The sign-in is kept in ${displayPath(path, io)}, readable only by you.`;
}

async function isPointer(path: string, { notice }: StoreContext): Promise<boolean> {
  const text = await loadPrivateFile(path, notice);
  return text.ok && text.value === pointer;
}
