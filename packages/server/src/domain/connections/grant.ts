// Makes the rows of a new connection and grant; stores decide whether they come to exist.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Connection, Grant } from './connection.ts';

const DAY_MS = 86_400_000;

export type Consent = {
  readonly userId: number;
  readonly workspaceId: number;
  readonly permissionSetId: number;
  readonly epoch: number;
  readonly keyId?: number;
};

export const newConnection = async (domain: Domain, app: App, consent: Consent): Promise<Connection> => ({
  id: await domain.stores.nextId(),
  publicId: publicId(domain, 'con'),
  userId: consent.userId,
  workspaceId: consent.workspaceId,
  appId: app.id,
  permissionSetId: consent.permissionSetId,
  createdAtMs: domain.now(),
  ...(consent.keyId === undefined ? {} : { keyId: consent.keyId }),
});

export const newGrant = async (
  domain: Domain,
  connectionId: number,
  consent: Pick<Consent, 'permissionSetId' | 'epoch'>,
): Promise<Grant> => {
  const nowMs = domain.now();
  return {
    id: await domain.stores.nextId(),
    tag: domain.secrets.random(8),
    connectionId,
    permissionSetId: consent.permissionSetId,
    epoch: consent.epoch,
    generation: 0,
    retries: 0,
    createdAtMs: nowMs,
    endsAtMs: nowMs + domain.settings.refreshTokenDays * DAY_MS,
  };
};

/** Holding the key is the consent, to what the app may do now. */
export const newKeyPair = async (
  domain: Domain,
  app: App,
  { id, userId, workspaceId }: Pick<ApiKey, 'id' | 'userId' | 'workspaceId'>,
): Promise<{ readonly connection: Connection; readonly grant: Grant }> => {
  const { permissionSetId, epoch } = app;
  const connection = await newConnection(domain, app, {
    userId,
    workspaceId,
    permissionSetId,
    epoch,
    keyId: id,
  });
  return { connection, grant: await newGrant(domain, connection.id, app) };
};

/** A random public id, e.g. `app_3kF…`; 120 bits, so that none can be guessed. */
export const publicId = (domain: Pick<Domain, 'secrets'>, kind: string): string =>
  `${kind}_${Buffer.from(domain.secrets.random(15)).toString('base64url')}`;
