// Recovery codes: ten, for a lost phone; each works once. Kept as HMACs under a key that is not in the database.
import { timingSafeEqual } from 'node:crypto';
import type { Domain } from '../domain.ts';
import type { RecoveryCode } from './factor.ts';

const RECOVERY_CODES = 10;
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** Even over the alphabet: bytes beyond its last whole multiple are thrown away. */
const newText = (domain: Pick<Domain, 'secrets'>): string => {
  const limit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < LENGTH) {
    for (const byte of domain.secrets.random(LENGTH)) {
      if (byte < limit && text.length < LENGTH) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
};

const kind = (userId: number): string => `recovery-code ${userId}`;

/** As typed: capitals, dashes and spaces do not matter. */
const normal = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, '');

export const isRecoveryCodeShaped = (typed: string): boolean => {
  const text = normal(typed);
  return text.length === LENGTH && [...text].every((one) => ALPHABET.includes(one));
};

/** The codes as they are shown, once, and as they are kept. */
export const newRecoveryCodes = async (
  domain: Pick<Domain, 'secrets' | 'stores'>,
  userId: number,
): Promise<{ readonly texts: readonly string[]; readonly codes: readonly RecoveryCode[] }> => {
  const texts = Array.from({ length: RECOVERY_CODES }, () => newText(domain));
  const codes = await Promise.all(
    texts.map(async (text) => ({
      id: await domain.stores.nextId(),
      userId,
      hash: domain.secrets.lowEntropyHash(kind(userId), text),
    })),
  );
  return { texts: texts.map((text) => `${text.slice(0, 5)}-${text.slice(5)}`), codes };
};

/** The code that this text is. */
export const findRecoveryCode = (
  domain: Pick<Domain, 'secrets'>,
  codes: readonly RecoveryCode[],
  userId: number,
  typed: string,
): RecoveryCode | undefined => {
  const hashes = domain.secrets.lowEntropyHashes(kind(userId), normal(typed));
  return codes.find((one) =>
    hashes.some((hash) => hash.length === one.hash.length && timingSafeEqual(hash, one.hash)),
  );
};
