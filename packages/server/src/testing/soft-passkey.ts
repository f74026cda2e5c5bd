// A passkey in software: answers a page's challenge as a browser with an authenticator would, signed with ES256.
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { publicId } from '../domain/connections/grant.ts';
import type { Domain } from '../domain/domain.ts';
import { newRecoveryCodes } from '../domain/factors/recovery-codes.ts';
import type { User } from '../domain/users/user.ts';

/** What the page's script sends back for the options that the page gave it. */
export type SoftPasskey = { readonly answer: (options: string) => string };

/** User present and verified. */
const FLAGS = Buffer.from([0x05]);

/** COSE of a P-256 key: kty 2, alg -7, crv 1, x, y. */
const coseOf = (key: KeyObject): Uint8Array => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    Buffer.from(x, 'base64url'),
    Buffer.from([0x22, 0x58, 0x20]),
    Buffer.from(y, 'base64url'),
  ]);
};

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

/** Adds it as the person's second factor, or another one. */
export const addSoftPasskey = async (domain: Domain, user: Pick<User, 'id'>): Promise<SoftPasskey> => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = Buffer.from(domain.secrets.random(16)).toString('base64url');
  const passkey = {
    id: await domain.stores.nextId(),
    publicId: publicId(domain, 'pk'),
    userId: user.id,
    credentialId,
    publicKey: coseOf(publicKey),
    counter: 0,
    transports: ['internal'],
    name: 'Laptop',
    createdAtMs: domain.now(),
  };
  const challenge = { hash: domain.secrets.random(32), expiresAtMs: domain.now() + 1 };
  const { codes } = await newRecoveryCodes(domain, user.id);
  const trace = { verb: 'test', actor: { kind: 'system' }, requestId: 'test', atMs: domain.now() } as const;
  const added = await domain.stores.factors.addPasskey(passkey, challenge, 10, codes, undefined, trace);
  if (!added) throw new Error('the passkey was not added');
  const { origin, hostname } = new URL(domain.settings.issuer);
  return {
    answer(options) {
      const { challenge: asked } = JSON.parse(options) as { readonly challenge: string };
      const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge: asked, origin }));
      const data = Buffer.concat([sha256(hostname), FLAGS, Buffer.alloc(4)]);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return JSON.stringify({
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      });
    },
  };
};
