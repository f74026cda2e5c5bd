/** Owns a look at what a login saved: what cannot be read counts as nothing, and ends no command. */
import type { Io, TokenSet } from '@latchkey/auth-kit';
import { fileStore } from '@latchkey/auth-kit';

export async function savedTokens(io: Io, path: string): Promise<TokenSet | undefined> {
  const found = await fileStore(path).read({ io });
  return found.ok ? found.value : undefined;
}
