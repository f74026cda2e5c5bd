// RFC 8628 section 6.1: the code that a person compares or types. Alphabet and tolerance as protocol.md section 7.

/** 30 symbols without 0 O 1 I L U, and no lower case: nothing that is read or typed wrongly. */
export const userCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

export const userCodeLength = 8;

/** `LMT`, `LFT`: which product's page a code belongs to. */
const prefixForm = /^[A-Z]{3}$/;

/** `7QX29KFP` as `LMT-7QX2-9KFP`. */
export function formatUserCode(prefix: string, symbols: string): string {
  if (!prefixForm.test(prefix) || !isSymbols(symbols)) {
    throw new TypeError('a user code has a prefix of three letters and eight symbols of the alphabet');
  }
  return `${prefix}-${symbols.slice(0, 4)}-${symbols.slice(4)}`;
}

/**
 * The eight symbols of what a person typed: case, dashes and spaces ignored, with the prefix or without it.
 * Undefined when it cannot be a code of this prefix, so that no guess is counted for a slip of the paste buffer.
 */
export function normaliseUserCode(prefix: string, typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const compact = typed.toUpperCase().replaceAll(/[\s\-‐-―−]/gu, '');
  const symbols =
    compact.length === prefix.length + userCodeLength && compact.startsWith(prefix)
      ? compact.slice(prefix.length)
      : compact;
  return isSymbols(symbols) ? symbols : undefined;
}

/** Picks symbols by rejection, so that each is equally likely; `randomByte` answers 0 to 255. */
export function pickUserCode(randomByte: () => number): string {
  const limit = 256 - (256 % userCodeAlphabet.length);
  let symbols = '';
  while (symbols.length < userCodeLength) {
    const byte = randomByte();
    if (byte < limit) symbols += userCodeAlphabet.charAt(byte % userCodeAlphabet.length);
  }
  return symbols;
}

function isSymbols(text: string): boolean {
  if (text.length !== userCodeLength) return false;
  for (const symbol of text) if (!userCodeAlphabet.includes(symbol)) return false;
  return true;
}
