// What a person has connected: one entry for each app and workspace, and the customer keys whose use was ended.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Permission } from '../permissions/permission.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Workspace } from '../workspaces/workspace.ts';
import { isAskedAgain } from '../consents/again.ts';
import type { Connection } from './connection.ts';

export type ConnectedApp = {
  /** Stands for all of them: disconnecting it ends every one of the app in the workspace. */
  readonly publicId: string;
  readonly app: App;
  /** Absent for first-party apps. */
  readonly vendor: Vendor | undefined;
  readonly workspace: Workspace;
  /** What it may do now: consent cut by the app's live set, over all its connections. */
  readonly permissions: readonly Permission[];
  readonly connectedAtMs: number;
  readonly lastUsedAtMs: number | undefined;
  /** A breaking publish ended its access; it gets nothing until the person authorizes it again. */
  readonly needsAgain: boolean;
  /** Set when it was connected by giving the app this API key. */
  readonly keyName: string | undefined;
  /** The latest moment at which access ends by itself; absent while a key without end holds it open. */
  readonly endsAtMs: number | undefined;
};

/** An app that may not use the key any more, until its owner allows it again. */
export type EndedKeyUse = {
  readonly publicId: string;
  readonly app: App;
  readonly vendor: Vendor | undefined;
  readonly workspace: Workspace;
  readonly key: ApiKey;
  readonly endedAtMs: number;
};

export type Connections = {
  readonly connected: readonly ConnectedApp[];
  readonly ended: readonly EndedKeyUse[];
};

const DAY_MS = 86_400_000;

type Around = { readonly app: App; readonly vendor: Vendor | undefined; readonly workspace: Workspace };

const around = async (domain: Domain, connection: Connection): Promise<Around | undefined> => {
  const [app, workspace] = await Promise.all([
    domain.stores.apps.find(connection.appId),
    domain.stores.workspaces.find(connection.workspaceId),
  ]);
  if (app === undefined || app.deletedAtMs !== undefined || workspace === undefined) return undefined;
  const vendor = app.vendorId === undefined ? undefined : await domain.stores.vendors.find(app.vendorId);
  return { app, vendor, workspace };
};

const connectedApp = async (domain: Domain, entry: Connection): Promise<ConnectedApp | undefined> => {
  const { userId, appId, workspaceId } = entry;
  const [connections, consents, found] = await Promise.all([
    domain.stores.connections.activeOf(userId, appId, workspaceId),
    domain.stores.connections.consentsOf(userId, appId),
    around(domain, entry),
  ]);
  const [newest] = connections;
  if (newest === undefined || found === undefined) return undefined;
  const sets = await Promise.all(
    connections.map((one) =>
      domain.memory.effectivePermissions(one.permissionSetId, found.app.permissionSetId),
    ),
  );
  const uses = connections.flatMap((one) => one.lastUsedAtMs ?? []);
  const keyId = connections.find((one) => one.keyId !== undefined)?.keyId;
  const key = keyId === undefined ? undefined : await domain.stores.keys.find(keyId);
  const lifeMs = domain.settings.refreshTokenDays * DAY_MS;
  return {
    publicId: newest.publicId,
    ...found,
    permissions: domain.permissions.filter(({ id }) => sets.some((set) => set.has(id))),
    connectedAtMs: Math.min(...connections.map((one) => one.createdAtMs)),
    lastUsedAtMs: uses.length === 0 ? undefined : Math.max(...uses),
    needsAgain:
      keyId === undefined &&
      isAskedAgain(
        found.app,
        consents.filter((one) => one.workspaceId === workspaceId),
      ),
    keyName: key?.name,
    endsAtMs:
      keyId !== undefined
        ? key?.expiresAtMs
        : Math.max(...connections.map((one) => one.createdAtMs)) + lifeMs,
  };
};

const endedKeyUse = async (domain: Domain, connection: Connection): Promise<EndedKeyUse | undefined> => {
  const { keyId, endedAtMs } = connection;
  if (keyId === undefined || endedAtMs === undefined) return undefined;
  const [found, key] = await Promise.all([around(domain, connection), domain.stores.keys.find(keyId)]);
  if (found === undefined || key === undefined || key.revokedAtMs !== undefined) return undefined;
  return { publicId: connection.publicId, ...found, key, endedAtMs };
};

/** Undefined for what is of no use to anyone any more, or has ended since it was read. */
export const connectionEntry = (
  domain: Domain,
  entry: Connection,
): Promise<ConnectedApp | EndedKeyUse | undefined> =>
  entry.endedAtMs === undefined ? connectedApp(domain, entry) : endedKeyUse(domain, entry);

export const listConnections = async (domain: Domain, userId: number): Promise<Connections> => {
  const entries = await domain.stores.connections.entriesOf(userId);
  const found = await Promise.all(entries.map((entry) => connectionEntry(domain, entry)));
  const connected: ConnectedApp[] = [];
  const ended: EndedKeyUse[] = [];
  for (const one of found) {
    if (one === undefined) continue;
    if ('endedAtMs' in one) ended.push(one);
    else connected.push(one);
  }
  return { connected, ended };
};
