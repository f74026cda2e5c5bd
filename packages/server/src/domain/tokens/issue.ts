// Issues the tokens of one grant. Writes nothing: the access token is sealed, the refresh token derived.
import type { App } from '../apps/app.ts';
import type { Connection, Grant } from '../connections/connection.ts';
import type { Domain } from '../domain.ts';
import { sealAccessToken } from './access-token.ts';
import { sealRefreshToken } from './refresh-token.ts';

export type IssuedTokens = {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken?: string;
  /** What the access token may do, as ids. */
  readonly permissions: ReadonlySet<string>;
};

export type Issuing = {
  readonly app: Pick<App, 'id' | 'permissionSetId'>;
  readonly connection: Pick<Connection, 'id' | 'userId' | 'workspaceId' | 'keyId'>;
  readonly grant: Grant;
  readonly memberId: number;
  readonly permissionSetId: number;
  /** An API key's end caps the token's. */
  readonly endsAtMs?: number;
  readonly withRefreshToken: boolean;
};

export const issueTokens = async (domain: Domain, issuing: Issuing): Promise<IssuedTokens> => {
  const { settings, secrets, stores } = domain;
  const nowSeconds = Math.floor(domain.now() / 1000);
  const endSeconds = Math.floor(Math.min(issuing.grant.endsAtMs, issuing.endsAtMs ?? Infinity) / 1000);
  const expiresAtSeconds = Math.min(nowSeconds + settings.accessTokenSeconds, endSeconds);
  const { app, connection, grant, permissionSetId } = issuing;
  const accessToken = sealAccessToken(secrets.accessSeal, {
    issuedAtSeconds: nowSeconds,
    expiresAtSeconds,
    tokenId: await stores.nextId(),
    grantId: grant.id,
    connectionId: connection.id,
    appId: app.id,
    userId: connection.userId,
    workspaceId: connection.workspaceId,
    memberId: issuing.memberId,
    keyId: connection.keyId ?? 0,
    permissionSetId,
    epoch: grant.epoch,
  });
  const { memory } = domain;
  const permissions =
    memory.peekEffective(permissionSetId, app.permissionSetId) ??
    (await memory.effectivePermissions(permissionSetId, app.permissionSetId));
  return {
    accessToken,
    expiresInSeconds: expiresAtSeconds - nowSeconds,
    ...(issuing.withRefreshToken
      ? {
          refreshToken: sealRefreshToken(secrets.refreshSeal, {
            grantId: grant.id,
            tag: grant.tag,
            generation: grant.generation,
          }),
        }
      : {}),
    permissions,
  };
};
