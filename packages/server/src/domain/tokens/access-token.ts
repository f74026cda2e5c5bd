// Access tokens are sealed, not stored: the token carries its whole chain (DESIGN.md 4.4; layout in protocol.md 1, with
// the membership's id added so that an ended membership is found by id like every other link).
import { readId, writeId, type Seal } from '../../secrets/seal.ts';
import { ACCESS_FIELD_BYTES } from '../../secrets/secrets.ts';

export type AccessToken = {
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
  readonly tokenId: number;
  readonly grantId: number;
  readonly connectionId: number;
  readonly appId: number;
  readonly userId: number;
  readonly workspaceId: number;
  readonly memberId: number;
  /** 0 if no API key stands behind it. */
  readonly keyId: number;
  readonly permissionSetId: number;
  readonly epoch: number;
};

const IDS = [
  'tokenId',
  'grantId',
  'connectionId',
  'appId',
  'userId',
  'workspaceId',
  'memberId',
  'keyId',
  'permissionSetId',
] as const;

export const sealAccessToken = (seal: Seal, token: AccessToken): string => {
  const bytes = Buffer.allocUnsafe(ACCESS_FIELD_BYTES);
  let at = bytes.writeUInt32BE(token.issuedAtSeconds, 0);
  at = bytes.writeUInt32BE(token.expiresAtSeconds, at);
  for (const id of IDS) at = writeId(bytes, token[id], at);
  bytes.writeUInt32BE(token.epoch, at);
  return seal.seal(bytes);
};

/** The token's content if its MAC is right; expiry and chain are judged elsewhere. */
export const openAccessToken = (seal: Seal, text: string): AccessToken | undefined => {
  const bytes = seal.open(text);
  if (bytes === undefined) return undefined;
  return {
    issuedAtSeconds: bytes.readUInt32BE(0),
    expiresAtSeconds: bytes.readUInt32BE(4),
    tokenId: readId(bytes, 8),
    grantId: readId(bytes, 16),
    connectionId: readId(bytes, 24),
    appId: readId(bytes, 32),
    userId: readId(bytes, 40),
    workspaceId: readId(bytes, 48),
    memberId: readId(bytes, 56),
    keyId: readId(bytes, 64),
    permissionSetId: readId(bytes, 72),
    epoch: bytes.readUInt32BE(80),
  };
};
