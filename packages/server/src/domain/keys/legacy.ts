// Keys that the API owner gave out before: imported as they are, so that no script of anybody breaks. They carry no id and
// are found by a part of their HMAC under a key that is not in the database (protocol.md 1); lists label them Legacy Token.
import type { Domain } from '../domain.ts';
import type { KeyId } from './key.ts';

const LOOKUP_BYTES = 16;
const SHAPE = /^[A-Za-z0-9._~+/=-]{20,2048}$/;

/** Long enough not to be guessed, and no secret of ours. */
export const isLegacyShaped = (text: string, opaqueKeyPrefix: string): boolean =>
  SHAPE.test(text) && !text.startsWith('lk_') && !text.startsWith(opaqueKeyPrefix);

/** Under the newest key first: that one is stored. */
export const legacyLookups = (domain: Pick<Domain, 'secrets'>, text: string): readonly Uint8Array[] =>
  domain.secrets.lowEntropyHashes('legacy-key', text).map((hash) => hash.subarray(0, LOOKUP_BYTES));

export const findLegacyKeyId = async (
  domain: Pick<Domain, 'secrets' | 'stores' | 'settings'>,
  text: string,
): Promise<KeyId | undefined> => {
  if (!isLegacyShaped(text, domain.settings.opaqueKeyPrefix)) return undefined;
  for (const lookup of legacyLookups(domain, text)) {
    const id = await domain.stores.keys.findLegacy(lookup);
    if (id !== undefined) return id;
  }
  return undefined;
};
