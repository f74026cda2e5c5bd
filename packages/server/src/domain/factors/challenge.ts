// Challenges that passkeys sign: made without a write, good for one purpose of one browser or session, and spent once.
import { hash, timingSafeEqual } from 'node:crypto';
import type { Domain } from '../domain.ts';
import type { SpentChallenge } from './factor.ts';

/** What a signature is given for: none is good for another. */
export type ChallengePurpose = 'add' | 'sign-in' | 'second-step' | 'step-up';

const LIFE_MS = 10 * 60_000;
const RANDOM_AT = 6;
const MAC_AT = 22;
const TOTAL = 38;

const macText = (purpose: ChallengePurpose, binding: string, head: Uint8Array): string =>
  `${purpose}\0${binding}\0${Buffer.from(head).toString('hex')}`;

/** `binding`: what only the asking browser or session has part in. Time 6, random 16, MAC 16 bytes. */
export const newChallenge = (
  domain: Pick<Domain, 'secrets' | 'now'>,
  purpose: ChallengePurpose,
  binding: string,
): Uint8Array<ArrayBuffer> => {
  const bytes = Buffer.alloc(TOTAL);
  bytes.writeUIntBE(domain.now(), 0, RANDOM_AT);
  bytes.set(domain.secrets.random(MAC_AT - RANDOM_AT), RANDOM_AT);
  const mac = domain.secrets.lowEntropyHash(
    'passkey-challenge',
    macText(purpose, binding, bytes.subarray(0, MAC_AT)),
  );
  bytes.set(mac.subarray(0, TOTAL - MAC_AT), MAC_AT);
  return new Uint8Array(bytes);
};

/** Ready to be spent, if we made it for this and it is not old. */
export const checkChallenge = (
  domain: Pick<Domain, 'secrets' | 'now'>,
  purpose: ChallengePurpose,
  binding: string,
  challenge: string,
): SpentChallenge | undefined => {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== TOTAL || bytes.toString('base64url') !== challenge) return undefined;
  const text = macText(purpose, binding, bytes.subarray(0, MAC_AT));
  const ours = domain.secrets
    .lowEntropyHashes('passkey-challenge', text)
    .some((mac) => timingSafeEqual(mac.subarray(0, TOTAL - MAC_AT), bytes.subarray(MAC_AT)));
  const expiresAtMs = bytes.readUIntBE(0, RANDOM_AT) + LIFE_MS;
  if (!ours || domain.now() >= expiresAtMs) return undefined;
  return { hash: hash('sha256', bytes, 'buffer'), expiresAtMs };
};
