// Everything that makes and checks secrets, made once at start from the key ring and a source of randomness.
import { createHmac } from 'node:crypto';
import type { RandomBytes } from './random-bytes.ts';
import { createBox, type Box } from './box.ts';
import { createKeyJws, type KeyJws } from './key-jws.ts';
import type { KeyRing } from './key-ring.ts';
import { createPasswords, type Passwords } from './password.ts';
import { createSeal, type Seal } from './seal.ts';

/** See domain/tokens for the layouts. */
export const ACCESS_FIELD_BYTES = 84;
export const REFRESH_FIELD_BYTES = 20;
const ACCESS_TOKEN_PREFIX = 'lk_at_';
const REFRESH_TOKEN_PREFIX = 'lk_rt_';

export type Secrets = {
  readonly random: RandomBytes;
  readonly accessSeal: Seal;
  readonly refreshSeal: Seal;
  readonly keyJws: KeyJws;
  readonly passwords: Passwords;
  readonly outboxBox: Box;
  readonly totpBox: Box;
  /** HMAC for low-entropy secrets (user codes), under a key outside the database. */
  readonly lowEntropyHash: (kind: string, text: string) => Uint8Array;
  /** The same under every key on the ring, newest first: for what was stored before a rotation. */
  readonly lowEntropyHashes: (kind: string, text: string) => readonly Uint8Array[];
  /** A token that proves a form came from our page: bound to a session (or pre-sign-in cookie) and a flow. */
  readonly csrfToken: (bindingId: string, flow: string) => string;
};

export const createSecrets = (ring: KeyRing, random: RandomBytes): Secrets => {
  const keyed = (purpose: 'low-entropy' | 'csrf', text: string, keyId = ring.newest): Buffer => {
    const key = ring.derive(keyId, purpose);
    if (key === undefined) throw new Error('the newest key is not on the ring');
    return createHmac('sha256', key).update(text).digest();
  };
  return {
    random,
    accessSeal: createSeal(ring, {
      prefix: ACCESS_TOKEN_PREFIX,
      purpose: 'access-token',
      fieldBytes: ACCESS_FIELD_BYTES,
    }),
    refreshSeal: createSeal(ring, {
      prefix: REFRESH_TOKEN_PREFIX,
      purpose: 'refresh-token',
      fieldBytes: REFRESH_FIELD_BYTES,
    }),
    keyJws: createKeyJws(ring),
    outboxBox: createBox(ring, 'outbox', random),
    totpBox: createBox(ring, 'totp', random),
    passwords: createPasswords(random),
    lowEntropyHash: (kind, text) => keyed('low-entropy', `${kind}\0${text}`),
    lowEntropyHashes: (kind, text) => ring.ids.map((id) => keyed('low-entropy', `${kind}\0${text}`, id)),
    csrfToken: (bindingId, flow) => keyed('csrf', `${bindingId}\0${flow}`).toString('base64url'),
  };
};
