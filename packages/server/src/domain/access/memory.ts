// What a node remembers: recent changes, and bounded caches of the rows behind credentials, dropped by the same changes.
import type { App, AppSecret } from '../apps/app.ts';
import type { Change } from '../changes/change.ts';
import type { Connection, Grant } from '../connections/connection.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Stores } from '../stores.ts';
import type { User } from '../users/user.ts';
import type { Membership } from '../workspaces/workspace.ts';
import { createCache } from './cache.ts';
import { createRecentChanges, type RecentChanges } from './recent-changes.ts';

export type AppEntry = { readonly app: App; readonly secrets: readonly AppSecret[] };
/** An API key with everything its life depends on; `keyTextHash` is filled by the checker of signed keys. */
export type KeyEntry = {
  readonly key: ApiKey;
  readonly user: User;
  readonly membership: Membership | undefined;
  textHash?: Uint8Array;
};
export type PairEntry = { readonly connection: Connection; readonly grant: Grant };
export type Person = {
  readonly userPublicId: string;
  readonly userExternalId: string;
  readonly workspacePublicId: string;
  readonly workspaceExternalId: string;
};

export type Memory = {
  readonly recent: RecentChanges;
  readonly appById: (id: number) => Promise<AppEntry | undefined>;
  readonly peekApp: (id: number) => AppEntry | undefined;
  readonly appByClientId: (clientId: string) => Promise<AppEntry | undefined>;
  readonly peekAppByClientId: (clientId: string) => AppEntry | undefined;
  readonly key: (id: number) => Promise<KeyEntry | undefined>;
  readonly peekKey: (id: number) => KeyEntry | undefined;
  readonly pair: (appId: number, keyId: number) => Promise<PairEntry | undefined>;
  readonly peekPair: (appId: number, keyId: number) => PairEntry | undefined;
  /** The ids of a membership's user and workspace; they never change. */
  readonly peekPerson: (memberId: number) => Person | undefined;
  readonly person: (memberId: number, userId: number, workspaceId: number) => Promise<Person | undefined>;
  /** Consent cut by the app's live set. */
  readonly effectivePermissions: (consentSetId: number, liveSetId: number) => Promise<ReadonlySet<string>>;
  readonly peekEffective: (consentSetId: number, liveSetId: number) => ReadonlySet<string> | undefined;
  /** Called for each change after its commit and before its answer. */
  readonly note: (changes: readonly Change[]) => void;
};

const MAX_APPS = 10_000;
const MAX_KEYS = 50_000;
const MAX_PEOPLE = 50_000;
const MAX_SETS = 10_000;

export const createMemory = (stores: () => Stores, nowMs: () => number): Memory => {
  const recent = createRecentChanges();
  const apps = createCache<AppEntry>(MAX_APPS);
  const clientIds = new Map<string, number>();
  const keys = createCache<KeyEntry>(MAX_KEYS);
  const pairs = new Map<number, ReturnType<typeof createCache<PairEntry>>>();
  const people = createCache<Person>(MAX_PEOPLE);
  const sets = new Map<string, ReadonlySet<string>>();

  const loadApp = async (id: number): Promise<AppEntry | undefined> => {
    const app = await stores().apps.find(id);
    return app && { app, secrets: await stores().apps.secretsOf(id, nowMs()) };
  };
  const loadKey = async (id: number): Promise<KeyEntry | undefined> => {
    const key = await stores().keys.find(id);
    if (key === undefined) return undefined;
    const [user, membership] = await Promise.all([
      stores().users.find(key.userId),
      stores().workspaces.findMembership(key.userId, key.workspaceId),
    ]);
    return user && { key, user, membership };
  };
  const pairsOf = (appId: number): ReturnType<typeof createCache<PairEntry>> => {
    const known = pairs.get(appId);
    if (known !== undefined) return known;
    const made = createCache<PairEntry>(MAX_KEYS);
    pairs.set(appId, made);
    return made;
  };
  const drop: Record<Change['kind'], (id: number) => void> = {
    app: (id) => {
      apps.drop(id);
      pairs.get(id)?.clear();
    },
    secrets: (id) => apps.drop(id),
    key: (id) => {
      keys.drop(id);
      for (const cache of pairs.values()) cache.drop(id);
    },
    // Rare next to checks: dropping all is simpler than indexing by them, and only costs re-reads.
    user: () => keys.clear(),
    member: () => keys.clear(),
    connection: () => pairs.clear(),
    grant: () => pairs.clear(),
    token: () => {},
  };
  const ids = async (setId: number): Promise<readonly string[]> =>
    (await stores().permissionSets.find(setId))?.permissions ?? [];
  const appById = (id: number): Promise<AppEntry | undefined> => apps.get(id, () => loadApp(id));
  return {
    recent,
    appById,
    peekApp: apps.peek,
    async appByClientId(clientId) {
      const known = clientIds.get(clientId);
      if (known !== undefined) return appById(known);
      const app = await stores().apps.findByClientId(clientId);
      if (app === undefined) return undefined;
      if (clientIds.size >= MAX_APPS) clientIds.clear();
      clientIds.set(clientId, app.id);
      return appById(app.id);
    },
    peekAppByClientId(clientId) {
      const id = clientIds.get(clientId);
      return id === undefined ? undefined : apps.peek(id);
    },
    key: (id) => keys.get(id, () => loadKey(id)),
    peekKey: keys.peek,
    pair: (appId, keyId) => pairsOf(appId).get(keyId, () => stores().connections.findKeyPair(appId, keyId)),
    peekPair: (appId, keyId) => pairs.get(appId)?.peek(keyId),
    peekPerson: people.peek,
    person: (memberId, userId, workspaceId) =>
      people.get(memberId, async () => {
        const [user, workspace] = await Promise.all([
          stores().users.find(userId),
          stores().workspaces.find(workspaceId),
        ]);
        if (user === undefined || workspace === undefined) return undefined;
        return {
          userPublicId: user.publicId,
          userExternalId: user.externalId,
          workspacePublicId: workspace.publicId,
          workspaceExternalId: workspace.externalId,
        };
      }),
    async effectivePermissions(consentSetId, liveSetId) {
      const name = `${consentSetId}:${liveSetId}`;
      const known = sets.get(name);
      if (known !== undefined) return known;
      const live = new Set(await ids(liveSetId));
      const effective = new Set((await ids(consentSetId)).filter((id) => live.has(id)));
      if (sets.size >= MAX_SETS) sets.clear();
      sets.set(name, effective);
      return effective;
    },
    peekEffective: (consentSetId, liveSetId) => sets.get(`${consentSetId}:${liveSetId}`),
    note(changes) {
      for (const change of changes) {
        recent.note(change);
        drop[change.kind](change.id);
      }
    },
  };
};
