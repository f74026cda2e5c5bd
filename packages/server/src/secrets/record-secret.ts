// Secrets that stand for a row: they carry the row's id, and the row keeps only their SHA-256 (protocol.md 1).
// prefix + base64url(version 1, id 8, random 24, checksum 3): a mistyped one is refused without a look into the database.
import { hash, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './random-bytes.ts';
import { readId, writeId } from './seal.ts';

/** Typed prefixes: a secret is never valid in another kind's place [security 22]. */
export const SECRET_PREFIX = {
  code: 'lk_code_',
  deviceCode: 'lk_dc_',
  clientSecret: 'lk_secret_',
  session: 'lk_session_',
  sessionBearer: 'lk_sb_',
  /** A sign-in that owes its second step. */
  sessionHalf: 'lk_sh_',
  managementKey: 'lk_mk_',
  /** Names a mailed code that a browser waits for. */
  proofFlow: 'lk_flow_',
  resetLink: 'lk_reset_',
  invitation: 'lk_invite_',
  /** Makes the first operator. */
  operatorClaim: 'lk_claim_',
} as const;

const VERSION = 1;
const RANDOM_AT = 9;
const CHECKSUM_AT = 33;
const TOTAL = 36;

/** By way of a string: a digest asked for as a buffer costs memory outside the heap, and twice the time. */
const sha256 = (input: string | Uint8Array): Buffer => Buffer.from(hash('sha256', input, 'latin1'), 'latin1');

const checksum = (prefix: string, bytes: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.from(prefix), bytes.subarray(0, CHECKSUM_AT)])).subarray(
    0,
    TOTAL - CHECKSUM_AT,
  );

export const hashSecret = (secret: string): Uint8Array => sha256(secret);

export const createRecordSecret = (
  prefix: string,
  id: number,
  random: RandomBytes,
): { readonly secret: string; readonly hash: Uint8Array; readonly lastFour: string } => {
  const bytes = Buffer.alloc(TOTAL);
  bytes[0] = VERSION;
  writeId(bytes, id, 1);
  bytes.set(random(CHECKSUM_AT - RANDOM_AT), RANDOM_AT);
  bytes.set(checksum(prefix, bytes), CHECKSUM_AT);
  const secret = prefix + bytes.toString('base64url');
  return { secret, hash: hashSecret(secret), lastFour: secret.slice(-4) };
};

/** The eight bytes of the id and the version before them are in the first twelve characters. */
const ID_CHARACTERS = 12;

/**
 * The id that a text of the right shape names, unchecked: for a look at what is in memory already. The row's hash covers
 * every character, so nothing else has to hold; before a read of the database, ask `recordIdOf`.
 */
export const namedIdOf = (prefix: string, text: string): number | undefined => {
  if (text.length !== prefix.length + (TOTAL / 3) * 4 || !text.startsWith(prefix)) return undefined;
  const bytes = Buffer.from(text.slice(prefix.length, prefix.length + ID_CHARACTERS), 'base64url');
  if (bytes.length !== (ID_CHARACTERS / 4) * 3 || bytes[0] !== VERSION) return undefined;
  const id = readId(bytes, 1);
  return Number.isSafeInteger(id) ? id : undefined;
};

/** The row's id if the text is well-formed and its checksum right; the row's hash decides. */
export const recordIdOf = (prefix: string, text: string): number | undefined => {
  if (text.length !== prefix.length + (TOTAL / 3) * 4 || !text.startsWith(prefix)) return undefined;
  const body = text.slice(prefix.length);
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length !== TOTAL || bytes[0] !== VERSION || bytes.toString('base64url') !== body)
    return undefined;
  if (!timingSafeEqual(checksum(prefix, bytes), bytes.subarray(CHECKSUM_AT))) return undefined;
  const id = readId(bytes, 1);
  return Number.isSafeInteger(id) ? id : undefined;
};

/** Whether the text is the secret that the row keeps the hash of; constant time. */
export const matchesHash = (text: string, stored: Uint8Array): boolean => {
  const given = hashSecret(text);
  return stored.length === given.length && timingSafeEqual(given, stored);
};
