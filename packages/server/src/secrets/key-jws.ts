// Signed API keys (Lofty): a JWS derived from its row, so nothing secret is stored and it can be shown again (protocol.md 12).
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ApiKey, KeyId } from '../domain/keys/key.ts';
import type { KeyRing } from './key-ring.ts';

export type KeyJws = {
  /** The key's text; the same for the same row. `masterId` is the ring key it was first signed with. */
  readonly derive: (key: ApiKey, masterId?: number) => string;
  /** The row that the text claims to stand for; the row decides, never the claims. */
  readonly claimedId: (text: string) => { readonly keyId: KeyId; readonly masterId: number } | undefined;
  readonly matches: (text: string, key: ApiKey, masterId: number) => boolean;
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (part: string): Readonly<Record<string, unknown>> | undefined => {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const MAX_LENGTH = 600;

/** Whether a text has the shape of a signed key; says nothing about its truth. */
const looksLikeJws = (text: string): boolean =>
  text.length <= MAX_LENGTH && /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/.test(text);

export const createKeyJws = (ring: KeyRing): KeyJws => {
  const derive = (key: ApiKey, masterId = ring.newest): string => {
    const secret = ring.derive(masterId, 'key-jws');
    if (secret === undefined) throw new Error(`signing key ${masterId} is not on the ring`);
    const header = encode({ alg: 'HS256', typ: 'key+jwt', kid: String(masterId) });
    const claims = encode({
      sub: String(key.id),
      jti: Buffer.from(key.nonce).toString('base64url'),
      iat: Math.floor(key.createdAtMs / 1000),
      ...(key.expiresAtMs === undefined ? {} : { exp: Math.floor(key.expiresAtMs / 1000) }),
    });
    const signed = `${header}.${claims}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  return {
    derive,
    claimedId(text) {
      if (!looksLikeJws(text)) return undefined;
      const [head = '', body = ''] = text.split('.');
      const header = decode(head);
      const claims = decode(body);
      if (header === undefined || claims === undefined) return undefined;
      if (header['alg'] !== 'HS256' || header['typ'] !== 'key+jwt') return undefined;
      const keyId = Number(claims['sub']);
      const masterId = Number(header['kid']);
      if (!Number.isSafeInteger(keyId) || ring.derive(masterId, 'key-jws') === undefined) return undefined;
      return { keyId, masterId };
    },
    matches(text, key, masterId) {
      const expected = Buffer.from(derive(key, masterId));
      const given = Buffer.from(text);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
};
