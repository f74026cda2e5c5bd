// The key ring: master keys outside the database, and one derived key per purpose (protocol.md 1).
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Purposes never share a key, so that a secret of one kind cannot stand for another. */
export type KeyPurpose =
  'access-token' | 'refresh-token' | 'key-jws' | 'low-entropy' | 'csrf' | 'outbox' | 'totp';

export type MasterKey = { readonly id: number; readonly secret: Uint8Array };

export type KeyRing = {
  /** The newest: what signs. */
  readonly newest: number;
  /** All on the ring, newest first: what verifies. */
  readonly ids: readonly number[];
  /** The derived key, or undefined for an id that is not (or no longer) on the ring. */
  readonly derive: (keyId: number, purpose: KeyPurpose) => KeyObject | undefined;
};

/** `masters` hold ids 1 to 255 and at least 32 bytes each; `issuer` binds derived keys to the deployment. */
export const createKeyRing = (masters: readonly MasterKey[], issuer: string): KeyRing => {
  const newest = Math.max(...masters.map((master) => master.id));
  const derived = new Map<KeyPurpose, Map<number, KeyObject>>();
  return {
    newest,
    ids: masters.map((master) => master.id).toSorted((a, b) => b - a),
    derive(keyId, purpose) {
      const known = derived.get(purpose)?.get(keyId);
      if (known !== undefined) return known;
      const master = masters.find((candidate) => candidate.id === keyId);
      if (master === undefined) return undefined;
      const bytes = hkdfSync('sha256', master.secret, issuer, `latchkey ${purpose}`, 32);
      const key = createSecretKey(Buffer.from(bytes));
      const ofPurpose = derived.get(purpose) ?? new Map<number, KeyObject>();
      derived.set(purpose, ofPurpose.set(keyId, key));
      return key;
    },
  };
};
