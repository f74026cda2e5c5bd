// User codes as the database knows them: eight symbols, hashed under a key outside of it.
import { normaliseUserCode } from '@latchkey/protocol';
import type { Domain } from '../domain.ts';

/** The eight symbols of what was typed, with any product's prefix or none; undefined if it can be no code. */
export const typedSymbols = (typed: string): string | undefined => {
  const prefix = typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, 3);
  return normaliseUserCode(prefix, typed);
};

export const userCodeHash = (domain: Pick<Domain, 'secrets'>, symbols: string): Uint8Array =>
  domain.secrets.lowEntropyHash('user-code', symbols);
